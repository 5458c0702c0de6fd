"""Numbers: their kind in letters, and a digit that finds every slip of one digit and every swap."""

from itertools import pairwise

import pytest

from isodose.desk.number import Kind, authorization_number, check_digit, number_problem, plain, request_number


def test_numbers_say_what_they_are() -> None:
    assert authorization_number(12345, 1) == "AUTH-0001-2345-01-2"
    assert request_number(Kind.TRACKING, 12345) == "TRACK-0001-2345-9"
    assert request_number(Kind.DRAFT, 7).startswith("DRAFT-0000-0007-")
    assert plain("auth-0001 2345-01-2") == "AUTH00012345012"


def test_the_published_example() -> None:
    assert check_digit("572") == "4"
    assert check_digit("5724") == "0"


def test_every_wrong_digit_and_every_swap_of_neighbours_is_found() -> None:
    for serial in range(0, 10_000, 7):
        number = plain(authorization_number(serial, serial % 99 + 1))
        assert number_problem(number, Kind.AUTHORIZATION) is None
        for place in range(4, len(number)):
            for digit in set("0123456789") - {number[place]}:
                assert number_problem(f"{number[:place]}{digit}{number[place + 1 :]}", Kind.AUTHORIZATION)
        for left, right in pairwise(range(4, len(number))):
            swapped = f"{number[:left]}{number[right]}{number[left]}{number[right + 1 :]}"
            assert (number_problem(swapped, Kind.AUTHORIZATION) is None) is (swapped == number)


def test_no_two_lines_share_a_number() -> None:
    numbers = {authorization_number(serial, line) for serial in range(500) for line in range(1, 100)}
    assert len(numbers) == 500 * 99


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "TRACK-0001-2345-9",
            "that is a tracking number, which authorizes nothing; an authorization number begins with AUTH",
        ),
        ("AUTH-0001-2345-01", "an authorization number has 11 digits, and this has 10"),
        ("AUTH-0001-2345-01-3", "a digit is wrong, or two are swapped: the last one checks the others"),
        ("0001-2345-01-2", "an authorization number begins with AUTH and has 11 digits"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    assert number_problem(text, Kind.AUTHORIZATION) == words


def test_numbers_have_bounds() -> None:
    with pytest.raises(ValueError, match="eight digits"):
        request_number(Kind.TRACKING, 10**8)
    with pytest.raises(ValueError, match="lines 1 to 99"):
        authorization_number(1, 100)
    with pytest.raises(ValueError, match="of one line"):
        request_number(Kind.AUTHORIZATION, 1)
