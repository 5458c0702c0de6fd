"""Duplicates are shown with what differs; what is gone or far away is none."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from isodose.desk.duplicate import Likeness, Sketch, duplicates
from isodose.desk.state import State

SERVICE = frozenset({"77385", "77386", "G6015", "G6016"})
NEW = Sketch("DRAFT-1", "M1", frozenset({SERVICE}), date(2025, 11, 3), frozenset({"C61"}), "1234567893")
OLD = replace(NEW, request="TRACK-1", state=State.IN_REVIEW)


def test_an_exact_duplicate_comes_first_and_a_near_one_says_what_differs() -> None:
    near = replace(OLD, request="TRACK-2", start=date(2025, 11, 10), provider="")
    exact, other = duplicates(NEW, [near, OLD])
    assert (exact.request, exact.likeness, exact.differs) == ("TRACK-1", Likeness.EXACT, ())
    assert (other.likeness, other.differs) == (
        Likeness.NEAR,
        ("start: 2025-11-10 there, 2025-11-03 here", "provider: any there, 1234567893 here"),
    )


def test_another_code_for_the_same_service_is_near() -> None:
    assert duplicates(NEW, [replace(OLD, services=frozenset({frozenset({"G6015"})}))])[0].likeness is Likeness.NEAR


@pytest.mark.parametrize(
    "other",
    [
        replace(OLD, member="M2"),
        replace(OLD, services=frozenset({frozenset({"77301"})})),
        replace(OLD, start=NEW.start + timedelta(days=31)),
        replace(OLD, state=State.WITHDRAWN),
        replace(OLD, state=State.DISMISSED),
        replace(OLD, request=NEW.request),
    ],
)
def test_what_is_no_duplicate(other: Sketch) -> None:
    assert duplicates(NEW, [other]) == ()


def test_a_denied_request_is_a_duplicate_all_the_same() -> None:
    assert duplicates(NEW, [replace(OLD, state=State.DENIED)])[0].state is State.DENIED
