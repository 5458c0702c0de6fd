"""Codes after RFC 6238: its own examples, the window, and whatever else is typed."""

import random
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from tests.web.sign_in.people import NOON, SECRET, account, code_at, seconds

from isodose.desk.role import Role
from isodose.web.sign_in.policy import DEMO, Policy
from isodose.web.sign_in.second_factor import (
    counter_of,
    enrolment_secret,
    enrolment_uri,
    in_groups,
    is_required,
)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_examples_of_rfc_6238(second: int, code: str) -> None:
    """Appendix B, SHA-1, the last six digits."""
    assert counter_of(SECRET, code, datetime.fromtimestamp(second, UTC)) == second // 30


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(off: int, *, taken: bool) -> None:
    here = int(NOON.timestamp()) // 30
    assert counter_of(SECRET, code_at(NOON + seconds(off)), NOON) == (here + off // 30 if taken else None)


def test_a_code_may_be_typed_in_groups() -> None:
    code = code_at(NOON)
    assert counter_of(SECRET, f" {code[:3]} {code[3:]} ", NOON) is not None


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12 34 5", "-12345", "\ud800" * 6, "0" * 9999]
)
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert counter_of(SECRET, typed, NOON) is None


def test_of_all_codes_at_most_three_hold() -> None:
    holds = [code for code in range(0, 1_000_000, 97) if counter_of(SECRET, f"{code:06}", NOON) is not None]
    assert len(holds) <= 3
    assert counter_of(SECRET, code_at(NOON), NOON) is not None


def test_each_session_offers_a_secret_of_its_own() -> None:
    chance = random.Random(3)  # noqa: S311
    secrets = {enrolment_secret(str(chance.random())) for _ in range(100)}
    assert len(secrets) == 100
    assert {len(secret) for secret in secrets} == {32}
    assert enrolment_secret("a token") == enrolment_secret("a token")
    assert in_groups("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_an_authenticator_reads_the_address() -> None:
    address = enrolment_uri(SECRET, account("nurse"), Policy())
    read = urlsplit(address)
    assert (read.scheme, read.netloc, read.path) == ("otpauth", "totp", "/Isodose:ann")
    assert parse_qs(read.query) == {"secret": [SECRET], "issuer": ["Isodose"]}
    authenticator = pyotp.parse_uri(address)
    assert isinstance(authenticator, pyotp.TOTP)
    assert authenticator.at(NOON) == code_at(NOON)


def test_reviewers_and_administrators_must_have_one_outside_the_demonstration() -> None:
    roles = [role for role in Role if role is not Role.SYSTEM]
    required = {role for role in roles if is_required(account(role), Policy())}
    assert required == {Role.NURSE, Role.PHYSICIAN, Role.ADMINISTRATOR}
    assert not any(is_required(account(role), DEMO) for role in roles)
