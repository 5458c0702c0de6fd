"""How long the plan has, as dated data with its source. A new rule is a new row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Term:
    """So many calendar days for requests that first arrived on ``since`` or later."""

    days: int
    since: date
    source: str


STANDARD = (
    Term(14, date.min, "42 CFR 422.568(b)(1), as it was before 2026"),
    Term(7, date(2026, 1, 1), "42 CFR 422.568(b)(1), since 2026-01-01 (CMS-0057-F)"),
)
EXPEDITED = timedelta(hours=72)
EXPEDITED_SOURCE = "42 CFR 422.572(a)"

MOST_DAYS_MORE = 14
EXTENSION_SOURCE = "42 CFR 422.568(b), 422.572(b)"

LETTER_DAYS = 3
"""Calendar days from what was said by word of mouth to the letter that confirms it."""

REFUSAL_LETTER_SOURCE = "42 CFR 422.570(d)(2)"
CONFIRMATION_SOURCE = "42 CFR 422.572(c)"


def standard_term(arrived: date) -> Term:
    """The term of a request that first arrived on a day."""
    return max((term for term in STANDARD if term.since <= arrived), key=lambda term: term.since)
