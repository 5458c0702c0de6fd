"""A form at the desk: its fields, and how what was typed becomes an act. One template shows them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from isodose.desk.act import AnyAct
from isodose.desk.transitions import ADVERSE, Do
from isodose.web.reviewer.desk.desk import Desk

Problems = list[tuple[str, str]]
"""What is wrong, each with the field that it is about."""


class FieldKind(StrEnum):
    """How a field is typed."""

    AREA = "area"
    LINE = "line"
    DAY = "day"
    MOMENT = "moment"
    WHOLE = "whole"
    CHOICE = "choice"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True)
class Field:
    """``options`` are (value, words) of a choice or of ticks; ``value`` is what stands there at first, of ticks those set."""

    name: str
    label: str
    kind: FieldKind = FieldKind.AREA
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    value: str | tuple[str, ...] = ""


Fields = tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """An act's form. ``says`` is what comes of it, said before the click; ``done`` what is said after."""

    name: str
    do: Do
    title: str
    button: str
    done: str
    says: str
    fields: Callable[[Desk], Fields]
    read: Callable[[Desk], AnyAct]

    @property
    def is_adverse(self) -> bool:
        return self.do in ADVERSE


class FormError(ValueError):
    """What was typed makes no act; ``problems`` says why, field by field."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(words for _, words in problems))
        self.problems = list(problems)


WHY = "why"


def nothing(_: Desk) -> Fields:
    """An act that is a click."""
    return ()
