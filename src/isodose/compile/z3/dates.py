"""Dates and spans of time as formulas of Z3: true calendar days, whole months and years as ``guideline.dates`` counts them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

import z3  # type: ignore[import-untyped]

from isodose.compile.z3.terms import NO, YES, Z3, holds_in
from isodose.determination.ask import COMPARE
from isodose.guideline.tree import Compare, InList, Is, IsAbsent, Yes

Asked = Yes | Is | IsAbsent | Compare | InList
"""What a leaf asks of a fact's value."""

MONTH, MONTHS = 31, 12
YEAR = MONTHS * MONTH
"""Dates are counted in years of twelve months of 31 places, of which some hold no day: whole months and years divide exactly."""

_PLACES = {"whole years": YEAR, "whole months": MONTH, "days": 1}
_OF_30_DAYS, _FEBRUARY, _LEAP_DAY = (3, 5, 8, 10), 1, 28
"""Months and days are counted from 0."""


class Day:
    """A date: year, month and day, each counted from 0; ``place`` orders dates and divides into whole months and years."""

    def __init__(self, name: str, *, can_be_absent: bool) -> None:
        self.year, self.month, self.day = z3.Ints(f"{name}.year {name}.month {name}.day")
        self.place = YEAR * self.year + MONTH * self.month + self.day
        self.known = z3.Bool(f"{name} is known")
        self.absent = z3.Bool(f"{name} is absent") if can_be_absent else NO
        self.real = z3.And(z3.Implies(self.absent, self.known), *self._is_a_day())

    def _is_a_day(self) -> Iterable[Z3]:
        yield z3.And(self.year >= date.min.year, self.year <= date.max.year)
        yield z3.And(self.month >= 0, self.month < MONTHS, self.day >= 0, self.day < MONTH)
        yield z3.Implies(z3.Or(*(self.month == month for month in _OF_30_DAYS)), self.day < MONTH - 1)
        yield z3.Implies(
            self.month == _FEBRUARY, z3.Or(self.day < _LEAP_DAY, z3.And(self.day == _LEAP_DAY, self._is_leap))
        )

    @property
    def _is_leap(self) -> Z3:
        return z3.And(self.year % 4 == 0, z3.Or(self.year % 100 != 0, self.year % 400 == 0))

    @property
    def ordinal(self) -> Z3:
        """The date counted in days, as ``date.toordinal`` counts."""
        before = self.year - 1
        of_month = z3.IntVal(0)
        for month in range(MONTHS):
            days = date(1, month + 1, 1).toordinal() - 1
            of_month = z3.If(
                self.month == month, days + (z3.If(self._is_leap, 1, 0) if month > _FEBRUARY else 0), of_month
            )
        return before * 365 + before / 4 - before / 100 + before / 400 + of_month + self.day + 1

    def same(self, other: Any) -> Z3:
        """It is stated alike in another case."""
        return z3.And(self.known == other.known, self.absent == other.absent, self.place == other.place)

    def holds(self, asked: Asked) -> Z3:
        """What the leaf asks holds."""
        if isinstance(asked, IsAbsent):
            return self.absent
        assert isinstance(asked, Compare), f"{asked} is asked of no date"
        assert isinstance(asked.bound, date), f"{asked} is asked of no date"
        return z3.And(z3.Not(self.absent), COMPARE[asked.operator](self.place, place_of(asked.bound)))

    def within(self, since: date | None, until: date | None) -> Z3:
        """It lies within a period, bounds included."""
        bounds = [self.place >= place_of(since)] if since else []
        return z3.And(*bounds, *([self.place <= place_of(until)] if until else []))

    def cell(self, found: Any) -> object:
        """What it is in a solution."""
        if not holds_in(found, self.known):
            return None
        if holds_in(found, self.absent):
            return "absent"
        year, month, day = (
            found.eval(part, model_completion=True).as_long() for part in (self.year, self.month, self.day)
        )
        return str(date(year, month + 1, day + 1))


class Span:
    """Whole years, whole months or days between two dates, truncated towards zero as ``guideline.dates`` counts them."""

    def __init__(self, kind: str, start: Day, end: Day) -> None:
        self.known = z3.And(start.known, end.known)
        self.absent = z3.And(self.known, z3.Or(start.absent, end.absent))
        self.real = YES
        self._places = _PLACES[kind]
        self._passed = end.ordinal - start.ordinal if kind == "days" else end.place - start.place

    @property
    def value(self) -> Z3:
        """The span as a number."""
        places, passed = self._places, self._passed
        return z3.ToReal(z3.If(passed >= 0, passed / places, -(-passed / places)))

    def holds(self, asked: Asked) -> Z3:
        """What the leaf asks holds: a bound on a span is one on what has passed."""
        if isinstance(asked, IsAbsent):
            return self.absent
        assert isinstance(asked, Compare), f"{asked} is asked of no span"
        assert not isinstance(asked.bound, date), f"{asked} is asked of no span"
        return z3.And(z3.Not(self.absent), self.compared(asked.operator, asked.bound))

    def compared(self, operator: str, bound: int | Fraction) -> Z3:
        """The span against a bound, where both dates are there."""
        match operator:
            case ">=":
                return self._reaches(ceil(bound))
            case ">":
                return self._reaches(floor(bound) + 1)
            case "<":
                return z3.Not(self._reaches(ceil(bound)))
            case "<=":
                return z3.Not(self._reaches(floor(bound) + 1))
            case _:
                exact = floor(bound) == bound
                return z3.And(self._reaches(floor(bound)), z3.Not(self._reaches(floor(bound) + 1))) if exact else NO

    def _reaches(self, count: int) -> Z3:
        return self._passed >= (count * self._places if count > 0 else (count - 1) * self._places + 1)


def place_of(day: date) -> int:
    """Where a date lies, as ``Day.place`` counts."""
    return YEAR * day.year + MONTH * (day.month - 1) + day.day - 1
