"""What follows from what has been asked before."""

import pytest

from isodose.determination.remembered import Remembered


class Squares:
    """Finds squares, and writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def of(self, number: int) -> int:
        self.asked.append(number)
        return number * number


def test_what_was_asked_before_is_not_found_again() -> None:
    squares = Squares()
    remembered = Remembered(squares.of, 10)
    assert [remembered[number] for number in (3, 4, 3, 3)] == [9, 16, 9, 9]
    assert squares.asked == [3, 4]


def test_when_it_is_full_all_is_forgotten_so_that_it_never_holds_more() -> None:
    squares = Squares()
    remembered = Remembered(squares.of, 2)
    assert [remembered[number] for number in (1, 2)] == [1, 4]
    assert len(remembered) == 2
    assert remembered[3] == 9
    assert len(remembered) == 1
    assert remembered[1] == 1
    assert squares.asked == [1, 2, 3, 1]


def test_what_cannot_be_found_is_not_remembered() -> None:
    remembered = Remembered((12).__floordiv__, 10)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            remembered[0]
    assert 0 not in remembered
