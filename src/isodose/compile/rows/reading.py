"""How a row's cells are read as facts, and what is said of those that cannot be: ``determination/cells.py`` for columns.

Columns have declared kinds. A cell of text is read as people write it; a cell of the fact's own type stands as it is; one of
any other kind cannot be right. What is not said here is not read: a column that the row lacks is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from isodose.compile.expression import (
    NEVER,
    Boolean,
    Codes,
    Column,
    Compared,
    DateOf,
    IsTrue,
    Joined,
    Kind,
    Literal,
    Lower,
    Matches,
    NumberOf,
    OneOf,
    Present,
    Shown,
    Span,
    Trimmed,
    UnreadableCodes,
    Upper,
    Value,
    all_of,
    any_of,
    negated,
)
from isodose.determination.cells import TOO_LARGE
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.formula import Formula
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import listed
from isodose.guideline.procedure_codes import PATTERN, SHAPE

Columns = Mapping[str, Kind]
"""The columns of a table that are facts, each with the kind that its engine declares."""


NOTHING = Literal("")


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact as the row gives it. ``value`` is null where it is unknown or absent; ``yes`` is that of a yes/no fact.

    ``wrong`` says that the cell cannot be read, and ``message`` why and what would be right. ``ratio`` holds the two numbers of
    a ratio, which is compared and never computed.
    """

    known: Boolean = NEVER
    absent: Boolean = NEVER
    value: Value | None = None
    yes: Boolean = NEVER
    wrong: Boolean = NEVER
    message: Value = NOTHING
    ratio: tuple[Value, Value] | None = None


UNKNOWN = Reading()


def readings_of(
    guideline: Guideline, columns: Columns, *, typed: bool, absences: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Reading]:
    """Every fact's reading by its name, those of columns in their order, then the derived ones.

    ``typed`` tables have booleans and numbers of their own, as JSON has; in others, as in CSV, all is text. ``absences``
    names for a column of dates, numbers or yes/no the yes/no column which says that there is none: no such cell can.
    """
    found = {
        fact.name: _reading(fact, Column(column, columns[column]), typed=typed) if column in columns else UNKNOWN
        for column, fact in guideline.columns.items()
    }
    for column, absence in absences.items():
        name = guideline.columns[column].name
        found[name] = _or_absent(found[name], IsTrue(Column(absence, Kind.YES_NO)))
    for name, formula in guideline.derived:
        found[name] = _derived(formula, found[formula.first], found[formula.second])
    return found


def _reading(fact: Fact, cell: Column, *, typed: bool) -> Reading:
    if cell.kind is OWN_KIND.get(fact.type):
        return _in_own_kind(fact, cell)
    if cell.kind is Kind.TEXT:
        return _READERS[fact.type](fact, cell, typed)
    quotes = ", in quotes" if fact.type is FactType.CODE and cell.kind is Kind.NUMBER else ""
    return Reading(wrong=Present(cell), message=_message(fact, cell, _RIGHT[fact.type](fact) + quotes))


def _in_own_kind(fact: Fact, cell: Column) -> Reading:
    if fact.type is FactType.YES_NO:
        return Reading(Present(cell), yes=IsTrue(cell))
    if fact.type is FactType.CODES:
        return _codes(fact, cell, True)  # noqa: FBT003
    return _own_number(fact, cell) if fact.type is FactType.NUMBER else Reading(Present(cell), value=cell)


def _own_number(fact: Fact, cell: Column) -> Reading:
    """Doubles hold what is no number, and numbers of more digits than any case has."""
    right = all_of((Compared(cell, ">", -TOO_LARGE), Compared(cell, "<", TOO_LARGE)))
    wrong = all_of((Present(cell), negated(right)))
    return Reading(right, value=cell, wrong=wrong, message=_message(fact, cell, _RIGHT[fact.type](fact)))


def _or_absent(reading: Reading, is_said: Boolean) -> Reading:
    """The same, absent where that is said and no value is given."""
    absent = all_of((is_said, negated(reading.known)))
    return replace(reading, known=any_of((reading.known, absent)), absent=absent)


def _message(fact: Fact, cell: Value, right: str) -> Value:
    return Joined((Literal(f"`{fact.column}`: "), Shown(cell), Literal(f" {right}")))


def _word(fact: Fact, cell: Column, value: Value, is_right: Boolean) -> Reading:
    """A text that is right, absent, blank, or wrong."""
    word = Lower(Trimmed(cell))
    absent = OneOf(word, ("absent",)) if fact.absent else NEVER
    right = all_of((is_right, negated(absent)))
    wrong = all_of((Present(word), negated(right), negated(absent)))
    return Reading(any_of((right, absent)), absent, value, NEVER, wrong, _message(fact, cell, _RIGHT[fact.type](fact)))


def _yes_no(fact: Fact, cell: Column, typed: bool) -> Reading:  # noqa: FBT001
    word = Lower(Trimmed(cell))
    right = NEVER if typed else OneOf(word, ("true", "false"))
    read = _word(fact, cell, word, right)
    message = _message(fact, cell, _YES_OR_NO + (", without quotes" if typed else ""))
    return Reading(read.known, read.absent, None, OneOf(word, ("true",)) if not typed else NEVER, read.wrong, message)


def _choice(fact: Fact, cell: Column, _: bool) -> Reading:  # noqa: FBT001
    word = Lower(Trimmed(cell))
    read = _word(fact, cell, word, Present(word) if fact.open else OneOf(word, tuple(fact.values)))
    message = _message(fact, cell, f"is not offered: it is {listed(fact.values)}")
    return Reading(read.known, read.absent, word, NEVER, read.wrong, message)


def _number(fact: Fact, cell: Column, typed: bool) -> Reading:  # noqa: FBT001
    number = NumberOf(Trimmed(cell))
    return _word(fact, cell, number, NEVER if typed else Present(number))


def _date(fact: Fact, cell: Column, _: bool) -> Reading:  # noqa: FBT001
    day = DateOf(Trimmed(cell))
    return _word(fact, cell, day, Present(day))


def _code(fact: Fact, cell: Column, _: bool) -> Reading:  # noqa: FBT001
    code = Upper(Trimmed(cell))
    return _word(fact, cell, code, Matches(code, PATTERN.pattern))


def _codes(fact: Fact, cell: Column, _: bool) -> Reading:  # noqa: FBT001
    wrong = UnreadableCodes(cell)
    codes = Codes(cell)
    message = Joined((Literal(f"`{fact.column}`: "), wrong, Literal(": write it like C61 or C50.911")))
    return Reading(Present(codes), value=codes, wrong=Present(wrong), message=message)


def _derived(formula: Formula, first: Reading, second: Reading) -> Reading:
    """A fact that follows from two others: unknown if one of them is, else absent if one of them is."""
    both = all_of((first.known, second.known))
    absent = all_of((both, any_of((first.absent, second.absent))))
    if first.value is None or second.value is None:
        return Reading(absent, absent)
    if formula.is_ratio:
        is_zero = Compared(second.value, "=", 0)
        return Reading(any_of((absent, all_of((both, negated(is_zero))))), absent, ratio=(first.value, second.value))
    return Reading(both, absent, Span(formula.kind, first.value, second.value))


OWN_KIND = {
    FactType.YES_NO: Kind.YES_NO,
    FactType.NUMBER: Kind.NUMBER,
    FactType.DATE: Kind.DATE,
    FactType.CODES: Kind.TEXTS,
}
"""The kind of column that holds a fact as it is; choices and codes are text, which is trimmed and brought to one case."""

_READERS: Mapping[FactType, Callable[[Fact, Column, bool], Reading]] = {
    FactType.YES_NO: _yes_no,
    FactType.CHOICE: _choice,
    FactType.NUMBER: _number,
    FactType.DATE: _date,
    FactType.CODE: _code,
    FactType.CODES: _codes,
}

_YES_OR_NO = "is not a yes/no answer: write true or false"

_RIGHT: Mapping[FactType, Callable[[Fact], str]] = {
    FactType.YES_NO: lambda _: f"{_YES_OR_NO}, without quotes",
    FactType.CHOICE: lambda _: "is not text",
    FactType.NUMBER: lambda fact: f"is not a number of {fact.unit}" if fact.unit else "is not a number",
    FactType.DATE: lambda _: "is not a date: write it as YYYY-MM-DD",
    FactType.CODE: lambda _: f"is not a CPT or HCPCS code: {SHAPE}",
    FactType.CODES: lambda _: "is not a list of codes",
}
"""What is said of a cell that is not right."""
