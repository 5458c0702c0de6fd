"""How long who guesses waits, and that nobody waits for what others guessed."""

from datetime import timedelta

import pytest
from tests.web.sign_in.people import AWAY, HOME, NOON, PASSWORD, account, added, knock, seconds

from isodose.store.attempts import Failures
from isodose.web.sign_in.attempts import OF_A_NETWORK, OF_AN_ACCOUNT, network_of, subjects_of_password
from isodose.web.sign_in.enter import Browser, Door, Opened, Refused

DAY = 24 * 60 * 60


@pytest.mark.parametrize(
    ("count", "wait"), [(1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (14, 512), (15, 900), (16, 900), (10_000, 900)]
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(count: int, wait: int) -> None:
    assert OF_AN_ACCOUNT.next_try(Failures(count, NOON)) == NOON + seconds(wait)


def test_a_quiet_day_clears_failures() -> None:
    failures = Failures(20, NOON)
    assert OF_AN_ACCOUNT.counted(failures, NOON + timedelta(hours=23, minutes=59)) == 20
    assert OF_AN_ACCOUNT.counted(failures, NOON + timedelta(hours=24)) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("testclient", "testclient", True),
        ("", "192.0.2.1", False),
    ],
)
def test_a_network_is_what_one_customer_holds(one: str, other: str, *, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_what_was_typed_for_a_name_is_not_kept() -> None:
    subjects = subjects_of_password("my password by mistake", "192.0.2.1", None)
    assert {len(subject) for subject in subjects.slowing} == {64}
    assert "password" not in str(subjects)
    assert subjects_of_password("a\ud800", "x", None).own


def guesses_that_count(door: Door, browsers: list[Browser], names: list[str], until: int) -> int:
    """Somebody who tries as soon as the door lets them: how many passwords are really compared."""
    now, compared = 0.0, 0
    while now < until:
        tried = [knock(door, browser=browser, name=name, after=now) for browser in browsers for name in names]
        waits = [answer.until for answer in tried if isinstance(answer, Refused) and answer.until]
        compared += len(tried) - len(waits)
        now = max(now + 1, min(((until - NOON).total_seconds() for until in waits), default=0))
    return compared


def test_a_day_of_guessing_from_one_network_compares_few_passwords(door: Door) -> None:
    added(door, account())
    assert guesses_that_count(door, [HOME], ["ann"], DAY) <= 5 + 10 + DAY // 900


def test_guessing_at_many_accounts_from_one_network_is_slowed_down_too(door: Door) -> None:
    names = [f"nobody{number}" for number in range(200)]
    refused = [knock(door, name=name) for name in names]
    compared = [answer for answer in refused if isinstance(answer, Refused) and answer.until is None]
    assert len(compared) == OF_A_NETWORK.free


def test_nobody_is_shut_out_by_guesses_from_elsewhere(door: Door) -> None:
    added(door, account())
    for after in range(60):
        knock(door, browser=AWAY, after=after)
    assert isinstance(knock(door, PASSWORD, AWAY, after=60), Refused)
    assert isinstance(knock(door, PASSWORD, HOME, after=60), Opened)


def test_nobody_is_shut_out_of_their_own_browser_by_guesses_from_their_own_network(door: Door) -> None:
    added(door, account())
    first = knock(door, PASSWORD, HOME)
    assert isinstance(first, Opened)
    assert first.device
    for after in range(1, 60):
        knock(door, browser=HOME, after=after)
    assert isinstance(knock(door, PASSWORD, HOME, after=60), Refused)
    assert isinstance(knock(door, PASSWORD, Browser(HOME.address, first.device), after=60), Opened)


def test_a_known_browser_is_slowed_down_for_its_own_guesses(door: Door) -> None:
    added(door, account())
    first = knock(door, PASSWORD, HOME)
    assert isinstance(first, Opened)
    assert first.device
    own = Browser(AWAY.address, first.device)
    answers = [knock(door, browser=own, after=1) for _ in range(6)]
    assert [isinstance(answer, Refused) and answer.until is None for answer in answers] == [True] * 5 + [False]
    assert isinstance(knock(door, PASSWORD, HOME, after=1), Opened)


@pytest.mark.parametrize("device", ["made up", "\ud800", "x" * 5000])
def test_a_browser_that_only_says_it_is_known_is_not(door: Door, device: str) -> None:
    added(door, account())
    for _ in range(5):
        knock(door, browser=Browser(HOME.address, device))
    answer = knock(door, PASSWORD, Browser(HOME.address, device[::-1]))
    assert answer == Refused(NOON + seconds(1))


def test_a_clinic_that_signs_in_all_day_from_one_address_never_waits(door: Door) -> None:
    added(door, account())
    for number in range(OF_A_NETWORK.free + 10):
        assert isinstance(knock(door, PASSWORD, HOME, after=number), Opened)


def test_ones_own_right_password_does_not_clear_what_one_guessed_at_others(door: Door) -> None:
    """Else who has one account could guess at all others without end."""
    added(door, account())
    compared = 0
    for number in range(100):
        knock(door, PASSWORD, HOME)
        answer = knock(door, browser=HOME, name=f"victim{number}")
        compared += isinstance(answer, Refused) and answer.until is None
    assert compared <= OF_A_NETWORK.free
