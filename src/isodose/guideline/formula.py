"""A derived fact's one formula over other facts: exact numbers, calendar arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from isodose.guideline.dates import whole_months, whole_years

SPANS: dict[str, tuple[str, Callable[[date, date], int]]] = {
    "whole years": ("years", whole_years),
    "whole months": ("months", whole_months),
    "days": ("days", lambda start, end: (end - start).days),
}
"""The spans between two dates: the phrase, the unit that it gives, the count."""

_SPAN = re.compile(rf"({'|'.join(SPANS)}) from (\w+) to (\w+)")
_RATIO = re.compile(r"(\w+) / (\w+)")

FORMS = "`whole years from A to B`, `whole months from A to B`, `days from A to B` or `A / B`"


@dataclass(frozen=True, slots=True)
class Formula:
    """``kind`` is a span of ``SPANS`` or ``ratio``; the inputs are facts: dates of a span, numbers of a ratio."""

    kind: str
    first: str
    second: str

    @property
    def inputs(self) -> tuple[str, str]:
        """The facts that it needs, as written."""
        return self.first, self.second

    @property
    def is_ratio(self) -> bool:
        """Whether it divides two numbers; else it spans two dates."""
        return self.kind == "ratio"

    def of_dates(self, start: date, end: date) -> int:
        """The span from start to end."""
        return SPANS[self.kind][1](start, end)


def formula_from(text: str) -> Formula | None:
    """The formula that the phrase states, or None if it is none of ``FORMS``."""
    phrase = " ".join(text.split())
    if span := _SPAN.fullmatch(phrase):
        return Formula(*span.groups())
    if ratio := _RATIO.fullmatch(phrase):
        return Formula("ratio", *ratio.groups())
    return None
