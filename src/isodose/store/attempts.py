"""How often signing in failed of late, by subject. What the subjects are, and how long each waits, is the caller's rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, delete, select, update

from isodose.store.database import Database
from isodose.store.dialect import insert_new
from isodose.store.tables import ATTEMPT


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed attempts on one subject, and when the last one was."""

    count: int
    last: datetime


class Slowing(Protocol):
    """The rule by which a subject is slowed down."""

    def counted(self, failures: Failures, now: datetime) -> int:
        """How many of them still count."""

    def next_try(self, failures: Failures) -> datetime:
        """From when on one may try again."""


def begin_attempt(database: Database, subjects: Mapping[str, Slowing], now: datetime) -> datetime | None:
    """Count an attempt on each subject as failed, before it is known whether it is: many at once gain nothing.

    If one of them has to wait, nothing is counted, and the answer is until when; None lets the attempt go on.
    """
    with database.writing() as connection:
        counts: dict[str, int] = {}
        waits = [now]
        for subject, failures in _failures(connection, sorted(subjects), now).items():
            counts[subject] = subjects[subject].counted(failures, now)
            if counts[subject]:
                waits.append(subjects[subject].next_try(failures))
        if max(waits) > now:
            return max(waits)
        for subject, count in counts.items():
            connection.execute(update(ATTEMPT).where(ATTEMPT.c.subject == subject).values(failures=count + 1, last=now))
    return None


def forget_failures(database: Database, subject: str) -> None:
    """The attempt was right: what was counted against the subject is gone."""
    with database.writing() as connection:
        connection.execute(delete(ATTEMPT).where(ATTEMPT.c.subject == subject))


def take_back(database: Database, subject: str) -> None:
    """The attempt was right: it is no longer counted, but all others on the subject are."""
    there = update(ATTEMPT).where(ATTEMPT.c.subject == subject, ATTEMPT.c.failures > 0)
    with database.writing() as connection:
        connection.execute(there.values(failures=ATTEMPT.c.failures - 1))


def forget_failures_before(database: Database, moment: datetime) -> int:
    """Take away what is older; how many subjects."""
    with database.writing() as connection:
        return connection.execute(delete(ATTEMPT).where(ATTEMPT.c.last < moment)).rowcount


def _failures(connection: Connection, subjects: list[str], now: datetime) -> dict[str, Failures]:
    """By subject, held until the transaction ends; in one order, so that two attempts never wait for each other."""
    insert_new(connection, ATTEMPT, [{"subject": subject, "failures": 0, "last": now} for subject in subjects])
    query = select(ATTEMPT).where(ATTEMPT.c.subject.in_(subjects)).order_by(ATTEMPT.c.subject).with_for_update()
    return {row.subject: Failures(row.failures, row.last) for row in connection.execute(query)}
