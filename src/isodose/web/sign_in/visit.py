"""Whose request this is, by the token that came with it; and signing out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from isodose.desk.role import By, Role
from isodose.store.account_events import add_account_event
from isodose.store.accounts import Account, find_account
from isodose.store.event import Event
from isodose.store.sessions import Session, Step, end_all_sessions, end_session, find_session, note_seen
from isodose.web.sign_in.enter import Browser, Door, Pending
from isodose.web.sign_in.session import ends_at, form_token, hash_of_token, is_over, is_to_be_noted


@dataclass(frozen=True, slots=True)
class Visitor:
    """An account with an open session. Until ``is_signed_in`` nothing but the next step of signing in is open to it."""

    account: Account
    session: Session
    token: str
    ends_at: datetime

    @property
    def is_signed_in(self) -> bool:
        return self.session.step is Step.SIGNED_IN

    @property
    def by(self) -> By:
        """Who acts, as the desk asks."""
        return By(self.account.name, Role(self.account.role), self.account.practice or "")

    @property
    def form_token(self) -> str:
        return form_token(self.token)

    def pending(self, browser: Browser) -> Pending:
        """On the way to the next step."""
        return Pending(self.session, self.token, browser)


def visitor(door: Door, token: str, now: datetime) -> Visitor | None:
    """Who has this token; None if it is no session's, if its time is over, or if the account was disabled."""
    session = find_session(door.database, hash_of_token(token))
    if session is None:
        return None
    account = find_account(door.database, session.account)
    if account is None or account.disabled or is_over(session, door.policy, now):
        end_session(door.database, session.token_sha256)
        return None
    if is_to_be_noted(session, now):
        note_seen(door.database, session.token_sha256, now)
        session = replace(session, seen=now)
    return Visitor(account, session, token, ends_at(session, door.policy))


def sign_out(door: Door, visitor: Visitor, now: datetime) -> None:
    end_session(door.database, visitor.session.token_sha256)
    _say(door, visitor, "signed-out", now)


def sign_out_everywhere(door: Door, visitor: Visitor, now: datetime) -> None:
    """All sessions of the account, this one too."""
    end_all_sessions(door.database, visitor.account.name)
    _say(door, visitor, "signed-out-everywhere", now)


def _say(door: Door, visitor: Visitor, what: str, now: datetime) -> None:
    add_account_event(door.database, visitor.account.name, Event(what, now, visitor.account.name, {}))
