"""Where a request stands after its last event: what worklists and searches look at.

All of it follows from the events. The caller says what it is as it appends, so that both are written in one transaction, and
says it again from the events alone where heads are made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from isodose.store.errors import TakenError
from isodose.store.event import Stored
from isodose.store.tables import AUTHORIZATION, HEAD


@dataclass(frozen=True, slots=True)
class Head:
    """State and whose request it is; ``due`` is its next deadline, None once nothing waits; ``assigned`` who has it.

    ``authorizations`` are the numbers that were given for it; each belongs to one request, for ever.
    """

    state: str
    practice: str | None = None
    member: str | None = None
    due: datetime | None = None
    assigned: str | None = None
    authorizations: tuple[str, ...] = ()


_INSERT = insert(HEAD)
_UPDATE = update(HEAD).where(HEAD.c.request == bindparam("of"))
_NUMBERS = select(AUTHORIZATION.c.authorization).where(AUTHORIZATION.c.request == bindparam("of"))

HeadOf = Callable[[Sequence[Stored]], Head]
"""The head of a request by its events: the caller's own rule."""


def put(connection: Connection, last: Stored, head: Head) -> None:
    """The head of a request after its last event. Raises ``TakenError`` for a number of another request."""
    row = _row(last, head)
    if not connection.execute(_UPDATE, {"of": last.request, **row}).rowcount:
        connection.execute(_INSERT, row)
    if head.authorizations:
        _put_numbers(connection, last.request, head.authorizations)


def move(connection: Connection, last: Stored) -> None:
    """The head of a request stays as it is, now after this event."""
    connection.execute(_UPDATE, {"of": last.request, "number": last.number, "at": last.event.at})


def clear(connection: Connection) -> None:
    """No heads: the first step of making them anew."""
    connection.execute(delete(AUTHORIZATION))
    connection.execute(delete(HEAD))


def all_rows(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every head as its rows say, to compare."""
    numbers: dict[str, list[str]] = {}
    for row in connection.execute(select(AUTHORIZATION).order_by(AUTHORIZATION.c.authorization)):
        numbers.setdefault(row.request, []).append(row.authorization)
    for head in connection.execute(select(HEAD)).mappings():
        yield head["request"], {**head, "authorizations": numbers.get(head["request"], [])}


def as_rows(last: Stored, head: Head) -> dict[str, Any]:
    """The head as ``all_rows`` would show it."""
    return {**_row(last, head), "authorizations": sorted(head.authorizations)}


def _row(last: Stored, head: Head) -> dict[str, Any]:
    return {
        "request": last.request,
        "number": last.number,
        "at": last.event.at,
        "state": head.state,
        "practice": head.practice,
        "member": head.member,
        "due": head.due,
        "assigned": head.assigned,
    }


def _put_numbers(connection: Connection, request: str, numbers: Sequence[str]) -> None:
    there = connection.execute(_NUMBERS, {"of": request})
    new = [{"authorization": number, "request": request} for number in sorted(set(numbers) - set(there.scalars()))]
    if not new:
        return
    try:
        connection.execute(insert(AUTHORIZATION), new)
    except IntegrityError:
        taken = ", ".join(row["authorization"] for row in new)
        raise TakenError(f"{request}: the authorization number {taken} belongs to another request") from None
