"""The way in: a password, then what else the account needs, each a step of one session that gets a new token each time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from isodose.store.account_events import add_account_event
from isodose.store.accounts import Account, change_account, find_account, use_second_factor
from isodose.store.attempts import begin_attempt, forget_failures, take_back
from isodose.store.database import Database
from isodose.store.devices import is_known_device, know_device
from isodose.store.event import Event
from isodose.store.sessions import Session, Step, move_on, start_session
from isodose.web.sign_in.attempts import Subjects, subjects_of_code, subjects_of_password
from isodose.web.sign_in.password import hash_of, is_right, normal
from isodose.web.sign_in.password_rules import password_problems
from isodose.web.sign_in.policy import Policy
from isodose.web.sign_in.second_factor import counter_of, enrolment_secret, is_required
from isodose.web.sign_in.session import hash_of_token, new_token


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a form came from: the client's address, and the token of the browser's own cookie (empty: it has none)."""

    address: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with its token, which is told once. ``device`` is the token to keep in the browser once signed in."""

    token: str
    session: Session
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Not let in. ``until`` says from when on one may try again, if not at once; why is never said."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """Where people sign in: the database and the policy."""

    database: Database
    policy: Policy


@dataclass(frozen=True, slots=True)
class Pending:
    """Who is on the way in: the session with its token, and the browser."""

    session: Session
    token: str
    browser: Browser


def give_password(door: Door, name: str, password: str, browser: Browser, now: datetime) -> Opened | Refused:
    """A name and its password. What is wrong, or whether there is such an account, cannot be told from the answer or its time."""
    name = normal(name).strip().lower()
    subjects = subjects_of_password(name, browser.address, _known_device(door, name, browser, now))
    if until := begin_attempt(door.database, subjects.slowing, now):
        return Refused(until)
    account = _account(door, name)
    if not is_right(account.password if account else None, password, door.policy.cost):
        return Refused()
    if account is None or account.disabled:
        return Refused()
    _was_right(door, subjects)
    token = new_token()
    step = _after_password(account, door.policy)
    session = Session(hash_of_token(token), account.name, step, now, now)
    start_session(door.database, session)
    return _opened(door, token, session, browser, now)


def give_code(door: Door, pending: Pending, typed: str, now: datetime) -> Opened | Refused:
    """The authenticator's code."""
    account = _account_of(door, pending)
    subjects = subjects_of_code(account.name, _known_device(door, account.name, pending.browser, now))
    if until := begin_attempt(door.database, subjects.slowing, now):
        return Refused(until)
    counter = counter_of(account.second_factor, typed, now) if account.second_factor else None
    if counter is None or not use_second_factor(door.database, account.name, counter):
        return Refused()
    _was_right(door, subjects)
    return _moved(door, pending, _after_second_factor(account), now)


def enrol(door: Door, pending: Pending, typed: str, now: datetime) -> Opened | Refused:
    """The first code of the authenticator that the session offered to enrol (`enrolment_secret` of its token)."""
    account = _account_of(door, pending)
    secret = enrolment_secret(pending.token)
    counter = counter_of(secret, typed, now)
    if counter is None:
        return Refused()
    _change(door, pending, account, replace(account, second_factor=secret), now)
    use_second_factor(door.database, account.name, counter)
    return _moved(door, pending, _after_second_factor(account), now)


def choose_password(door: Door, pending: Pending, typed: str, now: datetime) -> Opened | Refused | list[str]:
    """A password in place of the temporary one, or all that is wrong with it."""
    account = _account_of(door, pending)
    if problems := new_password_problems(door.policy, account, typed):
        return problems
    _change(door, pending, account, with_password(account, typed, door.policy), now)
    return _moved(door, pending, Step.SIGNED_IN, now)


def new_password_problems(policy: Policy, account: Account, typed: str) -> list[str]:
    """A sentence for each; one that somebody else chose is no new one."""
    own_words = (account.name, account.display_name, policy.service)
    second_factor = account.second_factor is not None or is_required(account, policy)
    problems = password_problems(typed, own_words, second_factor=second_factor)
    if not problems and account.password_is_temporary and is_right(account.password, typed, policy.cost):
        problems.append("It is the one that you were given; choose another, which only you know.")
    return problems


def with_password(account: Account, typed: str, policy: Policy, *, temporary: bool = False) -> Account:
    """The account with another password, which was checked."""
    return replace(account, password=hash_of(typed, policy.cost), password_is_temporary=temporary)


def _account(door: Door, name: str) -> Account | None:
    """No account has a name that the database could not hold."""
    return find_account(door.database, name) if name.isprintable() else None


def _account_of(door: Door, pending: Pending) -> Account:
    found = find_account(door.database, pending.session.account)
    assert found is not None, "no account is ever taken away"
    return found


def _known_device(door: Door, name: str, browser: Browser, now: datetime) -> str | None:
    """The browser as it is stored, if the account has signed in from it."""
    device = hash_of_token(browser.device)
    since = now - door.policy.device
    known = name.isprintable() and is_known_device(door.database, name, device, since)
    return device if known and browser.device else None


def _after_password(account: Account, policy: Policy) -> Step:
    if account.second_factor:
        return Step.SECOND_FACTOR
    return Step.ENROLMENT if is_required(account, policy) else _after_second_factor(account)


def _after_second_factor(account: Account) -> Step:
    return Step.NEW_PASSWORD if account.password_is_temporary else Step.SIGNED_IN


def _was_right(door: Door, subjects: Subjects) -> None:
    forget_failures(door.database, subjects.own)
    if subjects.shared:
        take_back(door.database, subjects.shared)


def _change(door: Door, pending: Pending, before: Account, after: Account, now: datetime) -> None:
    """Done by the account itself; its other sessions end."""
    change_account(door.database, before, after, after.name, now, keep=pending.session.token_sha256)


def _moved(door: Door, pending: Pending, step: Step, now: datetime) -> Opened | Refused:
    token = new_token()
    session = move_on(door.database, pending.session, hash_of_token(token), step, now)
    return _opened(door, token, session, pending.browser, now) if session else Refused()


def _opened(door: Door, token: str, session: Session, browser: Browser, now: datetime) -> Opened:
    """Once signed in, the browser is known and the log says so."""
    if session.step is not Step.SIGNED_IN:
        return Opened(token, session)
    device = browser.device or new_token()
    know_device(door.database, session.account, hash_of_token(device), now)
    add_account_event(door.database, session.account, Event("signed-in", now, session.account, {}))
    return Opened(token, session, device)
