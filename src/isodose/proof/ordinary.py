"""Ordinary values: those that worked cases use most, then what the rules speak of. An example should surprise by one thing only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from isodose.determination.case import case_from
from isodose.determination.cells import TEXT_CELLS
from isodose.determination.record import json_value
from isodose.determination.values import Value
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import Guideline
from isodose.guideline.tree import Compare, leaves

USUAL_AGE = 60
"""Years, where nothing asks for another age."""

Row = dict[str, object]


class Ordinary:
    """The values of each column, most ordinary first. ``rows`` are cases as text, such as the worked ones."""

    def __init__(self, guideline: Guideline, rows: Iterable[Mapping[str, str]] = ()) -> None:
        used: dict[str, Counter[object]] = {column: Counter() for column in guideline.columns}
        for row in rows:
            case = case_from(row, guideline, TEXT_CELLS)
            for column, fact in guideline.columns.items():
                if fact.name in case.facts:
                    used[column].update(_cells(case.facts[fact.name]))
        self._values = {
            column: list(
                dict.fromkeys([*(value for value, _ in used[column].most_common()), *_spoken_of(fact, guideline)])
            )
            for column, fact in guideline.columns.items()
        }
        self._lists = [column for column, fact in guideline.columns.items() if fact.type is FactType.CODES]

    def values(self, column: str) -> Sequence[object]:
        """The values of a column, the most ordinary first."""
        return self._values[column]

    def made_so(self, row: Row, shows: Callable[[Row], bool]) -> Row:
        """The row with the most ordinary values of which ``shows`` still holds, column by column, twice over."""
        for _ in range(2):
            for column in list(row):
                row = next((other for other in self._others(row, column) if shows(other)), row)
        return row

    def _others(self, row: Row, column: str) -> Iterator[Row]:
        """The row with other values in one column, the most ordinary first, down to the one that it has."""
        given = row[column]
        if column not in self._lists:
            for value in self._values[column]:
                if value == given and type(value) is type(given):
                    return
                yield row | {column: value}
        elif isinstance(given, list):
            for place, code in enumerate(given):
                for other in self._values[column]:
                    if other == code:
                        break
                    if other not in given:
                        yield row | {column: [*given[:place], other, *given[place + 1 :]]}


def _cells(value: Value) -> Iterator[object]:
    """A value as a row holds it; each code of a list by itself."""
    if isinstance(value, Fraction):
        yield Decimal(value.numerator) / Decimal(value.denominator)
    elif isinstance(value, tuple):
        written = json_value(value)
        yield from written if isinstance(written, list) else ()
    else:
        yield json_value(value) if not isinstance(value, (bool, int)) else value


def _spoken_of(fact: Fact, guideline: Guideline) -> Iterator[object]:
    """Values that the fact offers or the rules compare with."""
    match fact.type:
        case FactType.YES_NO:
            yield from (True, False)
        case FactType.CHOICE:
            yield from fact.values
        case FactType.CODE:
            yield from guideline.codes
        case FactType.NUMBER:
            yield from _numbers(fact.name, guideline)
        case FactType.DATE:
            yield from map(str, _days(fact.name, guideline))
        case FactType.CODES:
            pass  # those of the search itself: any code of a kind is as good as another


def _compared(name: str, guideline: Guideline) -> Iterator[Compare]:
    for edition in guideline.editions:
        for tree in edition.trees:
            yield from (leaf for leaf in leaves(tree) if isinstance(leaf, Compare) and leaf.fact == name)


def _numbers(name: str, guideline: Guideline) -> Iterator[object]:
    """The bounds that rules name, and whole numbers beside them."""
    for leaf in _compared(name, guideline):
        if not isinstance(leaf.bound, date):
            yield from dict.fromkeys(round(leaf.bound) + step for step in (0, 1, -1))


def _days(name: str, guideline: Guideline) -> Iterator[date]:
    """For the date of service the first Monday of an edition; for others such that a span of some use has passed by then."""
    firsts = [_monday(edition.effective) for edition in reversed(guideline.editions)]
    if name == "date_of_service":
        yield from dict.fromkeys(firsts)
        return
    spans = [USUAL_AGE * 366] if name == "member_birth_date" else []
    for derived, formula in guideline.derived:
        if formula.first == name and formula.kind in _DAYS:
            bounds = [round(leaf.bound) for leaf in _compared(derived, guideline) if not isinstance(leaf.bound, date)]
            spans += [(bound + step) * _DAYS[formula.kind] for bound in bounds for step in (0, -1)]
    for first in firsts:
        yield from (first - timedelta(span) for span in dict.fromkeys(spans))


_DAYS = {"whole years": 366, "whole months": 31, "days": 1}
"""Days after which such a span has passed for certain."""


def _monday(day: date) -> date:
    return day + timedelta(-day.weekday() % 7)
