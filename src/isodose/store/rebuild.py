"""Heads made anew from the events, and those that differ from what the events say."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from isodose.store import head
from isodose.store.database import Database
from isodose.store.dialect import hold_writers
from isodose.store.errors import DamagedError
from isodose.store.event import Stored
from isodose.store.head import Head, HeadOf
from isodose.store.rows import chain_from, rows_by_request
from isodose.store.tables import EVENT


def rebuild(database: Database, head_of: HeadOf) -> int:
    """Make all heads anew in one transaction; how many. Raises ``DamagedError`` at a chain that does not hold."""
    with database.writing() as connection:
        return rebuild_in(connection, head_of)


def rebuild_in(connection: Connection, head_of: HeadOf) -> int:
    """The same within a transaction that does more."""
    hold_writers(connection, EVENT)
    made = list(_heads(connection, head_of))
    head.clear(connection)
    for last, where in made:
        head.put(connection, last, where, is_first=True)
    return len(made)


def differing(database: Database, head_of: HeadOf) -> list[str]:
    """The requests whose heads are not what their events say."""
    with database.reading() as connection:
        are = dict(head.all_rows(connection))
        should = {last.request: head.as_rows(last, where) for last, where in _heads(connection, head_of)}
    return sorted(request for request in are.keys() | should.keys() if are.get(request) != should.get(request))


def _heads(connection: Connection, head_of: HeadOf) -> Iterator[tuple[Stored, Head]]:
    for _, rows in rows_by_request(connection):
        chain, fault = chain_from(rows)
        if fault:
            raise DamagedError(str(fault))
        yield chain[-1], head_of(chain)
