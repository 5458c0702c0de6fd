"""Codes that describe the same service are approved as a set; they are read from the guideline's list of codes."""

from datetime import date

import pytest
from tests.determination.imrt_cases import imrt

from isodose.desk.same_service import billable, same_service

CODES = imrt().guideline.codes


def test_the_facility_may_bill_otherwise_than_who_asked() -> None:
    names = [one.code for one in same_service("77385", CODES)]
    assert names == ["77385", "77386", "77407", "77412", "G6015", "G6016"]
    assert same_service("G6016", CODES) == same_service("77385", CODES)


@pytest.mark.parametrize(
    ("code", "day", "may"),
    [
        ("G6015", date(2025, 12, 31), True),
        ("G6015", date(2026, 1, 1), False),
        ("77407", date(2025, 12, 31), False),  # it meant something else until then
        ("77407", date(2026, 1, 1), True),
        ("77301", date(2025, 12, 1), False),
    ],
)
def test_a_course_across_the_new_year_has_one_authorization(code: str, day: date, *, may: bool) -> None:
    assert billable(code, frozenset({"77386"}), CODES, day) is may


def test_a_code_without_successors_or_unknown_is_alone() -> None:
    assert [one.code for one in same_service("77301", CODES)] == ["77301"]
    assert same_service("12345", CODES)[0].days.holds(date(1999, 1, 1))
