"""Where a request stands after its last event: what worklists and searches look at.

All of it follows from the events. The caller says what it is as it appends, so that both are written in one transaction, and
says it again from the events alone where heads are made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from isodose.store.errors import TakenError
from isodose.store.event import Stored
from isodose.store.tables import AUTHORIZATION, HEAD, HEAD_CODE


@dataclass(frozen=True, slots=True)
class Head:
    """State and whose request it is; ``due`` is its next deadline, None once nothing waits; ``assigned`` who has it.

    ``authorizations`` are the numbers that were given for it; each belongs to one request, for ever. ``decided_by`` is who
    made the decision that stands, until somebody has looked at it a second time. ``codes`` are those that it is found by.
    """

    state: str
    practice: str | None = None
    member: str | None = None
    due: datetime | None = None
    assigned: str | None = None
    authorizations: tuple[str, ...] = ()
    decided_by: str | None = None
    codes: tuple[str, ...] = ()


_INSERT = insert(HEAD)
_UPDATE = update(HEAD).where(HEAD.c.request == bindparam("of"))
_NUMBERS = select(AUTHORIZATION.c.authorization).where(AUTHORIZATION.c.request == bindparam("of"))
_CODES = select(HEAD_CODE.c.code).where(HEAD_CODE.c.request == bindparam("of"))
_ADD_CODE = insert(HEAD_CODE)
_NO_CODE = delete(HEAD_CODE).where(HEAD_CODE.c.request == bindparam("of"), HEAD_CODE.c.code == bindparam("gone"))

HeadOf = Callable[[Sequence[Stored]], Head]
"""The head of a request by its events: the caller's own rule."""


def put(connection: Connection, last: Stored, head: Head, *, is_first: bool = False) -> None:
    """The head of a request after its last event; ``is_first``: it has no head yet, so none is looked for.

    Raises ``TakenError`` for a number of another request.
    """
    row = _row(last, head)
    is_new = is_first or not connection.execute(_UPDATE, {"of": last.request, **row}).rowcount
    if is_new:
        connection.execute(_INSERT, row)
    if head.authorizations:
        _put_numbers(connection, last.request, head.authorizations, is_new=is_new)
    if head.codes or not is_new:
        _put_codes(connection, last.request, head.codes, is_new=is_new)


def move(connection: Connection, last: Stored) -> None:
    """The head of a request stays as it is, now after this event."""
    connection.execute(_UPDATE, {"of": last.request, "number": last.number, "at": last.event.at})


def clear(connection: Connection) -> None:
    """No heads: the first step of making them anew."""
    connection.execute(delete(AUTHORIZATION))
    connection.execute(delete(HEAD_CODE))
    connection.execute(delete(HEAD))


def all_rows(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every head as its rows say, to compare."""
    numbers, codes = (_by_request(connection, value) for value in (AUTHORIZATION.c.authorization, HEAD_CODE.c.code))
    for head in connection.execute(select(HEAD)).mappings():
        request = head["request"]
        yield request, {**head, "authorizations": numbers.get(request, []), "codes": codes.get(request, [])}


def as_rows(last: Stored, head: Head) -> dict[str, Any]:
    """The head as ``all_rows`` would show it."""
    return {**_row(last, head), "authorizations": sorted(head.authorizations), "codes": sorted(head.codes)}


def numbers_and_codes(connection: Connection, request: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a request's head says beside its row, each in order."""
    numbers, codes = (connection.execute(query, {"of": request}).scalars() for query in (_NUMBERS, _CODES))
    return tuple(sorted(numbers)), tuple(sorted(codes))


def _by_request(connection: Connection, value: Column[str]) -> dict[str, list[str]]:
    """A column's values by request, in order."""
    found: dict[str, list[str]] = {}
    for row in connection.execute(select(value.table.c.request, value).order_by(value)):
        found.setdefault(row[0], []).append(row[1])
    return found


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
        "decided_by": head.decided_by,
    }


def _put_numbers(connection: Connection, request: str, numbers: Sequence[str], *, is_new: bool) -> None:
    there = () if is_new else connection.execute(_NUMBERS, {"of": request}).scalars()
    new = [{"authorization": number, "request": request} for number in sorted(set(numbers) - set(there))]
    if not new:
        return
    try:
        connection.execute(insert(AUTHORIZATION), new)
    except IntegrityError:
        taken = ", ".join(row["authorization"] for row in new)
        raise TakenError(f"{request}: the authorization number {taken} belongs to another request") from None


def _put_codes(connection: Connection, request: str, codes: Sequence[str], *, is_new: bool) -> None:
    there = set[str]() if is_new else set(connection.execute(_CODES, {"of": request}).scalars())
    wanted = set(codes)
    if gone := there - wanted:
        connection.execute(_NO_CODE, [{"of": request, "gone": code} for code in sorted(gone)])
    if new := wanted - there:
        connection.execute(_ADD_CODE, [{"request": request, "code": code} for code in sorted(new)])
