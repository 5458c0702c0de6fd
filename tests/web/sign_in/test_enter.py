"""The way in, step by step, for each kind of account; and that no step can be left out, repeated or taken by somebody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.web.sign_in.people import (
    AWAY,
    CHEAP,
    HOME,
    NOON,
    PASSWORD,
    SECRET,
    WRONG,
    account,
    added,
    code_at,
    knock,
    opened,
    seconds,
)

from isodose.store.account_events import account_events
from isodose.store.accounts import change_account, find_account
from isodose.store.sessions import Step, find_session, sessions_of
from isodose.web.sign_in.enter import (
    Browser,
    Door,
    Opened,
    Pending,
    Refused,
    choose_password,
    enrol,
    give_code,
    new_password_problems,
)
from isodose.web.sign_in.password import is_right
from isodose.web.sign_in.policy import Policy
from isodose.web.sign_in.second_factor import enrolment_secret
from isodose.web.sign_in.session import form_token, hash_of_token, is_form_token
from isodose.web.sign_in.visit import sign_out, sign_out_everywhere, visitor

NEW = "eleven owls in a quarry"


def pending(answer: Opened | Refused | list[str], browser: Browser = HOME) -> Pending:
    one = opened(answer)
    return Pending(one.session, one.token, browser)


def test_a_requester_is_in_with_the_password(door: Door) -> None:
    ann = added(door, account())
    answer = opened(knock(door, PASSWORD))
    assert answer.session.step is Step.SIGNED_IN
    found = visitor(door, answer.token, NOON)
    assert found is not None
    assert found.is_signed_in
    assert (found.account, found.by.practice) == (ann, "P1")
    assert is_form_token(answer.token, found.form_token)
    assert [one.event.kind for one in account_events(door.database)] == ["signed-in", "added"]


def test_a_name_is_taken_however_it_is_written(door: Door) -> None:
    added(door, account())
    assert isinstance(knock(door, PASSWORD, name=" Ann "), Opened)


@pytest.mark.parametrize("name", ["nobody", "", "a\0b", "\ud800", "x" * 100_000, "ann'--", "system"])
def test_no_account_is_told_from_a_wrong_password(door: Door, name: str) -> None:
    added(door, account())
    assert knock(door, PASSWORD, name=name) == Refused() == knock(door, WRONG)


def test_who_may_not_sign_in_gets_the_same_answer(door: Door) -> None:
    added(door, replace(account(), disabled=True))
    added(door, replace(account(), name="new", password=None))
    assert knock(door, PASSWORD) == Refused()
    assert [knock(door, typed, name="new") for typed in (PASSWORD, "")] == [Refused(), Refused()]
    assert sessions_of(door.database, "ann") == []


def test_a_code_comes_after_the_password(door: Door) -> None:
    added(door, account("nurse", secret=SECRET))
    first = knock(door, PASSWORD)
    assert opened(first).session.step is Step.SECOND_FACTOR
    assert opened(first).device is None
    found = visitor(door, opened(first).token, NOON)
    assert found is not None
    assert not found.is_signed_in
    second = opened(give_code(door, pending(first), code_at(NOON), NOON))
    assert second.session.step is Step.SIGNED_IN
    assert second.token != opened(first).token
    assert visitor(door, opened(first).token, NOON) is None


def test_a_code_lets_in_once(door: Door) -> None:
    """Who reads it over a shoulder comes too late."""
    added(door, account("nurse", secret=SECRET))
    mine, theirs = knock(door, PASSWORD), knock(door, PASSWORD, AWAY)
    code = code_at(NOON)
    assert isinstance(give_code(door, pending(mine), code, NOON), Opened)
    assert give_code(door, pending(theirs, AWAY), code, NOON) == Refused()
    later = NOON + seconds(30)
    assert isinstance(give_code(door, pending(theirs, AWAY), code_at(later), later), Opened)


def test_guessing_codes_is_slowed_down(door: Door) -> None:
    added(door, account("nurse", secret=SECRET))
    first = pending(knock(door, PASSWORD))
    codes = ["000000", "111111", "222222", "333333", "444444", "555555"]
    answers = [give_code(door, first, code, NOON) for code in codes]
    assert answers == [Refused()] * 5 + [Refused(NOON + seconds(1))]
    assert isinstance(give_code(door, first, code_at(NOON), NOON + seconds(1)), Opened)


def test_another_network_or_session_does_not_help_to_guess_codes(door: Door) -> None:
    added(door, account("nurse", secret=SECRET))
    for number in range(5):
        browser = Browser(f"203.0.113.{number}")
        give_code(door, pending(knock(door, PASSWORD, browser), browser), "000000", NOON)
    assert give_code(door, pending(knock(door, PASSWORD)), "000000", NOON) == Refused(NOON + seconds(1))


def test_a_reviewer_without_an_authenticator_enrols_one(door: Door) -> None:
    added(door, account("nurse"))
    first = knock(door, PASSWORD)
    assert opened(first).session.step is Step.ENROLMENT
    assert enrol(door, pending(first), "000000", NOON) == Refused()
    secret = enrolment_secret(opened(first).token)
    second = opened(enrol(door, pending(first), code_at(NOON, secret), NOON))
    assert second.session.step is Step.SIGNED_IN
    stored = find_account(door.database, "ann")
    assert stored is not None
    assert stored.second_factor == secret
    again = pending(knock(door, PASSWORD))
    assert give_code(door, again, code_at(NOON, secret), NOON) == Refused(), "the code of the enrolment is used"
    later = NOON + seconds(60)
    assert isinstance(give_code(door, again, code_at(later, secret), later), Opened)


def test_in_a_demonstration_a_reviewer_needs_none(door: Door) -> None:
    added(door, account("physician"))
    demo = Door(door.database, Policy(cost=CHEAP, second_factor=frozenset()))
    assert opened(knock(demo, PASSWORD)).session.step is Step.SIGNED_IN


def test_a_temporary_password_is_replaced(door: Door) -> None:
    added(door, account("nurse", secret=SECRET, temporary=True))
    second = give_code(door, pending(knock(door, PASSWORD)), code_at(NOON), NOON)
    assert opened(second).session.step is Step.NEW_PASSWORD
    assert choose_password(door, pending(second), PASSWORD, NOON) == [
        "It is the one that you were given; choose another, which only you know."
    ]
    assert "use at least 8" in str(choose_password(door, pending(second), "short", NOON))
    third = opened(choose_password(door, pending(second), NEW, NOON))
    assert third.session.step is Step.SIGNED_IN
    stored = find_account(door.database, "ann")
    assert stored is not None
    assert is_right(stored.password, NEW, CHEAP)
    assert not stored.password_is_temporary
    assert knock(door, PASSWORD) == Refused()


def test_a_new_password_ends_what_the_temporary_one_opened(door: Door) -> None:
    added(door, account(temporary=True))
    mine, theirs = knock(door, PASSWORD), knock(door, PASSWORD, AWAY)
    assert isinstance(choose_password(door, pending(mine), NEW, NOON), Opened)
    assert find_session(door.database, opened(theirs).session.token_sha256) is None


def test_a_password_without_a_second_factor_is_longer(door: Door) -> None:
    short = "kgwzrtvb"
    assert new_password_problems(door.policy, account(), short) != []
    assert new_password_problems(door.policy, account(secret=SECRET), short) == []
    assert new_password_problems(door.policy, account("nurse"), short) == []
    assert new_password_problems(door.policy, account(), "Ann Lee Isodose 2026") != []


def test_a_step_that_was_taken_cannot_be_taken_again(door: Door) -> None:
    added(door, account("nurse", secret=SECRET, temporary=True))
    first = pending(knock(door, PASSWORD))
    assert isinstance(give_code(door, first, code_at(NOON), NOON), Opened)
    later = NOON + seconds(30)
    assert give_code(door, first, code_at(later), later) == Refused()


def test_the_browser_is_told_its_token_once_and_the_database_never(door: Door) -> None:
    added(door, account())
    answer = opened(knock(door, PASSWORD))
    assert answer.device
    with door.database.reading() as connection:
        dump = "\n".join(connection.connection.iterdump())
    for secret in (answer.token, answer.device, form_token(answer.token), PASSWORD):
        assert secret not in dump
    assert hash_of_token(answer.token) in dump


def test_a_session_lasts_while_it_is_used_and_twelve_hours_at_most(door: Door) -> None:
    added(door, account())
    token = opened(knock(door, PASSWORD)).token
    for minute in range(0, 720, 29):
        found = visitor(door, token, NOON + timedelta(minutes=minute))
        assert found is not None
        assert found.ends_at == NOON + timedelta(minutes=min(minute + 30, 720))
    assert visitor(door, token, NOON + timedelta(minutes=720)) is None
    assert sessions_of(door.database, "ann") == []


def test_a_session_without_requests_is_over_after_half_an_hour(door: Door) -> None:
    added(door, account())
    token = opened(knock(door, PASSWORD)).token
    assert visitor(door, token, NOON + timedelta(minutes=30)) is None
    assert visitor(door, token, NOON) is None, "and stays so"


def test_an_account_that_is_disabled_is_out_at_once(door: Door) -> None:
    ann = added(door, account())
    token = opened(knock(door, PASSWORD)).token
    change_account(door.database, ann, replace(ann, disabled=True), "root", NOON)
    assert visitor(door, token, NOON) is None


@pytest.mark.parametrize("token", ["", "made up", "\ud800", "x" * 5000])
def test_a_token_of_no_session_is_nobodys(door: Door, token: str) -> None:
    assert visitor(door, token, NOON) is None


def test_signing_out_here_and_everywhere(door: Door) -> None:
    added(door, account())
    tokens = [opened(knock(door, PASSWORD)).token for _ in range(3)]
    first = visitor(door, tokens[0], NOON)
    assert first is not None
    sign_out(door, first, NOON)
    assert [visitor(door, token, NOON) is None for token in tokens] == [True, False, False]
    second = visitor(door, tokens[1], NOON)
    assert second is not None
    sign_out_everywhere(door, second, NOON)
    assert [visitor(door, token, NOON) for token in tokens] == [None] * 3
    kinds = [one.event.kind for one in account_events(door.database, "ann", most=2)]
    assert kinds == ["signed-out-everywhere", "signed-out"]
