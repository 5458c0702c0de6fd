"""Accounts, browsers and moments of the tests."""

from datetime import UTC, datetime, timedelta

import pyotp

from isodose.store.accounts import Account, add_account
from isodose.web.sign_in.enter import Browser, Door, Opened, Refused, give_password
from isodose.web.sign_in.password import hash_of
from isodose.web.sign_in.policy import Cost

CHEAP = Cost(8, 1, 1)
"""The least that Argon2 takes."""

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
PASSWORD = "seven green tractors hum"  # noqa: S105 (the tests' own)
WRONG = "seven green tractors hem"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105
HOME, AWAY = Browser("192.0.2.1"), Browser("198.51.100.7")


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def account(role: str = "requester", *, secret: str | None = None, temporary: bool = False) -> Account:
    hashed = hash_of(PASSWORD, CHEAP)
    practice = "P1" if role == "requester" else None
    return Account("ann", "Ann Lee", role, practice, hashed, temporary, secret)


def added(door: Door, new: Account) -> Account:
    add_account(door.database, new, "root", NOON)
    return new


def code_at(moment: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(moment)


def knock(
    door: Door, password: str = WRONG, browser: Browser = HOME, after: float = 0, name: str = "ann"
) -> Opened | Refused:
    return give_password(door, name, password, browser, NOON + seconds(after))


def opened(answer: Opened | Refused | list[str]) -> Opened:
    assert isinstance(answer, Opened), answer
    return answer
