"""The functions of a CQL library that say what the language between guideline and engines does with texts, dates and lists."""

from __future__ import annotations

import re

from isodose.compile.elm.nodes import (
    DATE,
    NOTHING,
    TEXT,
    TEXTS,
    WHOLE,
    Elm,
    alias,
    binary,
    call,
    chain,
    combined,
    component,
    each,
    is_present,
    let,
    operand,
    operator,
    part_of,
    text,
    unary,
    when,
    whole,
)
from isodose.compile.elm.statements import Function
from isodose.determination.cells import DIAGNOSIS_CODE, SHOWN, UNPRINTABLE
from isodose.guideline.text import WHITE_SPACE

NOT_EMPTY, TRIMMED, DISPLAYED = "Text: not empty", "Text: trimmed", "Text: displayed"
UPPER, LOWER = "Text: in upper case", "Text: in lower case"
NOT_NONE = "List: not none"
SENTENCES, NAMES = "List: sentences", "List: names"
CODES, UNREADABLE = "Codes: as read", "Codes: not readable"
SPANS = {"whole years": "Dates: whole years", "whole months": "Dates: whole months", "days": "Dates: days"}
_NUMBER = "Dates: as a number"
"""What each function is called, with a colon, which no parameter has; the spans by the name of the formula."""

_TEXT, _TEXTS, _ENTRY, _CODE = operand("text"), operand("texts"), alias("Entry"), let("read")


def pattern(source: str) -> str:
    """A regular expression in plain ASCII, as every engine reads it, and without halves of letters."""
    whole_letters = source.replace("\ud800-\udfff", "")
    return re.sub(r"[^ -~]", lambda found: f"\\u{ord(found[0]):04X}", whole_letters)


def matches(value: Elm, source: str) -> Elm:
    """Whether a text is, from its start to its end, what the regular expression describes."""
    return unary("IsTrue", binary("Matches", value, text(f"(?:{pattern(source)})")))


def _replaced(value: Elm, source: str, by: str) -> Elm:
    return operator("ReplaceMatches", value, text(pattern(source)), text(by))


def _in_case(kind: str) -> Elm:
    """Only ASCII letters change case: other words of a guideline have none, so one with others is none of them."""
    return when(matches(_TEXT, r"[\x00-\x7F]*"), unary(kind, _TEXT), _TEXT)


def _displayed() -> Elm:
    is_short = binary("LessOrEqual", unary("Length", _TEXT), whole(SHOWN))
    letters = when(is_short, _TEXT, part_of(_TEXT, 0, SHOWN))
    end = when(is_short, text("`"), text("…`"))
    return chain("Concatenate", (text("`"), _replaced(letters, UNPRINTABLE.pattern, "\ufffd"), end))


def _codes() -> Elm:
    is_code = matches(_CODE, DIAGNOSIS_CODE.pattern)
    without_dot = _replaced(_CODE, r"\.", "")
    return each(_TEXTS, "Entry", lets=_AS_CODE, where=is_code, result=without_dot, is_distinct=True)


def _unreadable() -> Elm:
    is_wrong = binary("And", is_present(_CODE), unary("Not", matches(_CODE, DIAGNOSIS_CODE.pattern)))
    says = binary("Concatenate", call(DISPLAYED, _ENTRY), text(" is not an ICD-10-CM code"))
    return call(SENTENCES, each(_TEXTS, "Entry", lets=_AS_CODE, where=is_wrong, result=says))


_AS_CODE = {"read": call(UPPER, call(TRIMMED, _ENTRY))}
_ENDS = "".join(f"\\x{ord(letter):02X}" for letter in WHITE_SPACE)
_NOT_NULL = each(_TEXTS, "Entry", where=is_present(_ENTRY))


def _number() -> Elm:
    """A date as a number: its months times a hundred, and its days."""
    year, month, of_month = (component(operand("given"), precision) for precision in ("Year", "Month", "Day"))
    months = binary("Add", binary("Multiply", year, operand("inYear")), month)
    return binary("Add", binary("Multiply", months, whole(100)), of_month)


def _completed(months_a_year: int, unit: int) -> Elm:
    """Completed years or months: what is left of the difference of two such numbers, towards zero."""
    start, end = (call(_NUMBER, operand(name), whole(months_a_year)) for name in ("start", "end"))
    return binary("TruncatedDivide", binary("Subtract", end, start), whole(unit))


_DAYS: Elm = {"type": "DifferenceBetween", "precision": "Day", "operand": [operand("start"), operand("end")]}
_FROM_TO = {"start": DATE, "end": DATE}

FUNCTIONS = (
    Function(
        NOT_EMPTY,
        {"text": TEXT},
        when(binary("Equal", _TEXT, text("")), NOTHING, _TEXT),
        ("Null in place of an empty text.",),
    ),
    Function(
        NOT_NONE,
        {"texts": TEXTS},
        when(unary("Exists", _TEXTS), _TEXTS, NOTHING),
        ("Null in place of an empty list.",),
    ),
    Function(
        TRIMMED,
        {"text": TEXT},
        call(NOT_EMPTY, _replaced(_TEXT, f"^[{_ENDS}]+|[{_ENDS}]+$", "")),
        ("Without white space around it; null if nothing is left.",),
    ),
    Function(UPPER, {"text": TEXT}, _in_case("Upper"), ("A word with other letters than ASCII stays as it is.",)),
    Function(LOWER, {"text": TEXT}, _in_case("Lower"), ("A word with other letters than ASCII stays as it is.",)),
    Function(DISPLAYED, {"text": TEXT}, _displayed(), (f"As a message shows it: the first {SHOWN} letters.",)),
    Function(
        SENTENCES,
        {"texts": TEXTS},
        call(NOT_EMPTY, combined(_NOT_NULL, "; ")),
        ("Those that are not null, one after the other; null if none is.",),
    ),
    Function(NAMES, {"texts": TEXTS}, _NOT_NULL, ("Those that are not null.",)),
    Function(
        CODES,
        {"texts": TEXTS},
        call(NOT_NONE, _codes()),
        ("Diagnosis codes, trimmed, in upper case, without the dot; null if there is none.",),
    ),
    Function(UNREADABLE, {"texts": TEXTS}, _unreadable(), ("What is said of those that are no ICD-10-CM code.",)),
    Function(
        _NUMBER,
        {"given": DATE, "inYear": WHOLE},
        _number(),
        ("A date as a number; inYear is how many months make a year: 12, or 100 to tell years apart by their digits.",),
    ),
    Function(SPANS["whole years"], _FROM_TO, _completed(100, 10000), ("Years completed from a day to another.",)),
    Function(SPANS["whole months"], _FROM_TO, _completed(12, 100), ("Months completed from a day to another.",)),
    Function(SPANS["days"], _FROM_TO, _DAYS, ("Days from a day to another.",)),
)
