"""Drafts: what a practice has typed and not submitted, as typed. A draft is no record: it is saved over, and discarded whole."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from isodose.store.database import Database
from isodose.store.errors import StoreError
from isodose.store.event import Json, canonical
from isodose.store.tables import DRAFT

PAGE = 50
"""Drafts that are listed at once, unless more are asked for."""

Body = Mapping[str, Json]
"""The fields of the form by name, as they were typed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was saved the ``number``-th time, by ``account``."""

    id: str
    practice: str
    account: str
    number: int
    updated: datetime
    body: Body


class DraftGoneError(StoreError):
    """The draft was submitted or discarded meanwhile."""

    def __init__(self, id_: str) -> None:
        super().__init__(f"there is no draft {id_}: it was submitted or discarded")


class StaleDraftError(StoreError):
    """Somebody saved the draft since it was read; ``now`` is how it stands, and nothing was written over it."""

    def __init__(self, now: Draft) -> None:
        super().__init__(f"{now.account} has saved this draft meanwhile; look at it again")
        self.now = now


def add_draft(database: Database, practice: str, account: str, body: Body, now: datetime) -> Draft:
    """A new draft, under an id that nobody can guess."""
    draft = Draft(secrets.token_hex(16), practice, account, 1, now, body)
    with database.writing() as connection:
        connection.execute(insert(DRAFT).values({"id": draft.id, "practice": practice, **_saved(draft)}))
    return draft


def save_draft(database: Database, read: Draft, account: str, body: Body, now: datetime) -> Draft:
    """Save over the draft as it was read. Raises ``StaleDraftError`` with how it stands, or ``DraftGoneError``."""
    saved = Draft(read.id, read.practice, account, read.number + 1, now, body)
    here = (DRAFT.c.id == read.id, DRAFT.c.number == read.number)
    with database.writing() as connection:
        if not connection.execute(update(DRAFT).where(*here).values(_saved(saved))).rowcount:
            there = _draft_in(connection, read.id)
            raise StaleDraftError(there) if there else DraftGoneError(read.id)
    return saved


def find_draft(database: Database, id_: str) -> Draft | None:
    with database.reading() as connection:
        return _draft_in(connection, id_)


def drafts_of(database: Database, practice: str, most: int = PAGE) -> list[Draft]:
    """Those of a practice, the one saved last first."""
    query = select(DRAFT).where(DRAFT.c.practice == practice).order_by(DRAFT.c.updated.desc(), DRAFT.c.id).limit(most)
    with database.reading() as connection:
        return [_from_row(row) for row in connection.execute(query)]


def discard_draft(database: Database, id_: str) -> None:
    """The draft with all that is attached to it or on its way; nothing says that it was there."""
    with database.writing() as connection:
        remove_in(connection, id_)


def remove_in(connection: Connection, id_: str) -> None:
    """The same within a transaction that is under way, such as the submission's."""
    connection.execute(delete(DRAFT).where(DRAFT.c.id == id_))


def _draft_in(connection: Connection, id_: str) -> Draft | None:
    row = connection.execute(select(DRAFT).where(DRAFT.c.id == id_)).one_or_none()
    return None if row is None else _from_row(row)


def _saved(draft: Draft) -> dict[str, Any]:
    body = canonical(draft.body).decode()
    return {"account": draft.account, "number": draft.number, "updated": draft.updated, "body": body}


def _from_row(row: Any) -> Draft:
    return Draft(row.id, row.practice, row.account, row.number, row.updated, json.loads(row.body))
