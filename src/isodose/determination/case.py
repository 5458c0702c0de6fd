"""A case: the facts known about one service line, each read as its declared type, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from isodose.determination.cells import Cells, Wrong
from isodose.determination.values import ABSENT, Coding, Value
from isodose.guideline.facts import Fact, Facts
from isodose.guideline.formula import Formula
from isodose.guideline.problem import did_you_mean, listed
from isodose.guideline.truth import Truth


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


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one service line by name; one that is not there is unknown.

    ``problems`` is what could not be read, ``notes`` what looks odd and never changes an outcome. ``judgements`` is by
    clause id or leaf phrase.
    """

    facts: Mapping[str, Value]
    request_id: str | None = None
    line: int | None = None
    problems: tuple[Wrong, ...] = ()
    notes: tuple[str, ...] = ()
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    disputes: tuple[Dispute, ...] = ()


__all__ = ["Case", "Coding", "Dispute", "Judgement", "case_from", "derive"]

REQUEST_COLUMNS = ("request_id", "line", "member_id")
"""Columns that name a row and are no facts."""


def case_from(row: Mapping[str, object], facts: Facts, columns: Mapping[str, Fact], cells: Cells) -> Case:
    """The case that a flat row states. Cells that cannot be read become problems, unknown columns notes."""
    known: dict[str, Value] = {}
    problems: list[Wrong] = []
    for column, fact in columns.items():
        raw = row.get(column)
        if raw is not None:
            value = cells.read(fact, raw, problems)
            if value is not None:
                known[fact.name] = value
    derive(known, facts)
    return Case(
        known,
        cells.text("request_id", row.get("request_id"), problems),
        cells.whole("line", row.get("line"), problems),
        tuple(problems),
        (*_column_notes(row, columns), *_value_notes(known, facts)),
    )


def derive(known: dict[str, Value], facts: Facts) -> None:
    """Add the derived facts whose inputs are known. A formula may use another derived fact."""
    waiting = [fact for fact in facts.values() if fact.formula and fact.name not in known]
    while ready := [fact for fact in waiting if fact.formula and all(name in known for name in fact.formula.inputs)]:
        for fact in ready:
            waiting.remove(fact)
            value = _derived(fact.formula, known) if fact.formula else None
            if value is not None:
                known[fact.name] = value


def _derived(formula: Formula, known: Mapping[str, Value]) -> Value | None:
    first, second = (known[name] for name in formula.inputs)
    if first is ABSENT or second is ABSENT:
        return ABSENT
    if isinstance(first, date) and isinstance(second, date):
        return formula.of_dates(first, second)
    if isinstance(first, Fraction) and isinstance(second, Fraction) and second:
        return first / second
    return None  # a ratio to zero says nothing


def _column_notes(row: Mapping[str, object], columns: Mapping[str, Fact]) -> list[str]:
    known = [*columns, *REQUEST_COLUMNS]
    notes = []
    for column in row:
        if column not in columns and column not in REQUEST_COLUMNS:
            near = did_you_mean(str(column), known)
            notes.append(f"the column `{column}` is no fact of this guideline and was not used{near}")
    return notes


def _value_notes(known: Mapping[str, Value], facts: Facts) -> list[str]:
    """Words that an open choice takes as they are, though they nearly are ones that it offers."""
    notes = []
    for name, value in known.items():
        fact = facts[name]
        if fact.open and isinstance(value, str) and value not in fact.values:
            near = did_you_mean(value, fact.values)
            if near:
                notes.append(f"`{fact.column}` is `{value}`, which is none of {listed(fact.values)}{near}")
    return notes
