"""Ranges of codes as regular expressions: every code of few letters is in both or in neither."""

import re
from itertools import product

import pytest

from isodose.compile.questionnaire.code_patterns import pattern_of

LETTERS = "018AZ"
CODES = ["".join(code) for length in (1, 2, 3, 4) for code in product(LETTERS, repeat=length)]


def codes_in(low: str, high: str) -> set[str]:
    return {code for code in CODES if low <= code and (not high or code < high)}


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("", ""),
        ("", "8A"),
        ("A1", ""),
        ("A1", "A8"),
        ("A1", "A1:"),
        ("A1", "A18"),
        ("A180", "A18:"),
        ("0", "Z"),
        ("08A", "1"),
        ("0ZZ", "A00"),
        ("Z", "ZZ01"),
        ("1", "18:"),
    ],
)
def test_a_range_holds_the_codes_of_its_pattern(low: str, high: str) -> None:
    assert matched(low, high) == codes_in(low, high)


def matched(low: str, high: str) -> set[str]:
    pattern = re.compile(pattern_of([(low, high)]))
    return {code for code in CODES if pattern.search(code)}


def test_every_range_between_short_bounds() -> None:
    bounds = [code for code in CODES if len(code) < 3]
    ranges = [(low, high) for low, high in product(bounds, repeat=2) if low < high]
    assert [one for one in ranges if matched(*one) != codes_in(*one)] == []


def test_a_pattern_can_be_read() -> None:
    assert pattern_of([("C00", "C02"), ("C7931", "C7933"), ("G47", "G4731")]) == (
        "^((C00|C01|C7931|C7932|G47[0-2]|G4730).*|G47|G473)$"
    )
