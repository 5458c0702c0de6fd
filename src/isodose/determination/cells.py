"""One cell of a flat case as its fact's declared type. Types are declared, never inferred; blank means unknown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from isodose.determination.values import ABSENT, Coding, Value
from isodose.guideline.dates import date_from
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.problem import did_you_mean, listed
from isodose.guideline.procedure_codes import PATTERN as PROCEDURE_CODE
from isodose.guideline.text import as_code, as_word, trimmed

DIAGNOSIS_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
"""ICD-10-CM: a letter, a digit, a letter or digit, then nothing or one to four more with an optional dot before them."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_LONGEST_SHOWN = 40


class Wrong(NamedTuple):
    """What is wrong with the value of a fact (or of the row, where ``fact`` names a column), and what would be right."""

    fact: str
    message: str


class Unreadable(ValueError):
    """A cell that is not of its type: the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Cells:
    """How cells are written. ``typed``: as JSON, with booleans and numbers of their own; else all are text, as in CSV."""

    typed: bool

    def read(self, fact: Fact, raw: object, problems: list[Wrong]) -> Value | None:
        """The value, or None if it is blank or cannot be read (then it is noted in ``problems``)."""
        if isinstance(raw, str):
            if not trimmed(raw):
                return None
            if fact.absent and as_word(raw) == "absent":
                return ABSENT
        try:
            return _READERS[fact.type](self, fact, raw)
        except Unreadable as error:
            problems.append(Wrong(fact.name, f"`{fact.column}`: {error}"))
            return None

    def text(self, column: str, raw: object, problems: list[Wrong]) -> str | None:
        """A text column that is no fact, as it stands."""
        if raw is None or isinstance(raw, str):
            return raw or None
        problems.append(Wrong(column, f"`{column}`: {shown(raw)} is not text"))
        return None

    def whole(self, column: str, raw: object, problems: list[Wrong]) -> int | None:
        """A column of whole numbers that is no fact."""
        if isinstance(raw, str) and not self.typed and raw.isascii() and raw.isdigit() and len(raw) < 10:
            return int(raw)
        if raw is None or (isinstance(raw, str) and not trimmed(raw)):
            return None
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
        problems.append(Wrong(column, f"`{column}`: {shown(raw)} is not a whole number"))
        return None

    def _yes_no(self, fact: Fact, raw: object) -> Value:
        if isinstance(raw, bool):
            return raw
        if not self.typed and isinstance(raw, str) and as_word(raw) in ("true", "false"):
            return as_word(raw) == "true"
        right = "true or false, without quotes" if self.typed else "true or false"
        raise Unreadable(f"{shown(raw)} is not a yes/no answer: write {right}")

    def _choice(self, fact: Fact, raw: object) -> Value:
        if not isinstance(raw, str):
            raise Unreadable(f"{shown(raw)} is not text")
        word = as_word(raw)
        if not fact.open and word not in fact.values:
            near = did_you_mean(word, fact.values)
            raise Unreadable(f"{shown(raw)} is not offered: it is {listed(fact.values)}{near}")
        return word

    def _number(self, fact: Fact, raw: object) -> Value:
        is_number = isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool)
        text = str(raw) if is_number else trimmed(raw) if isinstance(raw, str) and not self.typed else ""
        if isinstance(raw, (Decimal, float)) and is_number:
            text = format(Decimal(str(raw)), "f") if Decimal(str(raw)).is_finite() and _is_sane(raw) else ""
        if not _NUMBER.fullmatch(text):
            unit = f" of {fact.unit}" if fact.unit else ""
            raise Unreadable(f"{shown(raw)} is not a number{unit}")
        return Fraction(Decimal(text))

    def _date(self, fact: Fact, raw: object) -> Value:
        if isinstance(raw, date) and not isinstance(raw, datetime):
            return raw
        day = date_from(trimmed(raw)) if isinstance(raw, str) else None
        if day is None:
            raise Unreadable(f"{shown(raw)} is not a date: write it as YYYY-MM-DD")
        return day

    def _code(self, fact: Fact, raw: object) -> Value:
        if isinstance(raw, Coding):
            return raw
        code = as_code(raw) if isinstance(raw, str) else ""
        if not PROCEDURE_CODE.fullmatch(code):
            right = "five digits, a letter and four digits, or four digits and a letter"
            quotes = ", in quotes" if isinstance(raw, int) else ""
            raise Unreadable(f"{shown(raw)} is not a CPT or HCPCS code: {right}{quotes}")
        return code

    def _codes(self, fact: Fact, raw: object) -> Value | None:
        items = raw.split(";") if isinstance(raw, str) else raw
        if not isinstance(items, (list, tuple)):
            raise Unreadable(f"{shown(raw)} is not a list of codes")
        codes = [_diagnosis(item) for item in items if item is not None and not (isinstance(item, str) and not trimmed(item))]
        return tuple(dict.fromkeys(codes)) or None


def _is_sane(number: Decimal | float) -> bool:
    """Whether a number's digits can be written out: an exponent of a billion must not fill the memory."""
    exponent = Decimal(str(number)).as_tuple().exponent
    return isinstance(exponent, int) and -30 <= exponent <= 30


def _diagnosis(raw: object) -> str:
    code = as_code(raw) if isinstance(raw, str) else ""
    if not DIAGNOSIS_CODE.fullmatch(code):
        raise Unreadable(f"{shown(raw)} is not an ICD-10-CM code: write it like C61 or C50.911")
    return code.replace(".", "")


_READERS: dict[FactType, Callable[[Cells, Fact, object], Value | None]] = {
    FactType.YES_NO: Cells._yes_no,
    FactType.CHOICE: Cells._choice,
    FactType.NUMBER: Cells._number,
    FactType.DATE: Cells._date,
    FactType.CODE: Cells._code,
    FactType.CODES: Cells._codes,
}


def shown(raw: object) -> str:
    """What was sent, short and on one line, as a message shows it."""
    text = raw if isinstance(raw, str) else str(raw).lower() if isinstance(raw, bool) else str(raw)
    text = "".join(letter if letter.isprintable() else "�" for letter in text[: _LONGEST_SHOWN + 1])
    return f"`{text}`" if len(text) <= _LONGEST_SHOWN else f"`{text[:_LONGEST_SHOWN]}…`"


JSON_CELLS = Cells(typed=True)
TEXT_CELLS = Cells(typed=False)
