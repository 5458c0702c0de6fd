"""JSON as RFC 8259 has it, and stricter where silence would lose something: no NaN, no name given twice, no deep nesting."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from isodose.determination.cells import shown

DEEPEST = 64
"""Levels of nesting. A PAS Bundle needs about fifteen."""

_LONGEST_INT = 400
"""Digits. Python refuses to read integers of thousands; what is longer is read as a decimal."""

# A string that nothing closes reaches to the end: tried again from each quote inside it, it would take for ever.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}:,]', re.DOTALL)
_NOT_A_VALUE = re.compile(r"-?\b(?:NaN|Infinity)\b|(?<![0-9.])-?[0-9.]++[eE][+-]?[0-9]{10}")


class JsonError(ValueError):
    """Text that is not JSON, or that says something twice; ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class _TwiceError(ValueError):
    """A name stands twice in one object."""


def parse(text: str) -> object:
    """The value. Raises ``JsonError``."""
    _check_depth(text)
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_float=_fraction, parse_int=_whole, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        what = f"{error.msg[0].lower()}{error.msg[1:]}".removesuffix(" at")
        raise JsonError(f"this is not JSON: {what}", error.lineno, error.colno) from None
    except _TwiceError as error:
        raise _at(
            text, _second(text, str(error)), f"{shown(str(error))} is given twice in one object; keep one"
        ) from None
    except ValueError as error:
        place = _NOT_A_VALUE.search(_TOKEN.sub(lambda found: " " * len(found[0]), text))
        raise _at(text, place.start() if place else 0, str(error)) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _TwiceError(next(name for name in counts if counts[name] > 1))
    return value


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _LONGEST_INT else Decimal(digits)


def _fraction(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("a number with such an exponent cannot be right") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"`{name}` is not a JSON value: leave it out or write null")


def _check_depth(text: str) -> None:
    depth = 0
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth > DEEPEST:
            raise _at(text, token.start(), f"this is nested deeper than {DEEPEST} levels")


def _second(text: str, name: str) -> int:
    """Where the name stands for the second time in one object."""
    seen: list[set[str]] = []
    for offset, key in _keys(text, seen):
        if key == name and key in seen[-1]:
            return offset
        seen[-1].add(key)
    return 0


def _keys(text: str, stack: list[set[str]]) -> Iterator[tuple[int, str]]:
    """Each name of an object with its place; the stack holds the names seen in each value that is open."""
    last: re.Match[str] | None = None
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            stack.append(set())
        elif token[0] in "]}":
            stack.pop()
        elif token[0] == ":" and last is not None:
            yield last.start(), json.loads(last[0])
        last = token


def _at(text: str, offset: int, message: str) -> JsonError:
    return JsonError(message, text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)
