"""Finding requests by where they stand: a worklist by deadline, those of a practice or a member, one by its number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.engine import RowMapping

from isodose.store.database import Database
from isodose.store.head import Head, numbers_and_codes
from isodose.store.tables import AUTHORIZATION, EVENT, HEAD

PAGE = 50
"""Requests that are found at once, unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A request with its head, how many events it has, and when the last one was.

    In a list the head is without numbers of authorizations and codes: nobody looks for those of many at once.
    """

    request: str
    number: int
    at: datetime
    head: Head


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests: all that is given must hold. ``assigned`` is an account; ``unassigned`` asks for those nobody has.

    ``decided_by_others`` is an account, too: somebody else decided, and nobody has looked at that a second time.
    """

    states: Collection[str] = ()
    practice: str | None = None
    member: str | None = None
    assigned: str | None = None
    unassigned: bool = False
    due_before: datetime | None = None
    decided_by_others: str | None = None


ANY = Wanted()


def worklist(database: Database, wanted: Wanted = ANY, after: Found | None = None, most: int = PAGE) -> list[Found]:
    """Those with a deadline, the next one first; ``after`` the last of the page before."""
    query = select(HEAD).where(HEAD.c.due.is_not(None), *_conditions(wanted)).order_by(HEAD.c.due, HEAD.c.request)
    if after:
        query = query.where(tuple_(HEAD.c.due, HEAD.c.request) > (after.head.due, after.request))
    return _found(database, query.limit(most))


def newest(database: Database, wanted: Wanted, after: Found | None = None, most: int = PAGE) -> list[Found]:
    """Open and closed, what happened last first."""
    query = select(HEAD).where(*_conditions(wanted)).order_by(HEAD.c.at.desc(), HEAD.c.request.desc())
    if after:
        query = query.where(tuple_(HEAD.c.at, HEAD.c.request) < (after.at, after.request))
    return _found(database, query.limit(most))


def counts(database: Database, wanted: Wanted = ANY) -> dict[str, int]:
    """How many there are in each state; a state in which there is none is left out."""
    query = select(HEAD.c.state, func.count().label("number")).where(*_conditions(wanted)).group_by(HEAD.c.state)
    with database.reading() as connection:
        return {row.state: row.number for row in connection.execute(query)}


def every_request(database: Database) -> list[str]:
    """The tracking numbers of all requests, in their order."""
    with database.reading() as connection:
        return list(connection.execute(select(HEAD.c.request).order_by(HEAD.c.request)).scalars())


def unanswered(database: Database, kinds: Collection[str], answer: str, since: datetime) -> list[str]:
    """The requests in which one of these events came at or after a moment, and no ``answer`` after it; what moved last first."""
    later = EVENT.alias("later")
    answered = select(later.c.number).where(
        later.c.request == EVENT.c.request, later.c.number > EVENT.c.number, later.c.kind == answer
    )
    query = (
        select(HEAD.c.request)
        .join(EVENT, EVENT.c.request == HEAD.c.request)
        .where(HEAD.c.at >= since, EVENT.c.kind.in_(kinds), EVENT.c.at >= since, ~answered.exists())
        .group_by(HEAD.c.request, HEAD.c.at)
        .order_by(HEAD.c.at.desc(), HEAD.c.request)
    )
    with database.reading() as connection:
        return list(connection.execute(query).scalars())


def by_number(database: Database, number: str) -> Found | None:
    """The request with this tracking number, or to which an authorization of this number was given."""
    of_authorization = select(AUTHORIZATION.c.request).where(AUTHORIZATION.c.authorization == number)
    with database.reading() as connection:
        for request in (number, of_authorization.scalar_subquery()):
            row = connection.execute(select(HEAD).where(HEAD.c.request == request)).mappings().one_or_none()
            if row:
                return _from_row(row, *numbers_and_codes(connection, row["request"]))
    return None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    given = {HEAD.c.practice: wanted.practice, HEAD.c.member: wanted.member, HEAD.c.assigned: wanted.assigned}
    found = [column == value for column, value in given.items() if value is not None]
    if wanted.states:
        found.append(HEAD.c.state.in_(wanted.states))
    if wanted.unassigned:
        found.append(HEAD.c.assigned.is_(None))
    if wanted.due_before:
        found.append(HEAD.c.due < wanted.due_before)
    if wanted.decided_by_others:
        found.append(HEAD.c.decided_by != wanted.decided_by_others)
    return found


def _found(database: Database, query: Select[Any]) -> list[Found]:
    with database.reading() as connection:
        return [_from_row(row) for row in connection.execute(query).mappings()]


def _from_row(row: RowMapping, numbers: tuple[str, ...] = (), codes: tuple[str, ...] = ()) -> Found:
    own = (row["state"], row["practice"], row["member"], row["due"], row["assigned"])
    return Found(row["request"], row["number"], row["at"], Head(*own, numbers, row["decided_by"], codes))
