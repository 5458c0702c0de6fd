"""Each kind of expression as Polars writes it. A Boolean is never null; all else means what ``python.py`` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import polars as pl

from isodose.compile.expression import (
    AllOf,
    AnyOf,
    Choose,
    Column,
    Compared,
    Constant,
    CountAtLeast,
    DateOf,
    Expression,
    IsTrue,
    Joined,
    Kind,
    Literal,
    Lower,
    Matches,
    Not,
    NumberOf,
    OneOf,
    Present,
    RatioCompared,
    Span,
    Trimmed,
    Upper,
    Value,
    Written,
)
from isodose.compile.rows.bounds import DECIMALS, LARGEST_TERM, as_double
from isodose.determination.cells import NUMBER
from isodose.guideline.text import WHITE_SPACE

Of = Callable[[Expression], pl.Expr]
"""Writes an expression, or names the column that holds it already."""

_NEVER = pl.lit(False)  # noqa: FBT003
_DATE = "^(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-[0-9]{2}-[0-9]{2}$"
"""Years from 0001 on, as Python has them."""

_STEPS = {"whole years": 10_000, "whole months": 100}


def written(asked: Expression, of: Of) -> pl.Expr:
    """The expression in Polars, its parts written by ``of``."""
    return _WRITERS[type(asked)](asked, of)


def cell(column: Column, name: str) -> pl.Expr:
    """A column of the flat case, which the frame has under a name of its own; categories are text."""
    found = pl.col(name)
    if column.kind is Kind.TEXT:
        return found.cast(pl.String)
    return found.cast(pl.List(pl.String)) if column.kind is Kind.TEXTS else found


def _trimmed(asked: Trimmed, of: Of) -> pl.Expr:
    text = of(asked.text).str.strip_chars(WHITE_SPACE)
    return pl.when(text != "").then(text)


def _date_of(asked: DateOf, of: Of) -> pl.Expr:
    text = of(asked.text)
    return pl.when(text.str.contains(_DATE)).then(text.str.to_date("%Y-%m-%d", strict=False))


def _number_of(asked: NumberOf, of: Of) -> pl.Expr:
    text = of(asked.text)
    return pl.when(text.str.contains(f"^(?:{NUMBER.pattern})$")).then(text.cast(pl.Float64, strict=False))


def _span(asked: Span, of: Of) -> pl.Expr:
    """Years and months are what is left of the difference of YYYYMMDD without its days, towards zero."""
    start, end = of(asked.start), of(asked.end)
    if asked.span == "days":
        return (end - start).dt.total_days()
    month = 100 if asked.span == "whole years" else 12
    steps = _in_steps(end, month) - _in_steps(start, month)
    return (steps / _STEPS[asked.span]).cast(pl.Int32)


def _in_steps(day: pl.Expr, months: int) -> pl.Expr:
    return (day.dt.year() * months + day.dt.month()) * 100 + day.dt.day()


def _written(asked: Written, of: Of) -> pl.Expr:
    value = of(asked.value)
    return value.cast(pl.String) if isinstance(asked.value, Span) else value.dt.to_string("%Y-%m-%d")


def _choose(asked: Choose, of: Of) -> pl.Expr:
    chosen = pl.lit(None)
    for when, value in reversed(asked.branches):
        chosen = pl.when(of(when)).then(of(value)).otherwise(chosen)
    return chosen


def _one_of(asked: OneOf, of: Of) -> pl.Expr:
    text = of(asked.text)
    return text.eq_missing(asked.members[0]) if len(asked.members) == 1 else _sure(text.is_in(asked.members))


def _compared(asked: Compared, of: Of) -> pl.Expr:
    value = of(asked.value)
    if isinstance(asked.bound, Value):
        return _sure(_COMPARE[asked.operator](value, of(asked.bound)))
    if isinstance(asked.bound, date):
        return _sure(_COMPARE[asked.operator](value, asked.bound))
    found = as_double(asked.operator, asked.bound)
    return _sure(_COMPARE[found[0]](value.cast(pl.Float64), found[1])) if found else _NEVER


def _ratio_compared(asked: RatioCompared, of: Of) -> pl.Expr:
    """The first against the bound times the second, which turns the comparison round if it is below zero."""
    first, second = (of(term).cast(pl.Float64) for term in (asked.first, asked.second))
    scale, compare = 10**DECIMALS, _COMPARE[asked.operator]
    terms = [(pl.when(second > 0).then(term).otherwise(-term)) for term in (first, second)]
    whole = [(term * scale).round() for term in terms]
    exact = pl.all_horizontal(
        check
        for term, there in zip(terms, whole, strict=True)
        for check in (term.abs() < LARGEST_TERM, there / scale == term)
    )
    left, right = (
        there.cast(pl.Int128, strict=False) * factor
        for there, factor in zip(whole, (asked.bound.denominator, asked.bound.numerator), strict=True)
    )
    near = compare(terms[0] * asked.bound.denominator, terms[1] * asked.bound.numerator)
    return _sure(pl.when(second != 0).then(pl.when(exact).then(compare(left, right)).otherwise(near)))


def _sure(asked: pl.Expr) -> pl.Expr:
    return asked.fill_null(value=False)


_COMPARE: Mapping[str, Callable[[Any, Any], pl.Expr]] = {
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
    "=": lambda value, bound: value == bound,
}

_WRITERS: Mapping[type[Expression], Callable[[Any, Of], pl.Expr]] = {
    Constant: lambda asked, _: pl.lit(asked.value),
    Not: lambda asked, of: ~of(asked.part),
    AllOf: lambda asked, of: pl.all_horizontal(*map(of, asked.parts)),
    AnyOf: lambda asked, of: pl.any_horizontal(*map(of, asked.parts)),
    CountAtLeast: lambda asked, of: pl.sum_horizontal(*map(of, asked.parts)) >= asked.count,
    Literal: lambda asked, _: pl.lit(asked.text),
    Trimmed: _trimmed,
    Upper: lambda asked, of: of(asked.text).str.replace_many(list(ascii_lowercase), list(ascii_uppercase)),
    Lower: lambda asked, of: of(asked.text).str.replace_many(list(ascii_uppercase), list(ascii_lowercase)),
    DateOf: _date_of,
    NumberOf: _number_of,
    Span: _span,
    Written: _written,
    Joined: lambda asked, of: pl.concat_str(*map(of, asked.parts)),
    Choose: _choose,
    Present: lambda asked, of: of(asked.value).is_not_null(),
    IsTrue: lambda asked, of: _sure(of(asked.value)),
    OneOf: _one_of,
    Matches: lambda asked, of: _sure(of(asked.text).str.contains(f"^(?:{asked.pattern})$")),
    Compared: _compared,
    RatioCompared: _ratio_compared,
}
