"""Numbers that people read out: the kind in letters, the serial, and a check digit.

``AUTH-0001-2345-01-7`` is an authorization: the serial of the request, its line, and a digit that checks them. ``TRACK-…`` and
``DRAFT-…`` say of themselves that they are none. The check digit is Damm's (H. M. Damm, *Total anti-symmetrische
Quasigruppen*, Marburg 2004): it finds every wrong digit and every swap of neighbours, and has digits only, as a phone does.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import reduce

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""A totally anti-symmetric quasigroup of order ten; a digit beside itself gives 0."""


class Kind(StrEnum):
    """What a number is, in its own letters."""

    AUTHORIZATION = "AUTH"
    TRACKING = "TRACK"
    DRAFT = "DRAFT"


IN_WORDS = {
    Kind.AUTHORIZATION: "an authorization number",
    Kind.TRACKING: "a tracking number, which authorizes nothing",
    Kind.DRAFT: "the number of a draft, which nobody has received",
}

MOST_REQUESTS = 10**8
MOST_LINES = 99

_SHAPE = re.compile("(AUTH|TRACK|DRAFT)([0-9]+)")
_DIGITS = {Kind.AUTHORIZATION: 11, Kind.TRACKING: 9, Kind.DRAFT: 9}


def check_digit(digits: str) -> str:
    """Damm's check digit over digits; over digits with their own check digit, 0."""
    return str(reduce(lambda interim, digit: int(_DAMM[interim][int(digit)]), digits, 0))


def request_number(kind: Kind, serial: int) -> str:
    """``TRACK-0001-2345-2``. Raises ``ValueError`` for a serial that has more than eight digits, or for an authorization."""
    if kind is Kind.AUTHORIZATION:
        raise ValueError("an authorization is of one line of a request: see `authorization_number`")
    return f"{kind}-{_grouped(serial)}-{check_digit(f'{serial:08}')}"


def authorization_number(serial: int, line: int) -> str:
    """The number of the authorization of one line; no two requests and no two lines share one, and nothing is counted."""
    if not 1 <= line <= MOST_LINES:
        raise ValueError(f"a request has lines 1 to {MOST_LINES}, not {line}")
    return f"{Kind.AUTHORIZATION}-{_grouped(serial)}-{line:02}-{check_digit(f'{serial:08}{line:02}')}"


def number_problem(text: str, kind: Kind) -> str | None:
    """What is wrong with a number that was typed or read out, in words; None if it is one of that kind.

    Blanks, hyphens and the case of letters do not matter.
    """
    found = _SHAPE.fullmatch(plain(text))
    if not found:
        return f"{IN_WORDS[kind]} begins with {kind} and has {_DIGITS[kind]} digits"
    its_kind, digits = Kind(found[1]), found[2]
    if its_kind is not kind:
        return f"that is {IN_WORDS[its_kind]}; {IN_WORDS[kind]} begins with {kind}"
    if len(digits) != _DIGITS[kind]:
        return f"{IN_WORDS[kind]} has {_DIGITS[kind]} digits, and this has {len(digits)}"
    if check_digit(digits) != "0":
        return "a digit is wrong, or two are swapped: the last one checks the others"
    return None


def serial_of(number: str) -> int:
    """The serial in a number as it is written here. Raises ``ValueError`` for any other text."""
    found = _SHAPE.fullmatch(plain(number))
    if not found or len(found[2]) != _DIGITS[Kind(found[1])]:
        raise ValueError(f"`{number}` is no number of a request")
    return int(found[2][:8])


def plain(text: str) -> str:
    """The number as it goes on a claim form: letters and digits alone."""
    return re.sub(r"[\s-]+", "", text).upper()


def _grouped(serial: int) -> str:
    if not 0 <= serial < MOST_REQUESTS:
        raise ValueError(f"a serial has at most eight digits, not {serial}")
    return f"{serial // 10_000:04}-{serial % 10_000:04}"
