"""A bound as engines hold it, which compare numbers as doubles: the comparison is as exact as the number was written.

A double stands for the decimal that it is shortest written as, so numbers of up to 15 digits are compared exactly, whatever
the bound: one that no double writes (9 pounds in grams, a third) lies between two doubles.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

DIGITS = 15
"""Digits of a number that a double holds, whatever they are."""

LARGEST_TERM = 10**9
LARGEST_FACTOR = 9_000
DECIMALS = 6
"""Two numbers against a ratio's bound are compared in whole millionths up to this size, which 64 bits hold, else as doubles."""


def as_double(operator: str, bound: int | Fraction) -> tuple[str, float] | None:
    """The operator and the double that ask of a double what is asked of its number; None if no number is equal to the bound."""
    nearest = float(bound)
    written = Fraction(Decimal(repr(nearest)))
    if written == bound:
        return operator, nearest
    if operator == "=":
        return None
    is_below = written < bound
    return {"<": "<=", ">": ">"}[operator[0]] if is_below else {"<": "<", ">": ">="}[operator[0]], nearest
