"""Units convert exactly within one kind; across kinds there is nothing to convert."""

from decimal import Decimal
from fractions import Fraction

import pytest

from isodose.guideline.units import KIND_OF, KINDS, SIZES, converted, exact, unit_named


@pytest.mark.parametrize(
    ("number", "unit", "target", "expected"),
    [
        ("21", "years", "months", "252"),
        ("18", "months", "years", "1.5"),
        ("2", "weeks", "days", "14"),
        ("2", "days", "hours", "48"),
        ("1.5", "hours", "minutes", "90"),
        ("60", "Gy", "cGy", "6000"),
        ("180", "cGy", "Gy", "1.8"),
        ("1", "lb", "g", "453.59237"),
        ("1", "kg", "mg", "1000000"),
        ("1", "in", "mm", "25.4"),
        ("1.8", "m", "cm", "180"),
        ("1.2", "g/dL", "mg/dL", "1200"),
        ("30", "kg/m2", "kg/m2", "30"),
        ("4", "times", "", "4"),
    ],
)
def test_a_quantity_in_another_unit(number: str, unit: str, target: str, expected: str) -> None:
    assert converted(Decimal(number), unit, target) == Fraction(expected)


def test_conversion_is_exact_where_decimals_are_not() -> None:
    assert converted(Decimal(1), "months", "years") == Fraction(1, 12)
    assert converted(Decimal(1), "g", "lb") == Fraction(100000, 45359237)
    assert converted(Decimal("0.1"), "kg", "g") == 100


def test_there_and_back_again_is_the_same_number() -> None:
    for units in KINDS.values():
        for unit in units:
            for target in units:
                there = converted(Decimal("7.3"), unit, target)
                assert there * converted(Decimal(1), target, unit) == Fraction("7.3")


def test_a_unit_belongs_to_one_kind() -> None:
    assert sum(len(units) for units in KINDS.values()) == len(SIZES) == len(KIND_OF)
    assert KIND_OF["months"] == KIND_OF["years"] != KIND_OF["days"]


def test_the_singular_is_understood() -> None:
    singular = ["year", "month", "week", "day", "hour", "point"]
    assert [unit_named(word) for word in singular] == [f"{word}s" for word in singular]


def test_units_are_known_as_they_are_written_and_no_other_way() -> None:
    assert unit_named("kg/m2") == "kg/m2"
    assert unit_named("") == ""
    assert [unit_named(word) for word in ("KG", "gy", "yrs", "kg/m²")] == [None] * 4


def test_a_whole_number_is_an_int_and_any_other_a_fraction() -> None:
    for number in (Decimal("30.0"), Fraction(60, 2)):
        assert exact(number) == 30
        assert type(exact(number)) is int
    assert exact(Decimal("0.1")) == Fraction(1, 10)
    assert type(converted(Decimal(2), "years", "months")) is int
    assert type(converted(Decimal(1), "months", "years")) is Fraction
