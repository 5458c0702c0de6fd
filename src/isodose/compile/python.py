"""An expression's value for one row, in plain Python: the reading of the language that every engine is held against."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from isodose.compile.diagnosis_classes import DiagnosisClasses
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
from isodose.determination.ask import COMPARE
from isodose.determination.cells import DIAGNOSIS_CODE, NUMBER, shown
from isodose.guideline.dates import date_from
from isodose.guideline.formula import SPANS
from isodose.guideline.text import LOWER, UPPER, as_code, trimmed

Row = Mapping[str, object]
Of = Callable[[Expression], Any]


def value_of(expression: Expression, row: Row, classes: DiagnosisClasses) -> object:
    """The value for one row: a bool of a Boolean; of a Value a text, a date, a number or a list, None where it is null."""
    known: dict[Expression, Any] = {}

    def of(expression: Expression) -> Any:
        if expression not in known:
            known[expression] = found(expression)
        return known[expression]

    def found(expression: Expression) -> object:
        if isinstance(expression, Column):
            return row.get(expression.name)
        if isinstance(expression, Belongs):
            return classes.say(of(expression.codes) or (), expression.trait)
        if isinstance(expression, Headings):
            messages = (classes.headings.get(code) for code in of(expression.codes) or ())
            return "; ".join(filter(None, messages)) or None
        return _MEANINGS[type(expression)](expression, of)

    return of(expression)


def _as_written(value: Any) -> Any:
    """A double stands for the number that it is shortest written as."""
    return Decimal(repr(value)) if isinstance(value, float) and isfinite(value) else value


def _compared(asked: Compared, of: Of) -> bool:
    value = _as_written(of(asked.value))
    bound = of(asked.bound) if isinstance(asked.bound, Value) else asked.bound
    return value is not None and bound is not None and COMPARE[asked.operator](value, bound)


def _ratio_compared(asked: RatioCompared, of: Of) -> bool:
    first, second = _as_written(of(asked.first)), _as_written(of(asked.second))
    if first is None or not second:
        return False
    return COMPARE[asked.operator](Fraction(first) / Fraction(second), asked.bound)


def _span(asked: Span, of: Of) -> int | None:
    start, end = of(asked.start), of(asked.end)
    return None if start is None or end is None else SPANS[asked.span][1](start, end)


def _written(asked: Written, of: Of) -> str | None:
    value = of(asked.value)
    return None if value is None else str(value)


def _shown(asked: Shown, of: Of) -> str | None:
    value = of(asked.cell)
    return None if value is None else shown(value)


def _choose(asked: Choose, of: Of) -> object:
    return next((of(value) for when, value in asked.branches if of(when)), None)


def _sentences(asked: Sentences, of: Of) -> str | None:
    found = [of(text) for when, text in asked.parts if of(when)]
    return "; ".join(filter(None, found)) or None


def _names(asked: Names, of: Of) -> list[str]:
    return [name for name, when in asked.parts if of(when)]


def _codes(asked: Codes, of: Of) -> tuple[str, ...] | None:
    written = [as_code(entry) for entry in _entries(of(asked.given))]
    return tuple(dict.fromkeys(code.replace(".", "") for code in written if DIAGNOSIS_CODE.fullmatch(code))) or None


def _unreadable_codes(asked: UnreadableCodes, of: Of) -> str | None:
    wrong = [
        entry for entry in _entries(of(asked.given)) if trimmed(entry) and not DIAGNOSIS_CODE.fullmatch(as_code(entry))
    ]
    return "; ".join(f"{shown(entry)} is not an ICD-10-CM code" for entry in wrong) or None


def _entries(given: Any) -> list[str]:
    entries = given.split(";") if isinstance(given, str) else given or []
    return [entry for entry in entries if entry is not None]


def _text(change: Callable[[str], object]) -> Callable[[Any, Of], object]:
    """The meaning of what changes a text: null stays null."""

    def meaning(asked: Any, of: Of) -> object:
        text = of(asked.text)
        return None if text is None else change(text)

    return meaning


_MEANINGS: Mapping[type[Expression], Callable[[Any, Of], object]] = {
    Constant: lambda asked, _: asked.value,
    Not: lambda asked, of: not of(asked.part),
    AllOf: lambda asked, of: all(map(of, asked.parts)),
    AnyOf: lambda asked, of: any(map(of, asked.parts)),
    CountAtLeast: lambda asked, of: sum(map(of, asked.parts)) >= asked.count,
    Literal: lambda asked, _: asked.text,
    Trimmed: _text(lambda text: trimmed(text) or None),
    Upper: _text(lambda text: text.translate(UPPER)),
    Lower: _text(lambda text: text.translate(LOWER)),
    DateOf: _text(date_from),
    NumberOf: _text(lambda text: Decimal(text) if NUMBER.fullmatch(text) else None),
    Span: _span,
    Written: _written,
    Shown: _shown,
    Joined: lambda asked, of: "".join(map(of, asked.parts)),
    Sentences: _sentences,
    Choose: _choose,
    Names: _names,
    Codes: _codes,
    UnreadableCodes: _unreadable_codes,
    Present: lambda asked, of: of(asked.value) is not None,
    IsTrue: lambda asked, of: of(asked.value) is True,
    OneOf: lambda asked, of: of(asked.text) in asked.members,
    Matches: lambda asked, of: re.fullmatch(asked.pattern, of(asked.text) or "") is not None,
    Compared: _compared,
    RatioCompared: _ratio_compared,
}
