"""A point of the space of answers as a flat case: a value for each class, inputs for what follows from others."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count

from isodose.compile.conditions.among import Listing
from isodose.compile.conditions.answer_classes import NOT_ANSWERED, AnyOther, Only, example_of
from isodose.determination.values import ABSENT, Value
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.formula import Formula
from isodose.guideline.guideline import DIAGNOSIS
from isodose.proof.difference.asked import SERVICE
from isodose.proof.difference.example import Point, nearest_day
from isodose.proof.difference.illness import belonging, spoken
from isodose.proof.difference.space import Space
from isodose.proof.ordinary import Row

_MONTHS, _SAFE_DAY = 12, 28

_UNLISTED = 99213
"""A procedure code from which on one that is in no list is looked for."""


def row_of(point: Point, space: Space, day: date) -> Row:
    """A flat case at the point, its date of service as near to the day as can be; the engine has to confirm it."""
    service = nearest_day(day, point[SERVICE])
    values: dict[str, Value] = {SERVICE: service}
    for name, fact in space.facts.items():
        one = point.get(name)
        if one is not None and one != NOT_ANSWERED and name not in (SERVICE, DIAGNOSIS):
            value = _other(space, fact) if isinstance(one, AnyOther) else example_of(one)
            assert value is not None, "a class of answers has one"
            if fact.formula is None:
                values.setdefault(name, value)
            else:
                values |= _inputs(fact.formula, value, values)
    codes = _codes(point, space)
    row = {space.facts[name].column: _cell(value) for name, value in values.items()}
    return row | ({space.facts[DIAGNOSIS].column: [with_dot(code) for code in codes]} if codes else {})


def _other(space: Space, fact: Fact) -> Value:
    """A word or a code that is in no list."""
    named = {one.value for one in space.universe[fact.name] if isinstance(one, Only)}
    others = map(str, count(_UNLISTED)) if fact.type is FactType.CODE else (f"another{'-one' * n}" for n in count())
    return next(one for one in others if one not in named)


def _inputs(formula: Formula, value: Value, known: dict[str, Value]) -> dict[str, Value]:
    """What has to be stated for a derived fact to have a value."""
    if value is ABSENT:
        return {formula.first: ABSENT}
    assert isinstance(value, (int, Fraction)), "what is derived is a number"
    if formula.is_ratio:
        second = known.get(formula.second, 1)
        assert isinstance(second, (int, Fraction))
        return {formula.first: Fraction(value) * second, formula.second: second}
    end = known.get(formula.second, known[SERVICE])
    assert isinstance(end, date), "a span ends on a date"
    return {formula.first: _before(end, formula.kind, int(value)), formula.second: end}


def _before(end: date, kind: str, passed: int) -> date:
    """The day from which so many whole years, months or days have passed."""
    if kind == "days":
        return end - timedelta(passed)
    months = end.year * _MONTHS + end.month - 1 - passed * (_MONTHS if kind == "whole years" else 1)
    return date(months // _MONTHS, months % _MONTHS + 1, min(end.day, _SAFE_DAY))


def _codes(point: Point, space: Space) -> tuple[str, ...]:
    """The fewest codes that say what the point says of them."""
    targets = space.illness.targets
    for said, codes in space.illness.witnesses.items():
        if point.get(DIAGNOSIS, spoken(said)) == spoken(said) and all(
            point.get(Listing(target)) == belonging(said, place) for place, target in enumerate(targets)
        ):
            return codes
    return ()


def _cell(value: Value) -> object:
    if isinstance(value, date):
        return str(value)
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)
    return "absent" if value is ABSENT else value
