"""Units of measure by kind, and exact conversion within one kind.

Years and months are one kind, days another: a month has no fixed number of days, so a comparison across them is an error
of the guideline. Factors are exact by definition (international pound and inch: NIST SP 811, appendix B).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

KINDS: dict[str, dict[str, Decimal]] = {
    "calendar time": {"years": Decimal(12), "months": Decimal(1)},
    "time": {"weeks": Decimal(10080), "days": Decimal(1440), "hours": Decimal(60), "minutes": Decimal(1)},
    "absorbed dose": {"Gy": Decimal(100), "cGy": Decimal(1)},
    "mass": {"kg": Decimal(1000), "g": Decimal(1), "mg": Decimal("0.001"), "lb": Decimal("453.59237")},
    "length": {"m": Decimal(1000), "cm": Decimal(10), "mm": Decimal(1), "in": Decimal("25.4")},
    "body mass index": {"kg/m2": Decimal(1)},
    "pressure": {"mmHg": Decimal(1)},
    "concentration": {"g/dL": Decimal(1000), "mg/dL": Decimal(1)},
    "share": {"%": Decimal(1)},
    "score": {"points": Decimal(1)},
    "count": {"": Decimal(1), "times": Decimal(1)},
    "packs": {"packs": Decimal(1)},
    "tobacco exposure": {"pack-years": Decimal(1)},
    "rate": {"events/hour": Decimal(1)},
}
"""Kind, then unit and its size in a common measure of the kind."""

SIZES = {unit: size for units in KINDS.values() for unit, size in units.items()}
KIND_OF = {unit: kind for kind, units in KINDS.items() for unit in units}
SINGULARS = {"year": "years", "month": "months", "week": "weeks", "day": "days", "hour": "hours", "point": "points"}


def unit_named(word: str) -> str | None:
    """The unit as it is kept (``year`` is ``years``), or None if no such unit is known."""
    unit = SINGULARS.get(word, word)
    return unit if unit in SIZES else None


Number = int | Fraction
"""An exact number; a whole one is an int, which compares many times faster."""


def exact(number: Decimal | Fraction) -> Number:
    """The number exactly, whole where it is whole."""
    fraction = Fraction(number)
    return fraction.numerator if fraction.denominator == 1 else fraction


def converted(number: Decimal, unit: str, target: str) -> Number:
    """The same quantity in another unit of the same kind, exactly."""
    return exact(Fraction(number) * Fraction(SIZES[unit]) / Fraction(SIZES[target]))
