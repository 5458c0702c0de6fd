"""Tokens, and the moments at which a session ends."""

from datetime import timedelta

import pytest
from tests.web.sign_in.people import NOON, seconds

from isodose.store.sessions import Session, Step
from isodose.web.sign_in.policy import Policy
from isodose.web.sign_in.session import (
    ends_at,
    form_token,
    hash_of_token,
    is_form_token,
    is_over,
    is_to_be_noted,
    new_token,
)

POLICY = Policy()


def session(step: Step = Step.SIGNED_IN, seen: float = 0) -> Session:
    return Session("a hash", "ann", step, NOON, NOON + timedelta(minutes=seen))


def test_tokens_are_256_bits_that_never_repeat() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {43}
    assert len({hash_of_token(token) for token in tokens}) == 1000


def test_the_hash_of_a_token_is_not_the_token() -> None:
    assert hash_of_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_form_is_of_one_session() -> None:
    one, other = new_token(), new_token()
    assert is_form_token(one, form_token(one))
    for sent in (form_token(other), one, hash_of_token(one), "", "é\ud800", form_token(one)[:-1]):
        assert not is_form_token(one, sent)


@pytest.mark.parametrize(
    ("step", "seen", "minutes"),
    [
        (Step.SIGNED_IN, 0, 30),
        (Step.SIGNED_IN, 100, 130),
        (Step.SIGNED_IN, 710, 720),
        (Step.SECOND_FACTOR, 0, 15),
        (Step.ENROLMENT, 14, 15),
        (Step.NEW_PASSWORD, 14, 15),
    ],
)
def test_a_session_ends_at_its_moment_and_not_before(step: Step, seen: float, minutes: int) -> None:
    one = session(step, seen)
    end = NOON + timedelta(minutes=minutes)
    assert ends_at(one, POLICY) == end
    assert not is_over(one, POLICY, end - timedelta(milliseconds=1))
    assert is_over(one, POLICY, end)


def test_a_request_is_noted_once_a_minute() -> None:
    assert [is_to_be_noted(session(), NOON + seconds(after)) for after in (0, 59.999, 60, 90)] == [
        False,
        False,
        True,
        True,
    ]
