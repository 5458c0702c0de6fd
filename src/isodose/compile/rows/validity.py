"""What cannot be right in a row, in the order and words of ``determination/validity.py``, as conditions and messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from isodose.compile.expression import (
    Boolean,
    Codes,
    Compared,
    Headings,
    Joined,
    Literal,
    OneOf,
    Present,
    Span,
    Value,
    Written,
    all_of,
    any_of,
    negated,
)
from isodose.compile.rows.reading import Reading
from isodose.determination.validity import (
    NEEDED,
    OLDEST_AGE,
    born_later_says,
    missing_says,
    not_valid_says,
    ruled_out_says,
    too_old_says,
)
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.procedure_codes import ProcedureCode
from isodose.guideline.tree import Period

Wrong = tuple[Boolean, Value]
"""Whether something is wrong with the row, and what is said then."""

_HERE = "\0"
"""Stands in a sentence where a value of the row comes."""


def wrongs(guideline: Guideline, readings: Mapping[str, Reading]) -> tuple[Wrong, ...]:
    """All that can be wrong, in the order in which a person would correct it."""
    return (
        *((reading.wrong, reading.message) for reading in readings.values()),
        *_not_named(guideline, readings),
        *_birth_date(readings),
        *_headings(guideline, readings),
        *_procedure_code(guideline, readings),
    )


def _not_named(guideline: Guideline, readings: Mapping[str, Reading]) -> Iterator[Wrong]:
    for name in NEEDED:
        missing = all_of((negated(readings[name].known), negated(readings[name].wrong)))
        yield missing, Literal(missing_says(guideline.facts[name]))


def _birth_date(readings: Mapping[str, Reading]) -> Iterator[Wrong]:
    birth, service = readings["member_birth_date"].value, readings["date_of_service"].value
    if birth is None or service is None:
        return
    age, on = Span("whole years", birth, service), Written(service)
    yield Compared(birth, ">", service), _sentence(born_later_says(_HERE, _HERE), Written(birth), on)
    yield Compared(age, ">", OLDEST_AGE), _sentence(too_old_says(_HERE, _HERE, _HERE), Written(birth), Written(age), on)


def _headings(guideline: Guideline, readings: Mapping[str, Reading]) -> Iterator[Wrong]:
    codes, service = readings[DIAGNOSIS].value if DIAGNOSIS in readings else None, readings["date_of_service"].value
    if isinstance(codes, Codes) and service is not None:
        headings = Headings(codes)
        yield all_of((Compared(service, ">=", guideline.release.in_force), Present(headings))), headings


def _procedure_code(guideline: Guideline, readings: Mapping[str, Reading]) -> Iterator[Wrong]:
    given, service = readings["procedure_code"].value, readings["date_of_service"].value
    if given is None or service is None:
        return
    alike: dict[tuple[Wrong, ...], list[str]] = {}
    for known in guideline.codes.values():
        alike.setdefault(tuple(_of_code(known, given, service, guideline, readings)), []).append(known.code)
    for wrong, codes in alike.items():
        yield from ((all_of((OneOf(given, tuple(codes)), when)), says) for when, says in wrong)


def _of_code(
    known: ProcedureCode, given: Value, service: Value, guideline: Guideline, readings: Mapping[str, Reading]
) -> Iterator[Wrong]:
    """What can be wrong with one code. The sentence has it from the row, so that codes of which the same is said are one."""
    unnamed = replace(known, code=_HERE)
    for when, example in _days_outside(known, guideline):
        says = not_valid_says(unnamed, example, _HERE, guideline)
        yield inside(service, when), _sentence(says, given, Written(service))
    for name, allowed in known.means.items():
        value = readings[name].value
        if value is not None:
            other = all_of((readings[name].known, negated(readings[name].absent), negated(OneOf(value, allowed))))
            yield other, _sentence(ruled_out_says(unnamed, name, _HERE), given, value)


def _days_outside(known: ProcedureCode, guideline: Guideline) -> Iterator[tuple[Period, date]]:
    """The days on which a code is not valid, in periods in which the same is said, each with a day of it."""
    one = timedelta(1)
    if known.valid.since:
        yield Period(None, known.valid.since - one), known.valid.since - one
    if known.valid.until:
        start = known.valid.until + one
        successors = [guideline.codes[code].valid for code in known.successors if code in guideline.codes]
        turns = {period.since for period in successors if period.since}
        turns |= {period.until + one for period in successors if period.until}
        starts = sorted({start, *(turn for turn in turns if turn > start)})
        for first, following in zip(starts, [*starts[1:], None], strict=True):
            yield Period(first, following and following - one), first


def inside(day: Value, period: Period) -> Boolean:
    """The day lies within the period, bounds included."""
    bounds = []
    if period.since:
        bounds.append(Compared(day, ">=", period.since))
    if period.until:
        bounds.append(Compared(day, "<=", period.until))
    return all_of(bounds)


def _sentence(text: str, *values: Value) -> Value:
    """A sentence with the row's values in their places."""
    first, *rest = text.split(_HERE)
    parts: list[Value] = [Literal(first)]
    for value, words in zip(values, rest, strict=True):
        parts += [value, Literal(words)]
    return Joined(tuple(parts))


def is_invalid(found: tuple[Wrong, ...]) -> Boolean:
    """Whether anything is wrong."""
    return any_of(when for when, _ in found)
