"""The answer to each line as SQL: the first reason that holds, what is payable, and what would help.

A null matters only where its possible values give different answers: a line that could be payable for a reason that is unknown, and
is not payable for one that is known, needs information.
"""

# ruff: noqa: S608 - every text in the SQL is this module's own, or quoted by `text`
from __future__ import annotations

from collections.abc import Iterable

from isodose.claims.fits import CODE, DATES, ENDED, MAY_FIT, MEETS, NEAREST, OF_NEAREST, PROVIDER, of_approved
from isodose.claims.line import ADDED
from isodose.claims.reason import BY_EDITION, OPEN, PAYABLE, Reason
from isodose.claims.remedy import NAMED, remedy
from isodose.claims.ruling import CONCERNED, REQUIRED, UNDETERMINED
from isodose.compile.duckdb.sql import text
from isodose.desk.around import TRANSITION_DAYS
from isodose.guideline.guideline import Guideline


def one_of(words: Iterable[str]) -> str:
    """The type of a column that holds one of few words, which is told and written as a number."""
    return f"enum ({', '.join(map(text, words))})"


def among(reasons: frozenset[Reason]) -> str:
    """The reasons as SQL that stands after ``in``."""
    return "(" + ", ".join(f"'{reason}'" for reason in sorted(reasons)) + ")"


_IN_TRANSITION = f"isodose_day between isodose_since and isodose_since + {TRANSITION_DAYS - 1}"


def judged(guideline: Guideline) -> str:
    """The lines with what decides before units do: what is wrong, and whether the course was under way or may have been."""
    begins = guideline.around.begins
    before = f"isodose_begun < date '{begins.since}'" if begins else "false"
    goes_on = f"({before} or (isodose_begun < isodose_since and {_IN_TRANSITION}))"
    may_go_on = (
        f"case when isodose_begun is null then {'true' if begins else f'isodose_since is null or {_IN_TRANSITION}'} "
        "when isodose_since is null then isodose_begun < isodose_day else false end"
    )
    odd = "(isodose_sessions < 1 or isodose_sessions <> floor(isodose_sessions))"
    units = "'`units` is ' || isodose_sessions || ': write a whole number of sessions, 1 or more'"
    return f"""
select *, isodose_wrong is null and outcome in ('{REQUIRED}', '{UNDETERMINED}') and not isodose_goes_on as isodose_asks
from (
    select *, case when review_reason = {text(CONCERNED)} and (problem is not null or {odd})
            then concat_ws('; ', problem, case when {odd} then {units} end) end as isodose_wrong,
        coalesce({goes_on}, false) as isodose_goes_on, coalesce({may_go_on}, false) as isodose_may_go_on
    from isodose_ruled
)"""


def _walked(walked: str, alone: str) -> str:
    return f"case when isodose_walked.row_number is not null then {walked} else {alone} end"


_DRAWN = f"""
select isodose_judged.*, isodose_walked.most as isodose_most, isodose_walked.units_left as isodose_left,
    {_walked("isodose_walked.drawn", "isodose_fit")} as isodose_drawn,
    coalesce({_walked("isodose_walked.is_open", MAY_FIT)}, false) as isodose_may_fit
from isodose_judged
left join isodose_walked on case when isodose_asks then isodose_row end = isodose_walked.row_number"""
"""Only lines of contested members were walked through."""

_OPENED = f"""
select *, isodose_may_go_on or len(missing) > 0 or isodose_member is null or isodose_may_fit as isodose_open,
    isodose_asks and isodose_drawn is null and outcome = '{REQUIRED}' and not isodose_open as isodose_looks
from ({_DRAWN})"""

_LOOKED = f"""
select isodose_opened.*,
    case when isodose_looks
         then [one for one in requests.pending if {MEETS.format("one.services", "isodose_services")}][1] end as isodose_asked,
    case when isodose_looks and isodose_most is null then {NEAREST} end as isodose_nearest,
    case when isodose_looks and isodose_only_id is null and isodose_flags is null
         then [one for one in requests.denied if {MEETS.format("one.services", "isodose_services")}][1] end as isodose_refused
from ({_OPENED}) as isodose_opened
left join isodose_requests as requests on case when isodose_looks then isodose_member end = requests.member"""

_TOLD = f"select *, {OF_NEAREST} as isodose_misfits from ({_LOOKED})"

_HOLDS = {
    Reason.INVALID: "isodose_wrong is not null",
    **{reason: f"outcome = '{reason}'" for reason in BY_EDITION},
    Reason.CONTINUITY: "isodose_goes_on",
    Reason.AUTHORIZED: "isodose_drawn is not null",
    Reason.UNDETERMINED: f"outcome = '{UNDETERMINED}'",
    Reason.NEEDS_INFORMATION: "isodose_open",
    Reason.PENDING: "isodose_asked is not null",
    Reason.UNITS_EXCEEDED: "isodose_most is not null",
    Reason.OTHER_PROVIDER: f"isodose_misfits & {PROVIDER} > 0",
    Reason.OUTSIDE_DATES: f"isodose_misfits & {DATES} > 0",
    Reason.OTHER_CODE: f"isodose_misfits & {CODE} > 0",
    Reason.ENDED: f"isodose_misfits & {ENDED} > 0",
    Reason.DENIED: "isodose_refused is not null",
    Reason.NO_AUTHORIZATION: "true",
}
"""When each reason holds, if none before it does."""

assert tuple(_HOLDS) == tuple(Reason)

_FIRST = " ".join(f"when {holds} then cast('{reason}' as {one_of(Reason)})" for reason, holds in _HOLDS.items())

_WHY = f"select *, case {_FIRST} end as claim_reason from ({_TOLD})"

REASONED = f"""
select *, case when claim_reason in {among(OPEN)} then null else claim_reason in {among(PAYABLE)} end as payable,
    case claim_reason when '{Reason.AUTHORIZED}' then isodose_drawn when '{Reason.UNITS_EXCEEDED}' then isodose_most
         when '{Reason.PENDING}' then null else isodose_nearest end as isodose_place
from ({_WHY})"""
"""Each line with its reason and the place of the authorization that it is about. What is asked more than once stands a step below."""

_NAMED = ", ".join(f"'{reason}'" for reason in NAMED)


def answered(guideline: Guideline, columns: list[str]) -> str:
    """The lines' own columns and the added ones."""
    editions = one_of(edition.id for edition in guideline.editions)
    added = {
        "payable": "payable",
        "payable_units": (
            "case when payable then cast(isodose_sessions as bigint) when payable is null then null "
            f"when claim_reason = '{Reason.UNITS_EXCEEDED}' then isodose_left else 0 end"
        ),
        "claim_reason": "claim_reason",
        "matched_authorization": (
            f"case claim_reason when '{Reason.PENDING}' then isodose_asked.number "
            f"when '{Reason.DENIED}' then isodose_refused.number else {of_approved('isodose_place', 'number')} end"
        ),
        "edition": f"cast(case when claim_reason <> '{Reason.INVALID}' then edition end as {editions})",
        "remedy": f"case when payable then null else {remedy(guideline)} end",
    }
    assert tuple(added) == ADDED
    written = ", ".join([*columns, *(f"{sql} as {column}" for column, sql in added.items())])
    return f"""
select {written}
from isodose_reasoned
left join isodose_authorizations as named
    on case when claim_reason in ({_NAMED}) then {of_approved("isodose_place", "id")} end = named.id"""
