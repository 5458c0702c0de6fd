"""JSON as RFC 8259 has it, and stricter where silence would lose something: no NaN, no name given twice, no deep nesting."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NoReturn

DEEPEST = 64
"""Levels of nesting. A PAS Bundle needs about fifteen."""

_MOST_DIGITS = 400

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]', re.DOTALL)


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
            text, object_pairs_hook=_object, parse_float=Decimal, parse_int=_whole, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        raise JsonError(f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}", error.lineno, error.colno) from None
    except _TwiceError as error:
        raise _at(text, _second(text, str(error)), f"`{error}` is given twice in one object; keep one") from None
    except ValueError as error:
        place = re.search(r"-?\b(?:NaN|Infinity)\b|[0-9]{400}", _TOKEN.sub(lambda found: " " * len(found[0]), text))
        raise _at(text, place.start() if place else 0, str(error)) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return value


def _whole(digits: str) -> int | Decimal:
    """Digits without a fraction. Python refuses integers of thousands of digits; as a decimal they are only odd."""
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number of more than {_MOST_DIGITS} digits cannot be right")
    return int(digits)


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
