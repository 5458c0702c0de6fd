"""Dates are YYYY-MM-DD and nothing else; years and months are counted as people count birthdays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isodose.guideline.dates import date_from, whole_months, whole_years


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_date_is_written_with_four_two_and_two_digits() -> None:
    assert date_from("2025-11-03") == date(2025, 11, 3)
    assert date_from("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "0000-01-01",
        "20251103", "2025-W45-1", "2025-11-3", "25-11-03", "2025/11/03", "11/03/2025",
        "2025-11-03T00:00:00", "2025-11-03\n", " 2025-11-03", "2025-11-03Z", "",
        "２０２５-11-03", "2025-1１-03", "+025-11-03", "12025-11-03",
    ],
)  # fmt: skip
def test_what_is_not_a_date_is_none(text: str) -> None:
    assert date_from(text) is None


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2007-11-03", "2025-11-02", 17),
        ("2007-11-03", "2025-11-03", 18),
        ("2007-11-03", "2025-11-04", 18),
        ("2007-11-03", "2025-12-02", 18),
        ("2025-11-03", "2025-11-03", 0),
        # born on 29 February: the birthday is 1 March in other years
        ("2004-02-29", "2025-02-28", 20),
        ("2004-02-29", "2025-03-01", 21),
        ("2004-02-29", "2024-02-28", 19),
        ("2004-02-29", "2024-02-29", 20),
        # born on 28 February: 28 February in every year
        ("2003-02-28", "2024-02-28", 21),
        ("1905-01-01", "2025-12-31", 120),
    ],
)
def test_age_is_counted_in_whole_years_on_the_day(born: str, on: str, age: int) -> None:
    assert whole_years(day(born), day(on)) == age


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-01-15", "2025-02-14", 0),
        ("2025-01-15", "2025-02-15", 1),
        # a day that the month lacks is reached on the first of the next
        ("2025-01-31", "2025-02-28", 0),
        ("2025-01-31", "2025-03-01", 1),
        ("2025-01-31", "2025-03-30", 1),
        ("2025-01-31", "2025-03-31", 2),
        ("2024-01-30", "2024-02-29", 0),
        ("2024-01-29", "2024-02-29", 1),
        ("2024-12-31", "2025-01-01", 0),
        ("2024-11-30", "2025-11-30", 12),
        ("2024-11-30", "2025-11-29", 11),
        ("2025-06-01", "2025-06-01", 0),
    ],
)
def test_months_are_counted_when_their_day_is_reached(start: str, end: str, months: int) -> None:
    assert whole_months(day(start), day(end)) == months
    assert whole_months(day(end), day(start)) == -months


def test_years_run_backwards_as_they_run_forwards() -> None:
    assert whole_years(day("2025-06-01"), day("2023-06-02")) == -1
    assert whole_years(day("2025-06-01"), day("2023-06-01")) == -2
    assert whole_years(day("2025-06-01"), day("2025-05-31")) == 0


DATES = st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 30))


@given(DATES, DATES)
def test_a_year_is_twelve_months_and_a_day_later_never_counts_less(start: date, end: date) -> None:
    assert whole_years(start, end) == int(whole_months(start, end) / 12)
    assert whole_months(start, end + timedelta(1)) - whole_months(start, end) in (0, 1)


@given(DATES)
def test_a_written_date_is_read_back(any_day: date) -> None:
    assert date_from(str(any_day)) == any_day
