"""Another password, by who is signed in."""

import pytest
from tests.web.sign_in.people import AWAY, NOON, PASSWORD, WRONG, account, added, knock, opened, seconds

from isodose.store.sessions import sessions_of
from isodose.web.sign_in.change import change_password
from isodose.web.sign_in.enter import Door, Opened, Refused
from isodose.web.sign_in.visit import Visitor, visitor

NEW = "eleven owls in a quarry"


@pytest.fixture
def ann(door: Door) -> Visitor:
    added(door, account())
    found = visitor(door, opened(knock(door, PASSWORD)).token, NOON)
    assert found is not None
    return found


def test_the_new_password_holds_and_other_sessions_end(door: Door, ann: Visitor) -> None:
    knock(door, PASSWORD, AWAY)
    assert change_password(door, ann, PASSWORD, NEW, NOON) == []
    assert [session.token_sha256 for session in sessions_of(door.database, "ann")] == [ann.session.token_sha256]
    assert knock(door, PASSWORD) == Refused()
    assert isinstance(knock(door, NEW), Opened)


def test_without_the_old_one_nothing_changes(door: Door, ann: Visitor) -> None:
    assert change_password(door, ann, WRONG, NEW, NOON) == Refused()
    assert isinstance(knock(door, PASSWORD), Opened)


def test_what_is_wrong_with_the_new_one_is_said(door: Door, ann: Visitor) -> None:
    assert "use at least 15" in str(change_password(door, ann, PASSWORD, "short", NOON))
    assert isinstance(knock(door, PASSWORD), Opened)


def test_a_screen_that_was_left_open_does_not_help_to_guess(door: Door, ann: Visitor) -> None:
    answers = [change_password(door, ann, f"{WRONG} {number}", NEW, NOON) for number in range(6)]
    assert answers == [Refused()] * 5 + [Refused(NOON + seconds(1))]
    assert change_password(door, ann, PASSWORD, NEW, NOON) == Refused(NOON + seconds(1))
    assert isinstance(knock(door, PASSWORD, AWAY), Opened), "signing in is not slowed down by it"
    assert change_password(door, ann, PASSWORD, NEW, NOON + seconds(1)) == []
