"""National Provider Identifiers: ten digits, the last of which checks the others.

45 CFR 162.406; the check digit is Luhn's over ``80840`` (health applications, United States) and the identifier, as CMS
describes it in "Requirements for National Provider Identifier and NPI Check Digit".
"""

from __future__ import annotations

import re

PREFIX = "80840"
_NPI = re.compile(r"[12][0-9]{9}")

RIGHT = "an NPI has ten digits, the first of which is 1 or 2"


def npi_problem(text: str) -> str | None:
    """What is wrong with an identifier, in words; None if it can be one."""
    if not _NPI.fullmatch(text):
        return RIGHT
    if luhn_sum(PREFIX + text) % 10:
        return f"its last digit checks the others and would have to be {check_digit(text[:-1])}: look for a slip of the keys"
    return None


def check_digit(nine: str) -> str:
    """The tenth digit of an identifier by its first nine."""
    return str(-luhn_sum(PREFIX + nine + "0") % 10)


def luhn_sum(digits: str) -> int:
    """Luhn's sum: from the right every second digit counts double, with the digits of the double added (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled)
