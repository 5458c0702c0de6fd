"""A guideline as the six columns that a determination adds to a flat case: what every engine of rows computes.

columns of the table -> readings of the facts -> what is wrong; which edition rules; its flags -> added columns
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from isodose.compile.answer import Flags, flags_of
from isodose.compile.atoms import Holds, Known, OfIllness, Within
from isodose.compile.expression import (
    ALWAYS,
    NEVER,
    Belongs,
    Boolean,
    Choose,
    Codes,
    Compared,
    Literal,
    Names,
    OneOf,
    RatioCompared,
    Sentences,
    Value,
    all_of,
    negated,
    with_atoms,
)
from isodose.compile.rows.reading import Columns, Reading, readings_of
from isodose.compile.rows.validity import inside, is_invalid, wrongs
from isodose.guideline.choose import edition_on
from isodose.guideline.edition import Edition
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import Compare, InList, Is, IsAbsent, Period, Yes


@dataclass(frozen=True, slots=True)
class Added:
    """The added columns as expressions over the row. Lists are never null; the others are null where they say nothing."""

    outcome: Value
    review_reason: Value
    basis: Value
    missing: Value
    edition: Value
    problem: Value


def added_columns(guideline: Guideline, columns: Columns, as_known_on: date | None = None, *, typed: bool) -> Added:
    """The added columns for tables with these columns (name to kind); ``typed`` as in ``readings_of``."""
    return added_to(guideline, readings_of(guideline, columns, typed=typed), as_known_on)


def added_to(guideline: Guideline, readings: Mapping[str, Reading], as_known_on: date | None = None) -> Added:
    """The added columns for rows that are read so."""
    of_row = over_the_row(readings)
    found = wrongs(guideline, readings)
    invalid = is_invalid(found)
    service = readings["date_of_service"].value or Literal("")
    ruled = [
        (
            all_of((negated(invalid), inside(service, period))),
            edition,
            _of_the_row(flags_of(guideline, edition), of_row),
        )
        for period, edition in reigns(guideline, as_known_on)
    ]
    return Added(
        Choose(
            (
                (invalid, Literal(Outcome.INVALID.value)),
                *((here, _chosen(flags.outcomes)) for here, _, flags in ruled),
                (ALWAYS, Literal(Outcome.NOT_APPLICABLE.value)),
            )
        ),
        Choose(tuple((here, _chosen(flags.reasons)) for here, _, flags in ruled)),
        _listed([(here, flags.basis) for here, _, flags in ruled]),
        _listed([(here, flags.missing) for here, _, flags in ruled]),
        Choose(tuple((here, Literal(edition.id)) for here, edition, _ in ruled)),
        Sentences(found),
    )


def reigns(guideline: Guideline, as_known_on: date | None = None) -> Iterator[tuple[Period, Edition]]:
    """The periods of dates of service, each with the edition that rules it: one period for each edition."""
    days = sorted({edition.effective for edition in guideline.editions})
    turns = [
        (next(same), edition)
        for edition, same in groupby(days, lambda day: edition_on(guideline.editions, day, as_known_on))
    ]
    ends = [*(following - timedelta(1) for following, _ in turns[1:]), None]
    for (start, edition), end in zip(turns, ends, strict=True):
        if edition is not None:
            yield Period(start, end), edition


def _chosen(flags: Mapping[Outcome, Boolean] | Mapping[Reason, Boolean]) -> Value:
    return Choose(tuple((flag, Literal(name.value)) for name, flag in flags.items() if flag is not NEVER))


def _listed(ruled: list[tuple[Boolean, Mapping[str, Boolean]]]) -> Value:
    lists = (
        (here, Names(tuple((name, flag) for name, flag in flags.items() if flag is not NEVER))) for here, flags in ruled
    )
    return Choose((*lists, (ALWAYS, Names(()))))


def over_the_row(readings: Mapping[str, Reading]) -> Callable[[Boolean], Boolean]:
    """A function from what is asked of a case to the same asked of the row's columns."""
    return with_atoms(lambda asked: _atom(asked, readings))


def _of_the_row(flags: Flags, of_row: Callable[[Boolean], Boolean]) -> Flags:
    return Flags(
        {outcome: of_row(flag) for outcome, flag in flags.outcomes.items()},
        {reason: of_row(flag) for reason, flag in flags.reasons.items()},
        {fact: of_row(flag) for fact, flag in flags.missing.items()},
        {clause: of_row(flag) for clause, flag in flags.basis.items()},
        (),
        (),
    )


def _atom(asked: Boolean, readings: Mapping[str, Reading]) -> Boolean:
    match asked:
        case Known(fact):
            return readings[fact].known
        case Within(period):
            service = readings["date_of_service"].value
            return inside(service, period) if service else NEVER
        case OfIllness(trait):
            codes = readings[DIAGNOSIS].value
            return Belongs(codes, trait) if isinstance(codes, Codes) else NEVER
        case Holds(leaf):
            return _held(leaf, readings[leaf.fact])
        case _:
            raise AssertionError(f"{asked} is asked of no case")


def _held(leaf: Yes | Is | IsAbsent | Compare | InList, reading: Reading) -> Boolean:
    if isinstance(leaf, Yes):
        return reading.yes
    if isinstance(leaf, IsAbsent):
        return reading.absent
    if isinstance(leaf, Compare) and reading.ratio and not isinstance(leaf.bound, date):
        return RatioCompared(*reading.ratio, leaf.operator, leaf.bound)
    return _asked_of_value(leaf, reading.value) if reading.value else NEVER


def _asked_of_value(leaf: Is | Compare | InList, value: Value) -> Boolean:
    match leaf:
        case Is(value=wanted):
            return OneOf(value, (wanted,))
        case InList(members=members):
            return OneOf(value, tuple(sorted(members)))
        case Compare(operator=operator, bound=bound):
            return Compared(value, operator, bound)
