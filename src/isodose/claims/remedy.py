"""What would help, in a sentence for each reason: which field, which authorization, whom to ask."""

from __future__ import annotations

from isodose.claims.fits import CODE, DATES, ENDED, PROVIDER
from isodose.claims.reason import Reason
from isodose.claims.ruling import REVIEWER
from isodose.compile.duckdb.sql import text
from isodose.guideline.guideline import Guideline

NAMED = (Reason.UNITS_EXCEEDED, Reason.OTHER_PROVIDER, Reason.OUTSIDE_DATES, Reason.OTHER_CODE, Reason.ENDED)
"""The reasons that are about one authorization, which the remedy names."""

APPEAL_DAYS = 65
"""Calendar days from the notice of a denial in which it may be appealed (42 CFR 422.582(b), form CMS-10003)."""

NO_AUTHORIZATION = (
    "request authorization from the plan, also after the fact; until then it is the provider's to settle with the plan, "
    "never the member's to pay"
)

_NAMED = "'authorization ' || named.number || ' '"

_MISFITS = {
    PROVIDER: "'is for provider ' || array_to_string(named.npis, ', ') || ': bill under it, or ask to add yours'",
    DATES: (
        "'holds ' || concat_ws(' ', 'from ' || nullif(named.since, date '0001-01-01'), "
        "'to ' || nullif(named.until, date '9999-12-31')) || ': ask to move its dates'"
    ),
    CODE: "'names ' || array_to_string(named.codes, ', ') || ': ask to add the code'",
    ENDED: "'ended on ' || named.ended || ': ask for a new one'",
}

_MISSING = {
    "course_begun": "isodose_may_go_on and isodose_begun is null",
    "member_since": "isodose_may_go_on and isodose_since is null",
    "member_id": "isodose_member is null",
    "provider_npi": "isodose_may_fit and isodose_provider is null",
    "units": "isodose_may_fit and isodose_need is null",
}
"""The columns of a claim that may be missing, each with when it decides; those of the guideline are told by it."""


def _missing(guideline: Guideline) -> str:
    """The names of what is missing, in the order of their letters; each is asked for by itself, as sorting lists takes long."""
    return (
        f"concat_ws(', ', {', '.join(_when_missing(one) for one in sorted({*guideline.columns, *_MISSING, REVIEWER}))})"
    )


def _when_missing(column: str) -> str:
    own = f" or ({_MISSING[column]})" if column in _MISSING else ""
    return f"case when list_contains(missing, {text(column)}){own} then {text(f'`{column}`')} end"


def _misfits() -> str:
    parts = ", ".join(f"case when isodose_misfits & {bit} > 0 then {says} end" for bit, says in _MISFITS.items())
    return f"{_NAMED} || concat_ws('; ', {parts})"


def remedy(guideline: Guideline) -> str:
    """The sentence as SQL; null for what is payable."""
    return f"""case claim_reason
        when '{Reason.INVALID}' then isodose_wrong
        when '{Reason.NEEDS_INFORMATION}' then 'give ' || {_missing(guideline)} || ': what it is decides'
        when '{Reason.PENDING}' then 'wait for the answer to request ' || isodose_asked.number || '; nothing is refused before'
        when '{Reason.UNITS_EXCEEDED}' then {_NAMED} || 'has ' || isodose_left || ' of ' || named.units
            || ' units left: ask to add units, or bill no more than are left'
        when '{Reason.DENIED}' then 'appeal the denial of request ' || isodose_refused.number
            || coalesce(', decided on ' || isodose_refused.decided, '') || ', within {APPEAL_DAYS} days of its notice'
        when '{Reason.NO_AUTHORIZATION}' then {text(NO_AUTHORIZATION)}
        else {_misfits()} end"""
