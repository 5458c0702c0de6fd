"""The activity log: what happened to an account and who did it. Rows are only ever added."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from isodose.store.database import Database
from isodose.store.event import Event, canonical
from isodose.store.tables import ACCOUNT_EVENT

PAGE = 50
"""Events that are listed at once, unless more are asked for."""


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """An event of an account in its place in the log."""

    position: int
    account: str
    event: Event


def add_account_event(database: Database, account: str, event: Event) -> None:
    """Something that changes nothing of the account, such as `signed-in`."""
    with database.writing() as connection:
        add_in(connection, account, event)


def add_in(connection: Connection, account: str, event: Event) -> None:
    """The same within the transaction that changes the account."""
    row = {"account": account, "kind": event.kind, "at": event.at, "by": event.by}
    connection.execute(insert(ACCOUNT_EVENT).values(facts=canonical(event.facts).decode(), **row))


def account_events(
    database: Database, account: str | None = None, before: int | None = None, most: int = PAGE
) -> list[AccountEvent]:
    """Those of an account, or all, the newest first; ``before`` the last position of the page before."""
    query = select(ACCOUNT_EVENT).order_by(ACCOUNT_EVENT.c.position.desc()).limit(most)
    if account is not None:
        query = query.where(ACCOUNT_EVENT.c.account == account)
    if before is not None:
        query = query.where(ACCOUNT_EVENT.c.position < before)
    with database.reading() as connection:
        return [_from_row(row) for row in connection.execute(query)]


def last_events(database: Database, kind: str) -> dict[str, datetime]:
    """When an event of a kind happened last to each account; those to which it never did are left out."""
    query = select(ACCOUNT_EVENT.c.account, func.max(ACCOUNT_EVENT.c.at).label("last"))
    query = query.where(ACCOUNT_EVENT.c.kind == kind).group_by(ACCOUNT_EVENT.c.account)
    with database.reading() as connection:
        return {row.account: row.last for row in connection.execute(query)}


def _from_row(row: Any) -> AccountEvent:
    return AccountEvent(row.position, row.account, Event(row.kind, row.at, row.by, json.loads(row.facts)))
