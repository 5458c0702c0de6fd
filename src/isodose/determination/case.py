"""A case: the facts known about one service line, each read as its declared type, and what could not be read."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from isodose.determination.cells import Cells, Reader, UnreadableError, Wrong, plain_cells, shown, unread
from isodose.determination.values import ABSENT, Coding, Value
from isodose.guideline.facts import Fact
from isodose.guideline.formula import Formula
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import did_you_mean, listed
from isodose.guideline.truth import Truth
from isodose.guideline.units import exact


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reviewer's finding on a clause or a leaf that facts leave unknown: who, when and why."""

    target: str
    truth: Truth
    by: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A reviewer who finds by a document that a stated fact is wrong: the fact becomes unknown."""

    fact: str
    by: str
    on: date
    why: str


_NONE_JUDGED: Mapping[str, Judgement] = {}


class Case(NamedTuple):
    """The facts of one service line by name; one that is not there is unknown.

    ``problems`` is what could not be read, ``notes`` what looks odd and never changes an outcome. ``judgements`` is by
    clause id or leaf phrase.
    """

    facts: Mapping[str, Value]
    request_id: str | None = None
    line: int | None = None
    problems: tuple[Wrong, ...] = ()
    notes: tuple[str, ...] = ()
    judgements: Mapping[str, Judgement] = _NONE_JUDGED
    disputes: tuple[Dispute, ...] = ()


__all__ = ["Case", "Coding", "Dispute", "Judgement", "case_from", "derive"]

_LONGEST_NAME = 80
"""Letters of an unknown column's name that are compared with known ones."""

REQUEST_COLUMNS = frozenset({"request_id", "line", "member_id"})
"""Columns that name a row and are no facts."""


def case_from(row: Mapping[str, object], guideline: Guideline, cells: Cells) -> Case:
    """The case that a flat row states. Cells that cannot be read become problems, unknown columns notes."""
    known: dict[str, Value] = {}
    problems: list[Wrong] = []
    columns = _columns_of(guideline, cells)
    for column, fact, kind, plain, read in columns.facts:
        raw = row.get(column)
        if type(raw) is kind and raw in plain:
            known[fact.name] = raw  # type: ignore[assignment]
        elif raw is not None:
            try:
                value = read(raw)
            except UnreadableError as error:
                value = unread(fact, raw, error, problems)
            if value is not None:
                known[fact.name] = value
    derive(known, guideline)
    return Case(
        known,
        cells.text("request_id", row.get("request_id"), problems),
        cells.whole("line", row.get("line"), problems),
        tuple(problems),
        (*_column_notes(row, columns.names), *_value_notes(known, guideline)),
    )


class _Columns(NamedTuple):
    """The columns of a guideline's flat case, made ready: each with its fact, plain cells and reader, and all names."""

    facts: tuple[tuple[str, Fact, type, Container[object], Reader], ...]
    names: frozenset[str]


@lru_cache(16)
def _columns_of(guideline: Guideline, cells: Cells) -> _Columns:
    columns = guideline.columns
    facts = tuple((column, fact, *plain_cells(fact), cells.reader(fact)) for column, fact in columns.items())
    return _Columns(facts, REQUEST_COLUMNS.union(columns))


def is_case(row: Mapping[str, object], guideline: Guideline) -> bool:
    """Whether an object or a row has any column of a flat case; one without is something else."""
    return not row.keys().isdisjoint(guideline.columns.keys() | REQUEST_COLUMNS)


def derive(known: dict[str, Value], guideline: Guideline) -> None:
    """Add the derived facts whose inputs are known."""
    for name, formula in guideline.derived:
        first, second = known.get(formula.first), known.get(formula.second)
        if first is not None and second is not None:
            value = _derived(formula, first, second)
            if value is not None:
                known[name] = value


def _derived(formula: Formula, first: Value, second: Value) -> Value | None:
    if isinstance(first, date) and isinstance(second, date):
        return formula.of_dates(first, second)
    if first is ABSENT or second is ABSENT:
        return ABSENT
    if isinstance(first, (int, Fraction)) and isinstance(second, (int, Fraction)) and second:
        return exact(Fraction(first) / second)
    return None  # a ratio to zero says nothing


def _column_notes(row: Mapping[str, object], known: frozenset[str]) -> list[str]:
    if known.issuperset(row):
        return []
    notes = []
    for column in row:
        if column not in known:
            near = _near(str(column)[:_LONGEST_NAME], tuple(sorted(known)))
            notes.append(f"the column {shown(column)} is no fact of this guideline and was not used{near}")
    return notes


def _value_notes(known: Mapping[str, Value], guideline: Guideline) -> list[str]:
    """Words that an open choice takes as they are, though they nearly are ones that it offers."""
    notes = []
    for fact in guideline.open_choices:
        value = known.get(fact.name)
        if isinstance(value, str) and value not in fact.values:
            near = _near(value, tuple(fact.values))
            if near:
                notes.append(f"`{fact.column}` is `{value}`, which is none of {listed(fact.values)}{near}")
    return notes


@lru_cache(1 << 10)
def _near(word: str, offered: tuple[str, ...]) -> str:
    """A plan's other products and a file's other columns come again and again."""
    return did_you_mean(word, offered)
