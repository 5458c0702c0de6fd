"""The record: events are appended, all of a submission or nothing, and what is read is what was stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from isodose.store import document, drafts, head, receipt
from isodose.store.chain import links
from isodose.store.database import Database, open_database
from isodose.store.document import Document
from isodose.store.errors import DamagedError, StaleError, StoreError
from isodose.store.event import Event, Stored, check_name
from isodose.store.head import Head
from isodose.store.receipt import Receipt
from isodose.store.rows import COLUMNS, chain_from, row_of, stored_from
from isodose.store.schema import expect_newest
from isodose.store.tables import EVENT

_INSERT = insert(EVENT)
_OF_REQUEST = select(*COLUMNS).where(EVENT.c.request == bindparam("of"))
_ALL = _OF_REQUEST.order_by(EVENT.c.number)
_OF_MANY = (
    select(*COLUMNS)
    .where(EVENT.c.request.in_(bindparam("of", expanding=True)))
    .order_by(EVENT.c.request, EVENT.c.number)
)
_KINDS = (
    select(EVENT.c.request, EVENT.c.kind)
    .where(EVENT.c.request.in_(bindparam("of", expanding=True)))
    .order_by(EVENT.c.request, EVENT.c.number)
)
_LAST = _OF_REQUEST.order_by(EVENT.c.number.desc()).limit(1)

_MOST = 1000
"""Events that one look at all requests gives, unless it asks for more."""

_MOST_NAMED = 1000
"""Requests that one statement names: databases take no more than some ten thousand values with one."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append became: its events. ``repeated`` says that they are those of an earlier, equal one."""

    request: str
    events: tuple[Stored, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """The record in a database of the newest layout. It keeps no state, so any number of programs may share one."""

    database: Database

    def append(  # noqa: PLR0913 (one submission, whole)
        self,
        request: str,
        expected_number: int,
        events: Sequence[Event],
        documents: Sequence[Document] = (),
        key: str | None = None,
        *,
        content: str | None = None,
        head: Head | None = None,
        draft: str | None = None,
    ) -> Appended:
        """Append to a request whose last event is ``expected_number`` (0: there is none), in one transaction.

        ``key`` is the sender's idempotency key and ``content`` a hash of what was sent (`receipt.content_hash`): if either was
        seen before, nothing is written and the first answer is given, to whoever asks; so put the sender into both. ``head`` is where the request stands then; without it
        its head stays. Every document is named by an event under ``documents``. ``draft`` is what this was typed as, and is gone with it.

        Raises ``StaleError`` with what came meanwhile, ``KeyReusedError``, ``TakenError``, ``UnavailableError``; nothing is
        written then. Raises ``ValueError`` for what could never be appended.
        """
        if not events:
            raise ValueError("nothing to append")
        check_name("request", request)
        document.expect_named(events, documents)
        ticket = Receipt(request, expected_number + len(events), expected_number + 1, key, content)
        try:
            with self.database.writing() as connection:
                if draft:
                    drafts.remove_in(connection, draft)
                return _append(connection, ticket, events, documents, head)
        except IntegrityError:  # PostgreSQL: another writer was faster between our look and our writing
            with self.database.reading() as connection:
                came = tuple(_chain(connection, request)[expected_number:])
            if not came:
                raise
            raise StaleError(request, expected_number, came) from None

    def history(self, request: str) -> tuple[Stored, ...]:
        """All events of a request in order; none if there is no such request. Raises ``DamagedError``."""
        with self.database.reading() as connection:
            return tuple(_chain(connection, request))

    def histories(self, requests: Collection[str]) -> dict[str, tuple[Stored, ...]]:
        """All events of each of some requests, read together; those that do not exist are left out. Raises ``DamagedError``."""
        with self.database.reading() as connection:
            rows = connection.execute(_OF_MANY, {"of": list(requests)}).all()
        found = groupby(rows, key=lambda row: str(row.request))
        return {request: tuple(_checked(list(chain))) for request, chain in found}

    def kinds(self, requests: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The kinds of all events of some requests, in order: a look that reads no facts and checks no chain."""
        asked = [requests[start : start + _MOST_NAMED] for start in range(0, len(requests), _MOST_NAMED)]
        with self.database.reading() as connection:
            rows = [row for some in asked for row in connection.execute(_KINDS, {"of": some})]
        found = groupby(rows, key=lambda row: str(row.request))
        return {request: tuple(row.kind for row in of_it) for request, of_it in found}

    def receipt(self, key: str | None = None, content: str | None = None) -> Receipt | None:
        """What a sending of this key or content became; None if neither was seen. Raises ``KeyReusedError``."""
        with self.database.reading() as connection:
            return receipt.found(connection, key, content)

    def since(self, position: int, most: int = _MOST) -> list[tuple[int, Stored]]:
        """Events of all requests after a position, in the order of their positions, each with its own."""
        query = select(*COLUMNS).where(EVENT.c.position > position).order_by(EVENT.c.position).limit(most)
        with self.database.reading() as connection:
            return [(row.position, stored_from(row)) for row in connection.execute(query)]

    def document(self, sha256: str) -> Document:
        """A document by its SHA-256. Raises ``StoreError`` if there is none, ``DamagedError`` if it was changed."""
        with self.database.reading() as connection:
            return document.read(connection, sha256)

    def close(self) -> None:
        self.database.close()


def open_record(where: str) -> Record:
    """The record at a path or an address. Raises ``SchemaError`` unless its layout is the one that this program reads."""
    database = open_database(where)
    try:
        expect_newest(database)
    except StoreError:
        database.close()
        raise
    return Record(database)


def _append(
    connection: Connection, ticket: Receipt, events: Sequence[Event], documents: Sequence[Document], where: Head | None
) -> Appended:
    if earlier := receipt.found(connection, ticket.key, ticket.content):
        return _repeated(connection, earlier)
    # In PostgreSQL an equal submission may be under way: this waits for it. Not given, and not found: the look was stale.
    if (ticket.key or ticket.content) and not receipt.give(connection, ticket):
        earlier = receipt.found(connection, ticket.key, ticket.content)
        if earlier:
            return _repeated(connection, earlier)
    last = _last(connection, ticket)
    document.keep(connection, documents, events)
    new = tuple(links(ticket.request, events, last))
    connection.execute(_INSERT, [row_of(stored) for stored in new])
    if where is None:
        head.move(connection, new[-1])
    else:
        head.put(connection, new[-1], where, is_first=last is None)
    return Appended(ticket.request, new)


def _repeated(connection: Connection, earlier: Receipt) -> Appended:
    chain = _chain(connection, earlier.request)
    return Appended(earlier.request, tuple(chain[earlier.first - 1 : earlier.number]), repeated=True)


def _last(connection: Connection, ticket: Receipt) -> Stored | None:
    """The last event of the request, if it is the one that the writer saw. Raises ``StaleError``."""
    expected = ticket.first - 1
    row = connection.execute(_LAST, {"of": ticket.request}).one_or_none()
    if (row.number if row else 0) != expected:
        raise StaleError(ticket.request, expected, tuple(_chain(connection, ticket.request)[expected:]))
    return stored_from(row) if row else None


def _chain(connection: Connection, request: str) -> list[Stored]:
    """The request's events. Raises ``DamagedError`` if they are not what was stored."""
    return _checked(connection.execute(_ALL, {"of": request}).all())


def _checked(rows: Sequence[Row[Any]]) -> list[Stored]:
    chain, fault = chain_from(rows)
    if fault:
        raise DamagedError(str(fault))
    return chain
