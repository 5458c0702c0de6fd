"""Each kind of expression as DuckDB writes it. Rules of meaning are none of its business; ``query.py`` makes the query.

Functions of DuckDB that do not mean what the language means are kept apart from it: ``upper`` and ``lower`` change other letters than
A-Z, a cast takes dates as people abroad write them and the year 0, a comparison with null is null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

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
    any_of,
)
from isodose.determination.cells import NUMBER, SHOWN

Of = Callable[[Expression], str]
"""The SQL of an expression: a name where it has one, else itself in brackets where they are needed."""

_DIGITS = 12
NUMBER_TYPE = f"decimal(38, {_DIGITS})"
"""Numbers that a text writes: exact up to 26 digits before the point and 12 after it; digits beyond those are rounded."""

_RATIO_TYPE = "decimal(18, 6)"
"""The two numbers of a ratio: exact up to 12 digits before the point and 6 after it, as their products fit in 38."""

_LARGEST = "99999999999999999999999999"
_WHITE_SPACE = r"E' \t\n\r\x0b\f'"
_A_TO_Z = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ'", "'abcdefghijklmnopqrstuvwxyz'"
_UNPRINTABLE = (
    r"[\x00-\x1f\x7f-\xa0\xad\x{61c}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{206f}\x{3000}\x{feff}"
    r"\x{fff9}-\x{fffb}]"
)
"""``determination.cells.UNPRINTABLE`` in RE2; halves of a letter do not exist in a text of DuckDB."""


def text(content: str) -> str:
    """A text as SQL writes it."""
    return "'" + content.replace("'", "''") + "'"


def name(column: str) -> str:
    """The name of a column as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'


def sql_of(expression: Expression, of: Of) -> str:
    """The SQL of one expression over that of its parts; columns and what lists of codes say have names of their own."""
    return _WRITERS[type(expression)](expression, of)


def trimmed(given: str) -> str:
    """Without ASCII white space around it."""
    return f"trim({given}, {_WHITE_SPACE})"


def upper(given: str) -> str:
    """With a-z in upper case. Where a text has as many letters as bytes, DuckDB's own fast function means the same."""
    return f"case when length({given}) = strlen({given}) then upper({given}) else translate({given}, {_A_TO_Z[1]}, {_A_TO_Z[0]}) end"


def lower(given: str) -> str:
    """With A-Z in lower case."""
    return f"case when length({given}) = strlen({given}) then lower({given}) else translate({given}, {_A_TO_Z[0]}, {_A_TO_Z[1]}) end"


def shown(given: str) -> str:
    """A text as a message shows it."""
    start = f"regexp_replace(left({given}, {SHOWN + 1}), {text(_UNPRINTABLE)}, '�', 'g')"
    return (
        f"case when length({start}) > {SHOWN} then '`' || left({start}, {SHOWN}) || '…`' else '`' || {start} || '`' end"
    )


def full_match(given: str, pattern: str) -> str:
    """Whether a text is what the pattern describes; not so without a text."""
    return f"coalesce(regexp_full_match({given}, {text(pattern)}), false)"


def _constant(asked: Constant, _: Of) -> str:
    return str(asked.value).lower()


def _all(asked: AllOf, of: Of) -> str:
    return "(" + " and ".join(map(of, asked.parts)) + ")" if asked.parts else "true"


def _any(asked: AnyOf, of: Of) -> str:
    return "(" + " or ".join(map(of, asked.parts)) + ")" if asked.parts else "false"


def _count(asked: CountAtLeast, of: Of) -> str:
    return "(" + " + ".join(f"cast({of(part)} as integer)" for part in asked.parts) + f" >= {asked.count})"


def _date_of(asked: DateOf, of: Of) -> str:
    given = of(asked.text)
    day = f"try_cast({given} as date)"
    return f"case when regexp_full_match({given}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') and {day} >= date '0001-01-01' then {day} end"


def _number_of(asked: NumberOf, of: Of) -> str:
    given = of(asked.text)
    beyond = f"cast(case when {given} like '-%' then '-' else '' end || '{_LARGEST}' as {NUMBER_TYPE})"
    number = f"coalesce(try_cast({given} as {NUMBER_TYPE}), {beyond})"
    return f"case when regexp_full_match({given}, {text(NUMBER.pattern)}) then {number} end"


def _span(asked: Span, of: Of) -> str:
    start, end = of(asked.start), of(asked.end)
    if asked.span == "days":
        return f"({end} - {start})"
    counted = _COUNTED[asked.span]
    return f"case when {end} < {start} then -({counted(end, start)}) else {counted(start, end)} end"


def _years(start: str, end: str) -> str:
    """A day of the year counts as 100 times its month and its day: a difference of 10000 is a year completed."""

    def days(day: str) -> str:
        return f"(year({day}) * 10000 + month({day}) * 100 + day({day}))"

    return f"({days(end)} - {days(start)}) // 10000"


def _months(start: str, end: str) -> str:
    def months(day: str) -> str:
        return f"(year({day}) * 12 + month({day}))"

    return f"{months(end)} - {months(start)} - cast(day({end}) < day({start}) as bigint)"


_COUNTED: Mapping[str, Callable[[str, str], str]] = {"whole years": _years, "whole months": _months}


def _shown(asked: Shown, of: Of) -> str:
    given = of(asked.cell)
    kind = asked.cell.kind if isinstance(asked.cell, Column) else Kind.TEXT
    return "(" + shown(_AS_JSON[kind](given)) + ")"


_AS_JSON: Mapping[Kind, Callable[[str], str]] = {
    Kind.TEXT: lambda given: given,
    Kind.YES_NO: lambda given: f"cast({given} as varchar)",
    Kind.NUMBER: lambda given: f"replace(replace(cast({given} as varchar), 'inf', 'Infinity'), 'nan', 'NaN')",
    Kind.DATE: lambda given: f"('\"' || cast({given} as varchar) || '\"')",
    Kind.TEXTS: lambda given: (
        f"('[' || array_to_string(list_transform({given}, lambda entry: coalesce(cast(to_json(entry) as varchar), 'null')), ', ')"
        " || ']')"
    ),
}
"""A cell of a kind as JSON writes it; a text stands as it is."""


def _choose(asked: Choose, of: Of) -> str:
    branches = [(when, value) for when, value in asked.branches if not (isinstance(when, Constant) and not when.value)]
    if not branches:
        return "null"
    written = []
    for when, value in branches:
        if isinstance(when, Constant):
            written.append(f"else {of(value)}")
            break
        written.append(f"when {of(when)} then {of(value)}")
    return f"case {' '.join(written)} end" if len(written) > 1 or not written[0].startswith("else") else of(value)


def _sentences(asked: Sentences, of: Of) -> str:
    parts = [(when, said) for when, said in asked.parts if not (isinstance(when, Constant) and not when.value)]
    if not parts:
        return "cast(null as varchar)"
    cases = ", ".join(f"case when {of(when)} then {of(said)} end" for when, said in parts)
    anything = of(any_of(when for when, _ in parts))
    return f"case when {anything} then concat_ws('; ', {cases}) end"  # nullif would compute all of it twice


def _names(asked: Names, of: Of) -> str:
    if not asked.parts:
        return "cast([] as varchar[])"
    offered = ", ".join(text(one) for one, _ in asked.parts)
    flags = ", ".join(of(when) for _, when in asked.parts)
    anything = " or ".join(of(when) for _, when in asked.parts)
    return f"case when {anything} then list_where([{offered}], [{flags}]) else cast([] as varchar[]) end"


def _one_of(asked: OneOf, of: Of) -> str:
    if not asked.members:
        return "false"
    return f"coalesce({of(asked.text)} in ({', '.join(map(text, asked.members))}), false)"


def _compared(asked: Compared, of: Of) -> str:
    value = of(asked.value)
    if isinstance(asked.bound, Value):
        return f"coalesce({value} {asked.operator} {of(asked.bound)}, false)"
    if isinstance(asked.bound, date):
        return f"coalesce({value} {asked.operator} date '{asked.bound}', false)"
    return _compared_to(value, asked.operator, Fraction(asked.bound))


def _compared_to(value: str, operator: str, bound: Fraction) -> str:
    """A bound with more digits than a number can have lies between two: below it is all up to the lower one."""
    scale = 10**_DIGITS
    lower = bound * scale // 1
    if lower != bound * scale:
        if operator == "=":
            return "false"
        operator = "<=" if operator.startswith("<") else ">"
    return f"coalesce({value} {operator} {Decimal(lower).scaleb(-_DIGITS).normalize():f}, false)"


def _ratio_compared(asked: RatioCompared, of: Of) -> str:
    """Both sides times the second number: where it is negative, the comparison turns round."""
    first, second = (f"try_cast({of(part)} as {_RATIO_TYPE})" for part in (asked.first, asked.second))
    bound = Fraction(asked.bound)
    left, right = f"{first} * {bound.denominator}", f"{second} * {bound.numerator}"
    turned = asked.operator.translate(str.maketrans("<>", "><"))
    return (
        f"coalesce(case when {second} > 0 then {left} {asked.operator} {right} "
        f"when {second} < 0 then {left} {turned} {right} end, false)"
    )


def _named(asked: Expression, _: Of) -> str:
    raise AssertionError(f"{type(asked).__name__} has a name in the query")


_WRITERS: Mapping[type[Expression], Callable[[Any, Of], str]] = {
    Constant: _constant,
    Not: lambda asked, of: f"(not {of(asked.part)})",
    AllOf: _all,
    AnyOf: _any,
    CountAtLeast: _count,
    Literal: lambda asked, _: text(asked.text),
    Trimmed: lambda asked, of: f"nullif({trimmed(of(asked.text))}, '')",
    Upper: lambda asked, of: upper(of(asked.text)),
    Lower: lambda asked, of: lower(of(asked.text)),
    DateOf: _date_of,
    NumberOf: _number_of,
    Span: _span,
    Written: lambda asked, of: f"cast({of(asked.value)} as varchar)",
    Shown: _shown,
    Joined: lambda asked, of: "(" + " || ".join(map(of, asked.parts)) + ")",
    Sentences: _sentences,
    Choose: _choose,
    Names: _names,
    Present: lambda asked, of: f"({of(asked.value)} is not null)",
    IsTrue: lambda asked, of: f"coalesce({of(asked.value)}, false)",
    OneOf: _one_of,
    Matches: lambda asked, of: full_match(of(asked.text), asked.pattern),
    Compared: _compared,
    RatioCompared: _ratio_compared,
    Column: _named,
    Codes: _named,
    UnreadableCodes: _named,
    Headings: _named,
    Belongs: _named,
}
