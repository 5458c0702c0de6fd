"""Tidying takes away what is over, and changes no answer."""

from datetime import datetime, timedelta

import pytest
from tests.web.sign_in.people import AWAY, NOON, PASSWORD, SECRET, account, added, knock, opened

from isodose.store.sessions import find_session
from isodose.web.sign_in.enter import Door
from isodose.web.sign_in.session import hash_of_token
from isodose.web.sign_in.tidy import tidy
from isodose.web.sign_in.visit import visitor


def is_stored(door: Door, token: str) -> bool:
    return find_session(door.database, hash_of_token(token)) is not None


@pytest.mark.parametrize("minutes", [0, 14, 15, 29, 30, 45, 100])
@pytest.mark.parametrize("secret", [None, SECRET])
def test_no_session_that_is_open_is_taken_away_and_none_that_is_over_stays_for_long(
    door: Door, minutes: int, secret: str | None
) -> None:
    added(door, account("nurse" if secret else "requester", secret=secret))
    kept, tidied = (opened(knock(door, PASSWORD)).token for _ in range(2))
    now = NOON + timedelta(minutes=minutes)
    is_open = visitor(door, kept, now) is not None
    tidy(door, now)
    assert (visitor(door, tidied, now) is not None) is is_open
    tidy(door, NOON + timedelta(minutes=minutes + 31))
    assert not is_stored(door, tidied)


def test_a_session_that_is_used_is_taken_away_after_its_longest_time(door: Door) -> None:
    added(door, account())
    token = opened(knock(door, PASSWORD)).token
    for minute in range(0, 720, 20):
        visitor(door, token, NOON + timedelta(minutes=minute))
        tidy(door, NOON + timedelta(minutes=minute))
        assert is_stored(door, token)
    tidy(door, NOON + timedelta(minutes=721))
    assert not is_stored(door, token)


@pytest.mark.parametrize("hours", [1, 23, 25])
def test_who_guessed_waits_as_long_after_tidying(door: Door, hours: int) -> None:
    """Ten failures, then nothing for some hours: the next wrong one makes the same wait with and without tidying."""
    added(door, account())

    def waits(browser_after: datetime, *, tidied: bool) -> object:
        for number in range(10):
            knock(door, browser=AWAY, after=number * 20)
        if tidied:
            tidy(door, browser_after)
        seconds = (browser_after - NOON).total_seconds()
        knock(door, browser=AWAY, after=seconds)
        return knock(door, browser=AWAY, after=seconds)

    later = NOON + timedelta(hours=hours)
    first = waits(later, tidied=False)
    with door.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM attempt")
    assert waits(later, tidied=True) == first
