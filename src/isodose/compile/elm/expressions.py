"""How ELM writes each expression. What it says is CQL; ``cql.py`` writes it as people read it.

Null is CQL's own unknown. Where a yes or no must never be null, ``is true`` makes it one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from isodose.compile.elm import functions
from isodose.compile.elm.codes import HEADINGS, says
from isodose.compile.elm.nodes import (
    NOTHING,
    Elm,
    binary,
    call,
    case,
    chain,
    day,
    decimal,
    is_present,
    items,
    parameter,
    text,
    unary,
    when,
    whole,
    yes_no,
)
from isodose.compile.expression import (
    AllOf,
    AnyOf,
    Belongs,
    Choose,
    Codes,
    Column,
    Compared,
    Constant,
    CountAtLeast,
    DateOf,
    Expression,
    Headings,
    IsTrue,
    Joined,
    Kind,
    Literal,
    Lower,
    Matches,
    Names,
    Not,
    NumberOf,
    OneOf,
    Present,
    RatioCompared,
    Sentences,
    Shown,
    Span,
    Trimmed,
    UnreadableCodes,
    Upper,
    Value,
    Written,
)

DETERMINATION, FINDINGS = "Determination", "Findings"
"""What a library answers beside the added columns, whose names no column has."""

Of = Callable[[Expression], Elm]
"""How the parts of an expression are written: as they are, or by the name of their definition."""

OPERATORS = {"<": "Less", "<=": "LessOrEqual", ">": "Greater", ">=": "GreaterOrEqual", "=": "Equal"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}

_PLACES, _TOO_LARGE = 10**8, 10**20
"""CQL's decimals have 28 digits, eight of them after the point."""


def parameter_name(column: str) -> str:
    """The parameter for a column: its words, the first with a capital, so that it is no word that the library says."""
    name = (column[:1].upper() + column[1:]).replace("_", " ")
    return f"{name} given" if name in (DETERMINATION, FINDINGS) else name


def elm_of(expression: Expression, of: Of) -> Elm:
    """The expression over its parts, which ``of`` writes."""
    return _WRITERS[type(expression)](expression, of)


def _count_at_least(asked: CountAtLeast, of: Of) -> Elm:
    held = items(when(of(part), whole(1), NOTHING) for part in asked.parts)
    return binary("GreaterOrEqual", {"type": "Count", "source": held}, whole(asked.count))


def _choose(asked: Choose, of: Of) -> Elm:
    return case((of(condition), of(value)) for condition, value in asked.branches)


def _sentences(asked: Sentences, of: Of) -> Elm:
    return call(functions.SENTENCES, items(when(of(condition), of(value), NOTHING) for condition, value in asked.parts))


def _names(asked: Names, of: Of) -> Elm:
    return call(functions.NAMES, items(when(of(condition), text(name), NOTHING) for name, condition in asked.parts))


def _one_of(asked: OneOf, of: Of) -> Elm:
    if len(asked.members) == 1:
        return unary("IsTrue", binary("Equal", of(asked.text), text(asked.members[0])))
    return unary("IsTrue", binary("In", of(asked.text), items(map(text, asked.members))))


def _compared(asked: Compared, of: Of) -> Elm:
    value, bound = of(asked.value), asked.bound
    if isinstance(bound, Value):
        return _is_so(asked.operator, value, of(bound))
    if isinstance(bound, date):
        return _is_so(asked.operator, value, day(bound))
    if abs(Fraction(bound)) >= _TOO_LARGE:
        return is_present(value) if asked.operator.startswith("<" if bound > 0 else ">") else yes_no(False)  # noqa: FBT003
    return _is_so(asked.operator, *_times(value, bound, is_whole=isinstance(asked.value, Span)))


def _is_so(operator: str, first: Elm, second: Elm) -> Elm:
    return unary("IsTrue", binary(OPERATORS[operator], first, second))


def _times(value: Elm, bound: int | Fraction, *, is_whole: bool) -> tuple[Elm, Elm]:
    """A value and its bound; both times the bound's denominator where CQL could not write the bound exactly."""
    number = _whole_or_decimal(is_whole=is_whole)
    fraction = Fraction(bound)
    if fraction.denominator == 1 or (not is_whole and _PLACES % fraction.denominator == 0):
        return value, number(fraction)
    return binary("Multiply", value, number(Fraction(fraction.denominator))), number(Fraction(fraction.numerator))


def _whole_or_decimal(*, is_whole: bool) -> Callable[[Fraction], Elm]:
    return (lambda number: whole(int(number))) if is_whole else _exact


def _exact(number: Fraction) -> Elm:
    """A decimal; its denominator divides that of the eighth place."""
    digits = abs(number.numerator) * (_PLACES // number.denominator)
    places = f"{digits % _PLACES:08d}".rstrip("0") or "0"
    return decimal(f"{'-' if number < 0 else ''}{digits // _PLACES}.{places}")


def _ratio_compared(asked: RatioCompared, of: Of) -> Elm:
    """Without a division: both sides times the second number, which turns the comparison where it is below zero."""
    first, second = of(asked.first), of(asked.second)
    bound = Fraction(asked.bound)
    value, limit = (
        binary("Multiply", number, _exact(Fraction(by)))
        for number, by in ((first, bound.denominator), (second, bound.numerator))
    )
    zero = decimal("0.0")
    return case(
        (
            (_is_so(">", second, zero), _is_so(asked.operator, value, limit)),
            (_is_so("<", second, zero), _is_so(_TURNED[asked.operator], value, limit)),
        ),
        yes_no(False),  # noqa: FBT003
    )


def _column(asked: Column, _: Of) -> Elm:
    return parameter(parameter_name(asked.name))


def _shown(asked: Shown, of: Of) -> Elm:
    assert isinstance(asked.cell, Column), "only cells are shown"
    cell = of(asked.cell)
    return call(functions.DISPLAYED, cell if asked.cell.kind is Kind.TEXT else unary("ToString", cell))


def _of_text(name: str) -> Callable[[Any, Of], Elm]:
    return lambda asked, of: call(name, of(asked.text))


def _not_needed(asked: Expression, _: Of) -> Elm:
    raise AssertionError(f"{asked}: a host gives dates and numbers in their own types")


_WRITERS: Mapping[type[Expression], Callable[[Any, Of], Elm]] = {
    Constant: lambda asked, _: yes_no(asked.value),
    Not: lambda asked, of: unary("Not", of(asked.part)),
    AllOf: lambda asked, of: chain("And", map(of, asked.parts)),
    AnyOf: lambda asked, of: chain("Or", map(of, asked.parts)),
    CountAtLeast: _count_at_least,
    Column: _column,
    Literal: lambda asked, _: text(asked.text),
    Trimmed: _of_text(functions.TRIMMED),
    Upper: _of_text(functions.UPPER),
    Lower: _of_text(functions.LOWER),
    DateOf: _not_needed,
    NumberOf: _not_needed,
    Span: lambda asked, of: call(functions.SPANS[asked.span], of(asked.start), of(asked.end)),
    Written: lambda asked, of: unary("ToString", of(asked.value)),
    Shown: _shown,
    Joined: lambda asked, of: chain("Concatenate", map(of, asked.parts)),
    Sentences: _sentences,
    Choose: _choose,
    Names: _names,
    Codes: lambda asked, of: call(functions.CODES, of(asked.given)),
    UnreadableCodes: lambda asked, of: call(functions.UNREADABLE, of(asked.given)),
    Headings: lambda asked, of: call(HEADINGS, of(asked.codes)),
    Present: lambda asked, of: is_present(of(asked.value)),
    IsTrue: lambda asked, of: unary("IsTrue", of(asked.value)),
    OneOf: _one_of,
    Matches: lambda asked, of: functions.matches(of(asked.text), asked.pattern),
    Compared: _compared,
    RatioCompared: _ratio_compared,
    Belongs: lambda asked, _: says(asked.trait),
}
