"""One cell of a flat case as its fact's declared type. Types are declared, never inferred; blank means unknown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from isodose.determination.remembered import Remembered
from isodose.determination.values import ABSENT, Coding, Value
from isodose.guideline.dates import date_from
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.problem import listed
from isodose.guideline.procedure_codes import PATTERN as PROCEDURE_CODE
from isodose.guideline.procedure_codes import SHAPE
from isodose.guideline.text import as_code, as_word, trimmed
from isodose.guideline.units import exact

DIAGNOSIS_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
"""ICD-10-CM: a letter, a digit, a letter or digit, then nothing or one to four more with an optional dot before them."""

Reader = Callable[[object], Value | None]
"""A cell to its fact's value, None if it is blank; it raises `UnreadableError`."""

_LONGEST_PART = 30
TOO_LARGE = 10**_LONGEST_PART
"""No number of a case has more digits."""
_WHOLE = re.compile(r"[0-9]{1,9}")
NUMBER = re.compile(rf"[+-]?[0-9]{{1,{_LONGEST_PART}}}(\.[0-9]{{1,{_LONGEST_PART}}})?")
SHOWN = 40
"""Letters of a cell that a message shows."""

UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""What a message does not show as it is: controls, other spaces, what turns the direction of writing, halves of a letter."""


class Wrong(NamedTuple):
    """What is wrong with the value of a fact (or of the row, where ``fact`` names a column), and what would be right."""

    fact: str
    message: str


class UnreadableError(ValueError):
    """A cell that is not of its type: the message says what would be right. ``rest`` is what could be read of it."""

    def __init__(self, message: str, rest: Value | None = None) -> None:
        super().__init__(message)
        self.rest = rest


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """How cells are written. ``typed``: as JSON, with booleans and numbers of their own; else all are text, as in CSV."""

    typed: bool

    def reader(self, fact: Fact) -> Reader:
        """The function that reads the fact's cells, made ready once."""
        return _READERS[fact.type](fact, self.typed)

    def read(self, fact: Fact, raw: object, problems: list[Wrong]) -> Value | None:
        """The value, or None if it is blank. What cannot be read is noted in ``problems``."""
        try:
            return self.reader(fact)(raw)
        except UnreadableError as error:
            return unread(fact, raw, error, problems)

    def text(self, column: str, raw: object, problems: list[Wrong]) -> str | None:
        """A text column that is no fact; blank means unknown."""
        if raw is None or isinstance(raw, str):
            return (trimmed(raw) or None) if raw else None
        problems.append(Wrong(column, f"`{column}`: {shown(raw)} is not text"))
        return None

    def whole(self, column: str, raw: object, problems: list[Wrong]) -> int | None:
        """A column of whole numbers that is no fact."""
        if isinstance(raw, str) and not self.typed and _WHOLE.fullmatch(trimmed(raw)):
            return int(raw)
        if raw is None or (isinstance(raw, str) and not trimmed(raw)):
            return None
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
        problems.append(Wrong(column, f"`{column}`: {shown(raw)} is not a whole number"))
        return None


def unread(fact: Fact, raw: object, error: UnreadableError, problems: list[Wrong]) -> Value | None:
    """What a cell that is no value of its type says: blank, absent, or something wrong, which is noted."""
    if isinstance(raw, str) and not trimmed(raw):
        return None
    if isinstance(raw, str) and fact.absent and as_word(raw) == "absent":
        return ABSENT
    problems.append(Wrong(fact.name, f"`{fact.column}`: {error}"))
    return error.rest


def plain_cells(fact: Fact) -> tuple[type, Container[object]]:
    """The cells that stand for themselves, as most do, and need no reading: their type, and which of that type."""
    match fact.type:
        case FactType.YES_NO:
            return bool, (False, True)
        case FactType.CHOICE:
            return str, frozenset(fact.values)
        case FactType.NUMBER:
            return int, range(1 - TOO_LARGE, TOO_LARGE)
        case _:
            return str, ()


def _yes_no(_: Fact, typed: bool) -> Reader:  # noqa: FBT001 (all readers are made alike)
    right = "true or false, without quotes" if typed else "true or false"

    def read(raw: object) -> Value:
        if isinstance(raw, bool):
            return raw
        if not typed and isinstance(raw, str) and as_word(raw) in ("true", "false"):
            return as_word(raw) == "true"
        raise UnreadableError(f"{shown(raw)} is not a yes/no answer: write {right}")

    return read


def _choice(fact: Fact, _: bool) -> Reader:  # noqa: FBT001
    offered = fact.values

    def read(raw: object) -> Value:
        if not isinstance(raw, str):
            raise UnreadableError(f"{shown(raw)} is not text")
        if raw in offered:
            return raw
        word = as_word(raw)
        if word in offered or (fact.open and word and not (fact.absent and word == "absent")):
            return word
        raise UnreadableError(f"{shown(raw)} is not offered: it is {listed(offered)}")

    return read


def _number(fact: Fact, typed: bool) -> Reader:  # noqa: FBT001
    unit = f" of {fact.unit}" if fact.unit else ""

    def read(raw: object) -> Value:
        written = trimmed(raw) if isinstance(raw, str) and not typed else ""
        text = written or _digits(raw)
        if not NUMBER.fullmatch(text):
            raise UnreadableError(f"{shown(raw)} is not a number{unit}")
        return exact(Decimal(text))

    return read


def _date(raw: object) -> Value:
    if isinstance(raw, str):
        day = date_from(raw) or date_from(trimmed(raw))
    else:
        day = raw if isinstance(raw, date) and not isinstance(raw, datetime) else None
    if day is None:
        raise UnreadableError(f"{shown(raw)} is not a date: write it as YYYY-MM-DD")
    return day


def _code(raw: object) -> Value:
    if isinstance(raw, Coding) or (isinstance(raw, str) and PROCEDURE_CODE.fullmatch(raw)):
        return raw
    code = as_code(raw) if isinstance(raw, str) else ""
    if not PROCEDURE_CODE.fullmatch(code):
        is_number = isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool)
        quotes = ", in quotes" if is_number else ""
        raise UnreadableError(f"{shown(raw)} is not a CPT or HCPCS code: {SHAPE}{quotes}")
    return code


def _codes(raw: object) -> Value | None:
    items = raw.split(";") if isinstance(raw, str) else raw
    if not isinstance(items, (list, tuple)):
        raise UnreadableError(f"{shown(raw)} is not a list of codes")
    codes = dict[str, None]()
    is_wrong = False
    for item in items:
        code = _diagnosis(item)
        if code:
            codes[code] = None
        elif code is None and item is not None:
            is_wrong = True
    if is_wrong:
        raise UnreadableError(_not_diagnoses(items), tuple(codes) or None)
    return tuple(codes) or None


def _diagnosis(raw: object) -> str | None:
    """The code without its dot; empty if it is blank, None if it is none."""
    if not isinstance(raw, str):
        return None
    return _DIAGNOSES[raw] if len(raw) <= _LONGEST_CODE else _diagnosis_in(raw)


def _diagnosis_in(text: str) -> str | None:
    code = as_code(text)
    return code.replace(".", "") if not code or DIAGNOSIS_CODE.fullmatch(code) else None


_LONGEST_CODE = len("C50.9111")
_DIAGNOSES = Remembered(_diagnosis_in, 1 << 16)
"""The same few codes come again and again; nothing longer than a code is kept."""


def _not_diagnoses(items: Collection[object]) -> str:
    """The items that are no codes, as a message names them."""
    given = (item for item in items if item is not None)
    wrong = [shown(item) for item in given if _diagnosis(item) is None]
    return "; ".join(f"{item} is not an ICD-10-CM code" for item in wrong) + ": write it like C61 or C50.911"


_READERS: Mapping[FactType, Callable[[Fact, bool], Reader]] = {
    FactType.YES_NO: _yes_no,
    FactType.CHOICE: _choice,
    FactType.NUMBER: _number,
    FactType.DATE: lambda *_: _date,
    FactType.CODE: lambda *_: _code,
    FactType.CODES: lambda *_: _codes,
}


def _digits(raw: object) -> str:
    """A number written out; nothing if it is none, or too long: an exponent of a billion must not fill the memory."""
    if isinstance(raw, bool):
        return ""
    if isinstance(raw, int):
        return str(raw) if abs(raw) < TOO_LARGE else ""
    number = Decimal(str(raw)) if isinstance(raw, (float, Decimal)) else Decimal("NaN")
    exponent = number.as_tuple().exponent
    return format(number, "f") if isinstance(exponent, int) and abs(exponent) <= _LONGEST_PART else ""


def shown(raw: object) -> str:
    """What was sent, short and on one line, as a message shows it: text as it stands, all else as JSON has it."""
    try:
        text = raw if isinstance(raw, str) else json.dumps(raw, default=str, ensure_ascii=False)
    except (ValueError, RecursionError):  # thousands of digits, or of brackets
        text = "…"
    text = UNPRINTABLE.sub("�", text[: SHOWN + 1])
    return f"`{text}`" if len(text) <= SHOWN else f"`{text[:SHOWN]}…`"


JSON_CELLS = Cells(typed=True)
TEXT_CELLS = Cells(typed=False)
