"""Who saw what of a request, and when. Rows are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from isodose.store.database import Database
from isodose.store.event import check_name
from isodose.store.tables import OUTBOX, SEEN

DOCUMENT = "document "
"""What stands before the SHA-256 of a document that was seen."""

DOWNLOAD = "download "
"""The same where it was taken along as a file."""

PORTAL = "portal"
"""The channel of letters that are delivered as they are seen."""

PAGE = 100
"""Looks that are listed at once, unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Look:
    """An account saw something of a request: ``what`` is the page's name, or `document` or `download` with its SHA-256."""

    at: datetime
    account: str
    request: str
    what: str


def add_look(database: Database, look: Look) -> None:
    """Note it; a letter that was seen is looked at by who records deliveries."""
    for what in ("account", "request", "what"):
        check_name(what, getattr(look, what))
    row = {name: getattr(look, name) for name in Look.__slots__}
    with database.writing() as connection:
        connection.execute(insert(SEEN).values(row))
        if look.what.startswith((DOCUMENT, DOWNLOAD)):
            of_it = (OUTBOX.c.request == look.request, OUTBOX.c.sha256 == look.what.partition(" ")[2])
            connection.execute(
                update(OUTBOX).where(*of_it, OUTBOX.c.done.is_(None), OUTBOX.c.channel == PORTAL).values(next=look.at)
            )


def looks(
    database: Database, *, request: str | None = None, account: str | None = None, before: int | None = None
) -> list[tuple[int, Look]]:
    """Those at a request, of an account, or all, each with its position, the newest first; ``before`` a position."""
    query = select(SEEN).order_by(SEEN.c.position.desc()).limit(PAGE)
    if request is not None:
        query = query.where(SEEN.c.request == request)
    if account is not None:
        query = query.where(SEEN.c.account == account)
    if before is not None:
        query = query.where(SEEN.c.position < before)
    with database.reading() as connection:
        return [(row.position, Look(row.at, row.account, row.request, row.what)) for row in connection.execute(query)]


def opened_documents(database: Database, request: str, account: str) -> frozenset[str]:
    """The documents of a request that an account has opened or taken along, by their SHA-256."""
    query = select(SEEN.c.what).where(SEEN.c.request == request, SEEN.c.account == account).distinct()
    with database.reading() as connection:
        seen = list(connection.execute(query).scalars())
    return frozenset(what.removeprefix(way) for what in seen for way in (DOCUMENT, DOWNLOAD) if what.startswith(way))
