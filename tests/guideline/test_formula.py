"""A derived fact's formula: a span between two dates, or a ratio of two numbers."""

from datetime import date
from fractions import Fraction

import pytest

from isodose.guideline.formula import Formula, formula_from


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("whole years from birth to service", Formula("whole years", "birth", "service")),
        ("whole months from last_study to service", Formula("whole months", "last_study", "service")),
        ("days from a1 to b2", Formula("days", "a1", "b2")),
        ("  whole \n years from a\tto b ", Formula("whole years", "a", "b")),
        ("weight / height", Formula("ratio", "weight", "height")),
    ],
)
def test_the_four_forms(text: str, formula: Formula) -> None:
    assert formula_from(text) == formula


@pytest.mark.parametrize(
    "text",
    [
        "", "age", "years from a to b", "whole days from a to b", "whole years between a and b",
        "whole years from a to", "whole years from a b to c", "a/b", "a / b / c", "a * b", "1 + 2",
        "Whole years from a to b", "whole years from a to b or so", "about a / b",
    ],
)  # fmt: skip
def test_nothing_else_is_a_formula(text: str) -> None:
    assert formula_from(text) is None


def test_a_formula_names_its_inputs_as_written() -> None:
    formula = formula_from("days from b to a")
    assert formula is not None
    assert formula.inputs == ("b", "a")


def test_only_a_ratio_is_a_ratio() -> None:
    kinds = {"a / b": True, "days from a to b": False, "whole years from a to b": False}
    for text, is_ratio in kinds.items():
        formula = formula_from(text)
        assert formula is not None
        assert formula.is_ratio is is_ratio


@pytest.mark.parametrize(("kind", "expected"), [("whole years", 1), ("whole months", 23), ("days", 729)])
def test_a_span_is_counted_from_its_first_date_to_its_second(kind: str, expected: int) -> None:
    formula = Formula(kind, "a", "b")
    assert formula.of_dates(date(2023, 11, 4), date(2025, 11, 2)) == Fraction(expected)
    assert formula.of_dates(date(2025, 11, 2), date(2023, 11, 4)) == -expected
