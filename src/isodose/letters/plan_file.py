"""The plan's own names, addresses and texts, read from a file: all that is wrong with it is said at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any as Untyped

from isodose.guideline.problem import did_you_mean
from isodose.letters.kind import Kind, Reader
from isodose.letters.plan import EVERY_LETTER, Helper, Plan

MARK = "FILL IN"
"""Stands in the example's file where each plan has words of its own."""

_KINDS = (*(kind.value for kind in Kind), EVERY_LETTER)
_FORMS = tuple(f"{reader}/{kind}" for reader in Reader for kind in Kind)


class PlanError(ValueError):
    """A plan's file from which no letter can be written, in words."""


def read_plan(file: Path) -> Plan:
    """The plan as its file says; forms lie beside it. Raises ``PlanError``."""
    values = _table(file)
    if problems := list(_problems(values)):
        raise PlanError("\n".join(f"{file}: {problem}" for problem in problems))
    made: dict[str, Untyped] = {name: _MAKE.get(name, str)(value) for name, value in values.items()}
    forms = {name: _text(file.parent / form) for name, form in made.pop("forms", {}).items()}
    return Plan(**made, forms=forms)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise PlanError(f"{file}: it cannot be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError:
        raise PlanError(f"{file}: it cannot be read: it is no text in UTF-8") from None


def _table(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{file}: it cannot be read: {str(error).lower()}") from None


def _problems(values: Mapping[str, object]) -> Iterator[str]:
    known = [one.name for one in fields(Plan)]
    for name in values:
        if name not in known:
            yield f"a plan has no `{name}`{did_you_mean(name, known)}"
    for one in fields(Plan):
        is_needed = one.default is MISSING and one.default_factory is MISSING
        if one.name in values:
            yield from _problems_of(one.name, values[one.name])
        elif is_needed:
            yield f"`{one.name}` lacks; it is {_RIGHT.get(one.name, A_TEXT)}"


def _problems_of(name: str, value: object) -> Iterator[str]:
    if not _IS_RIGHT.get(name, _is_text)(value):
        yield f"`{name}` is {_RIGHT.get(name, A_TEXT)}, not `{value}`"
    elif MARK in str(value):
        yield f"`{name}` is still to be filled in"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _is_helpers(value: object) -> bool:
    names = {one.name for one in fields(Helper)}
    return isinstance(value, list) and all(isinstance(one, dict) and one.keys() == names for one in value)


def _is_words(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


def _is_additional(value: object) -> bool:
    return isinstance(value, dict) and all(kind in _KINDS and _is_texts(said) for kind, said in value.items())


def _is_forms(value: object) -> bool:
    return _is_words(value) and isinstance(value, dict) and all(name in _FORMS for name in value)


A_TEXT = "a text"
_LINES = "a list of lines"
_IS_RIGHT: Mapping[str, Callable[[object], bool]] = {
    "address": _is_texts,
    "appeals_address": _is_texts,
    "helpers": _is_helpers,
    "services": _is_words,
    "additional": _is_additional,
    "forms": _is_forms,
}
_RIGHT: Mapping[str, str] = {
    "address": _LINES,
    "appeals_address": _LINES,
    "helpers": "a list of tables with name, phone and offers",
    "services": "a table of a guideline's id to words",
    "additional": f'a table of a letter\'s kind to a list of paragraphs ({", ".join(Kind)}; "" for all)',
    "forms": "a table of a letter (member/denied) to a file",
}
_MAKE: Mapping[str, Callable[[Untyped], object]] = {
    "address": tuple,
    "appeals_address": tuple,
    "helpers": lambda value: tuple(Helper(**one) for one in value),
    "services": dict,
    "additional": lambda value: {kind: tuple(said) for kind, said in value.items()},
    "forms": dict,
}
