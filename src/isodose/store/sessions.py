"""Sessions, kept here and not in the browser: it holds a token, of which only the SHA-256 is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from isodose.store.database import Database
from isodose.store.tables import SESSION


class Step(StrEnum):
    """How far signing in has come: which step is next, or that none is."""

    SECOND_FACTOR = "second-factor"
    ENROLMENT = "enrolment"
    NEW_PASSWORD = "new-password"  # noqa: S105 (a step, no password)
    SIGNED_IN = "signed-in"


@dataclass(frozen=True, slots=True)
class Session:
    """``started`` is when the password was given, ``seen`` the last request that was noted."""

    token_sha256: str
    account: str
    step: Step
    started: datetime
    seen: datetime


def start_session(database: Database, session: Session) -> None:
    with database.writing() as connection:
        connection.execute(insert(SESSION).values(asdict(session)))


def find_session(database: Database, token_sha256: str) -> Session | None:
    """The session, whether or not its time is over; the account is looked up by its own name."""
    query = select(SESSION).where(SESSION.c.token_sha256 == token_sha256)
    with database.reading() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else _from_row(row)


def sessions_of(database: Database, account: str) -> list[Session]:
    """Where an account is signed in, the one seen last first."""
    query = select(SESSION).where(SESSION.c.account == account).order_by(SESSION.c.seen.desc())
    with database.reading() as connection:
        return [_from_row(row) for row in connection.execute(query)]


def note_seen(database: Database, token_sha256: str, now: datetime) -> None:
    statement = update(SESSION).where(SESSION.c.token_sha256 == token_sha256, SESSION.c.seen < now)
    with database.writing() as connection:
        connection.execute(statement.values(seen=now))


def move_on(database: Database, session: Session, token_sha256: str, step: Step, now: datetime) -> Session | None:
    """The session one step further, under a new token; None if it has ended or moved on meanwhile."""
    here = (SESSION.c.token_sha256 == session.token_sha256, SESSION.c.step == session.step)
    with database.writing() as connection:
        moved = update(SESSION).where(*here).values(token_sha256=token_sha256, step=step, seen=now)
        if not connection.execute(moved).rowcount:
            return None
    return Session(token_sha256, session.account, step, session.started, now)


def end_session(database: Database, token_sha256: str) -> None:
    with database.writing() as connection:
        connection.execute(delete(SESSION).where(SESSION.c.token_sha256 == token_sha256))


def end_all_sessions(database: Database, account: str, keep: str = "") -> None:
    """Sign out everywhere, but for the session whose token's SHA-256 is ``keep``."""
    with database.writing() as connection:
        end_all_in(connection, account, keep)


def end_all_in(connection: Connection, account: str, keep: str = "") -> None:
    connection.execute(delete(SESSION).where(SESSION.c.account == account, SESSION.c.token_sha256 != keep))


def forget_sessions(database: Database, started_before: datetime, seen_before: datetime) -> int:
    """Take away those whose time is over; how many."""
    over = or_(SESSION.c.started < started_before, SESSION.c.seen < seen_before)
    with database.writing() as connection:
        return connection.execute(delete(SESSION).where(over)).rowcount


def _from_row(row: Any) -> Session:
    return Session(row.token_sha256, row.account, Step(row.step), row.started, row.seen)
