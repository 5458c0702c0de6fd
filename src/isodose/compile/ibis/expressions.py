r"""Each kind of expression as Ibis writes it, in what engines have in common. A Boolean is never null; see ``python.py``.

Patterns are written for RE2 and Java alike: `\A` and `\z`, as Java's `$` also ends before a last line feed; `\x0B`, as Java's
`\v` is a class. Letters change case by ``translate``, as ``upper`` would turn a dotless i into an ASCII letter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import reduce
from operator import add, and_, eq, ge, gt, le, lt, or_
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import ibis
from ibis.expr import types

from isodose.compile.expression import (
    AllOf,
    AnyOf,
    Choose,
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
    Upper,
    Value,
    Written,
)
from isodose.compile.expression import Column as Cell
from isodose.compile.rows.bounds import DECIMALS, LARGEST_FACTOR, LARGEST_TERM, as_double
from isodose.determination.cells import NUMBER, SHOWN, UNPRINTABLE

Of = Callable[[Expression], Any]
"""Writes an expression, or names the column that holds it already."""

_SPACE = r"[ \t\n\r\x0B\f]+"
_AROUND = rf"\A{_SPACE}|{_SPACE}\z"
_DATE = r"\A(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-[0-9]{2}-[0-9]{2}\z"
"""Years from 0001 on, as Python has them."""

_UNPRINTABLE = "".join(
    one if one in "[]-" else rf"\x{{{ord(one):x}}}" for one in UNPRINTABLE.pattern.replace("\ud800-\udfff", "")
)
"""The same in both dialects; halves of a letter are in no text of an engine."""

_STEPS = {"whole years": 10_000, "whole months": 100}
_AND = "; "


def written(asked: Expression, of: Of) -> Any:
    """The expression in Ibis, its parts written by ``of``."""
    return _WRITERS[type(asked)](asked, of)


def trimmed(text: types.StringValue) -> types.StringValue:
    """Without ASCII white space around it; null if nothing is left."""
    return text.re_replace(_AROUND, "").nullif("")


def upper(text: types.StringValue) -> types.StringValue:
    """With a-z in upper case."""
    return text.translate(ascii_lowercase, ascii_uppercase)


def fits(text: types.StringValue, pattern: str) -> types.BooleanValue:
    """Whether the whole text is what the pattern describes."""
    return sure(text.re_search(rf"\A(?:{pattern})\z"))


def sure(asked: Any) -> types.BooleanValue:
    """Null is no."""
    return asked.fill_null(False)  # noqa: FBT003


def in_backticks(text: types.StringValue) -> types.StringValue:
    """A text as a message shows it."""
    start = text.substr(0, SHOWN).re_replace(_UNPRINTABLE, "�")
    return "`" + start + ibis.ifelse(text.length() > SHOWN, "…`", "`")


def _date_of(asked: DateOf, of: Of) -> Any:
    text = of(asked.text)
    return ibis.ifelse(sure(text.re_search(_DATE)), text.try_cast("date"), ibis.null("date"))


def _number_of(asked: NumberOf, of: Of) -> Any:
    text = of(asked.text)
    number = text.re_replace(r"\A\+", "").try_cast("float64")
    return ibis.ifelse(fits(text, NUMBER.pattern), number, ibis.null("float64"))


def _span(asked: Span, of: Of) -> Any:
    """Years and months are what is left of the difference of YYYYMMDD without its days, towards zero."""
    start, end = of(asked.start), of(asked.end)
    if asked.span == "days":
        return end.delta(start, unit="day")
    months, step = 100 if asked.span == "whole years" else 12, _STEPS[asked.span]
    steps = _in_steps(end, months) - _in_steps(start, months)
    return ibis.ifelse(steps < 0, -(-steps // step), steps // step)


def _in_steps(day: types.DateValue, months: int) -> types.IntegerValue:
    return (day.year() * months + day.month()) * 100 + day.day()


def _shown(asked: Shown, of: Of) -> Any:
    assert isinstance(asked.cell, Cell)
    return in_backticks(_JSON[asked.cell.kind](of(asked.cell)))


def _number_as_json(number: types.NumericValue) -> types.StringValue:
    written = number.cast("string")
    if not number.type().is_floating():
        return written
    endless = ibis.ifelse(number > 0, "Infinity", "-Infinity")
    return ibis.cases((number.isnan(), "NaN"), (number.isinf(), endless), else_=written)


def _listed_as_json(texts: types.ArrayValue) -> types.StringValue:
    return "[" + texts.map(lambda text: _quoted(text).fill_null("null")).join(", ") + "]"


def _quoted(text: types.StringValue) -> types.StringValue:
    escapes = {chr(number): f"\\u{number:04x}" for number in range(1, 32)}
    escapes |= {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\""}
    return '"' + reduce(lambda done, pair: done.replace(*pair), escapes.items(), text.replace("\\", "\\\\")) + '"'


_JSON: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: lambda cell: cell,
    Kind.YES_NO: lambda cell: ibis.ifelse(cell, "true", "false"),
    Kind.NUMBER: _number_as_json,
    Kind.DATE: lambda cell: '"' + cell.cast("string") + '"',
    Kind.TEXTS: _listed_as_json,
}


def _sentences(asked: Sentences, of: Of) -> Any:
    said = (ibis.ifelse(of(when), _AND + of(text), "").fill_null("") for when, text in asked.parts)
    return reduce(add, said).substr(len(_AND)).nullif("")


def _choose(asked: Choose, of: Of) -> Any:
    branches = ((of(when), of(value)) for when, value in asked.branches)
    return ibis.cases(*branches, else_=None) if asked.branches else ibis.null("string")


def _names(asked: Names, of: Of) -> Any:
    nothing = ibis.literal([], type="array<string>")
    if not asked.parts:
        return nothing
    flags = [(name, of(flag)) for name, flag in asked.parts]
    names = ibis.array([ibis.ifelse(flag, name, ibis.null("string")) for name, flag in flags])
    some = reduce(or_, (flag for _, flag in flags))
    return ibis.ifelse(some, names.filter(lambda name: name.notnull()), nothing)


def _compared(asked: Compared, of: Of) -> Any:
    value, compare = of(asked.value), _COMPARE[asked.operator]
    if isinstance(asked.bound, Value):
        return sure(compare(value, of(asked.bound)))
    if isinstance(asked.bound, date):
        return sure(compare(value, ibis.literal(asked.bound)))
    found = as_double(asked.operator, asked.bound)
    return sure(_COMPARE[found[0]](value.cast("float64"), found[1])) if found else ibis.literal(value=False)


def _ratio_compared(asked: RatioCompared, of: Of) -> Any:
    """The first against the bound times the second, which turns the comparison round if it is below zero."""
    first, second = (of(term).cast("float64") for term in (asked.first, asked.second))
    compare, factors = _COMPARE[asked.operator], (asked.bound.denominator, asked.bound.numerator)
    terms = [ibis.ifelse(second > 0, term, -term) for term in (first, second)]
    answer = compare(terms[0] * float(factors[0]), terms[1] * float(factors[1]))
    if max(map(abs, factors)) <= LARGEST_FACTOR:
        wholes = [(term * 10.0**DECIMALS).round() for term in terms]
        are_whole = [(there / 10.0**DECIMALS) == term for term, there in zip(terms, wholes, strict=True)]
        is_exact = reduce(and_, [*(term.abs() < float(LARGEST_TERM) for term in terms), *are_whole])
        left, right = (there.try_cast("int64") * factor for there, factor in zip(wholes, factors, strict=True))
        answer = ibis.ifelse(is_exact, compare(left, right), answer)
    return sure((second != 0) & answer)


_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq}

_WRITERS: Mapping[type[Expression], Callable[[Any, Of], Any]] = {
    Constant: lambda asked, _: ibis.literal(asked.value),
    Not: lambda asked, of: ~of(asked.part),
    AllOf: lambda asked, of: reduce(and_, map(of, asked.parts)),
    AnyOf: lambda asked, of: reduce(or_, map(of, asked.parts)),
    CountAtLeast: lambda asked, of: reduce(add, (of(part).cast("int32") for part in asked.parts)) >= asked.count,
    Literal: lambda asked, _: ibis.literal(asked.text),
    Trimmed: lambda asked, of: trimmed(of(asked.text)),
    Upper: lambda asked, of: upper(of(asked.text)),
    Lower: lambda asked, of: of(asked.text).translate(ascii_uppercase, ascii_lowercase),
    DateOf: _date_of,
    NumberOf: _number_of,
    Span: _span,
    Written: lambda asked, of: of(asked.value).cast("string"),
    Shown: _shown,
    Joined: lambda asked, of: reduce(add, map(of, asked.parts)),
    Sentences: _sentences,
    Choose: _choose,
    Names: _names,
    Present: lambda asked, of: of(asked.value).notnull(),
    IsTrue: lambda asked, of: sure(of(asked.value)),
    OneOf: lambda asked, of: sure(of(asked.text).isin(asked.members)),
    Matches: lambda asked, of: fits(of(asked.text), asked.pattern),
    Compared: _compared,
    RatioCompared: _ratio_compared,
}
