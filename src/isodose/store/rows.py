"""Events as rows of their table, and back: what is no event any more is found here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Text, select, type_coerce

from isodose.store.chain import Fault, Wrong, first_fault
from isodose.store.errors import DamagedError
from isodose.store.event import Event, Stored, link_hash
from isodose.store.tables import EVENT

COLUMNS = [
    EVENT.c.position,
    EVENT.c.request,
    EVENT.c.number,
    EVENT.c.kind,
    type_coerce(EVENT.c.at, Text).label("at"),
    EVENT.c.by,
    EVENT.c.facts,
    EVENT.c.previous,
    EVENT.c.hash,
]
"""What an event is read from, each as it stands: a moment that is none must not stop the reading of all others."""

_AT_ONCE = 1000
"""Rows that are fetched together where all are read."""

_Rows = Sequence[Row[Any]]


def row_of(stored: Stored) -> dict[str, Any]:
    event = stored.event
    return {
        "request": stored.request,
        "number": stored.number,
        "kind": event.kind,
        "at": event.at,
        "by": event.by,
        "facts": event.written,
        "previous": stored.previous,
        "hash": stored.hash,
    }


def stored_from(row: Row[Any]) -> Stored:
    """An event as its row says. Raises ``DamagedError`` where that is none, or does not fit its hash."""
    stored = _read(row)
    if link_hash(stored.request, stored.number, stored.event, stored.previous) != stored.hash:
        raise DamagedError(str(_no_event(row)))
    return stored


def chain_from(rows: _Rows) -> tuple[list[Stored], Fault | None]:
    """The events of one request up to the first that is none, and the first fault of their chain."""
    chain: list[Stored] = []
    for row in rows:
        try:
            chain.append(_read(row))
        except DamagedError:
            return chain, first_fault(chain) or _no_event(row)
    return chain, first_fault(chain)


def written_otherwise(chain: Sequence[Stored]) -> Fault | None:
    """The first event that fits its hash and is not written as events are: whoever wrote it made the hash himself."""
    return next((_no_event(stored) for stored in chain if not _is_as_written(stored.event)), None)


def rows_by_request(connection: Connection) -> Iterator[tuple[str, _Rows]]:
    """Every request with its rows, nothing checked; few are in memory at a time."""
    query = select(*COLUMNS).order_by(EVENT.c.request, EVENT.c.number)
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    for request, of_request in groupby(rows, key=lambda row: str(row.request)):
        yield request, list(of_request)


def _read(row: Row[Any]) -> Stored:
    try:
        event = Event.as_written(row.kind, row.at, row.by, row.facts)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise DamagedError(str(_no_event(row))) from None
    return Stored(row.request, row.number, event, row.previous, row.hash)


def _is_as_written(event: Event) -> bool:
    try:
        return Event(event.kind, event.at, event.by, event.facts).written == event.written
    except (ValueError, TypeError, RecursionError):
        return False


def _no_event(of: Row[Any] | Stored) -> Fault:
    return Fault(of.request, of.number, Wrong.CHANGED, "what is stored is not an event as they are written")
