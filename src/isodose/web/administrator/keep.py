"""What is done to accounts, by an administrator or at the command line. A password is temporary, and told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from isodose.store.account_events import add_account_event
from isodose.store.accounts import Account, add_account, change_account
from isodose.store.event import Event
from isodose.store.sessions import end_all_sessions
from isodose.web.sign_in.enter import Door, with_password
from isodose.web.sign_in.password import temporary_password


def add(door: Door, account: Account, by: str, now: datetime) -> str:
    """A new account, and its temporary password. Raises ``TakenError`` if there is one of that name."""
    password = temporary_password()
    add_account(door.database, with_password(account, password, door.policy, temporary=True), by, now)
    return password


def reset(door: Door, before: Account, by: str, now: datetime) -> str:
    """A new temporary password, for whom the old one or the authenticator is lost: the second factor is enrolled anew."""
    password = temporary_password()
    after = replace(with_password(before, password, door.policy, temporary=True), second_factor=None)
    change_account(door.database, before, after, by, now)
    return password


def disable(door: Door, before: Account, by: str, now: datetime, *, disabled: bool = True) -> None:
    """Nobody signs in to it any more, and who is signed in is not from now on; or again, with the password that it had."""
    change_account(door.database, before, replace(before, disabled=disabled), by, now)


def sign_out(door: Door, account: Account, by: str, now: datetime) -> None:
    """All sessions of the account end; its password stays."""
    end_all_sessions(door.database, account.name)
    add_account_event(door.database, account.name, Event("signed-out-everywhere", now, by, {}))
