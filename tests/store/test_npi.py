"""NPIs: what CMS gives as its example holds, and every slip of one digit or of two neighbours' places is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isodose.store.npi import RIGHT, check_digit, npi_problem

NPIS = st.from_regex(r"[12][0-9]{8}", fullmatch=True).map(lambda nine: nine + check_digit(nine))


def test_the_example_of_cms_holds() -> None:
    assert check_digit("123456789") == "3"
    assert npi_problem("1234567893") is None


@given(NPIS, st.integers(1, 9), st.integers(1, 9))
def test_every_slip_of_one_digit_is_found(npi: str, place: int, by: int) -> None:
    slipped = npi[:place] + str((int(npi[place]) + by) % 10) + npi[place + 1 :]
    assert npi_problem(npi) is None
    assert npi_problem(slipped)


@given(NPIS, st.integers(1, 8))
def test_two_neighbours_that_changed_places_are_found(npi: str, place: int) -> None:
    one, other = npi[place], npi[place + 1]
    slipped = npi[:place] + other + one + npi[place + 2 :]
    # Luhn's known gap: 09 for 90
    assert bool(npi_problem(slipped)) == (one != other and {one, other} != {"0", "9"})


@pytest.mark.parametrize(
    "text", ["", "123456789", "12345678931", "3234567891", "123456789X", "1234 67893", "１２３４５６７８９３"]
)
def test_what_is_no_npi_is_said_with_what_is_one(text: str) -> None:
    assert npi_problem(text) == RIGHT


def test_the_right_last_digit_is_said() -> None:
    problem = npi_problem("1234567890")
    assert problem
    assert "would have to be 3" in problem
