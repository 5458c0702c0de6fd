"""A document under the SHA-256 of its content: what is read is what was stored, or it is said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, select

from isodose.store.dialect import insert_new
from isodose.store.errors import DamagedError, StoreError
from isodose.store.event import DOCUMENTS, Event
from isodose.store.tables import DOCUMENT

_READ = select(DOCUMENT.c.media_type, DOCUMENT.c.content).where(DOCUMENT.c.sha256 == bindparam("of"))
_THERE = select(DOCUMENT.c.sha256).where(DOCUMENT.c.sha256.in_(bindparam("some", expanding=True)))


@dataclass(frozen=True, slots=True)
class Document:
    """What was sent, byte for byte, and what kind of file it is. Its name is a fact of the event that brings it."""

    media_type: str
    content: bytes = field(repr=False)
    sha256: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())


def named_by(event: Event) -> list[str]:
    """The documents that an event brings, by their SHA-256."""
    named = event.facts.get(DOCUMENTS, [])
    objects = named if isinstance(named, list) else []
    return [str(one["sha256"]) for one in objects if isinstance(one, dict) and "sha256" in one]


def expect_named(events: Iterable[Event], documents: Iterable[Document]) -> None:
    """A document that no event names would be outside the chain. Raises ``ValueError``."""
    named = {sha256 for event in events for sha256 in named_by(event)}
    if stray := [document.sha256 for document in documents if document.sha256 not in named]:
        raise ValueError(f"no event names the document {stray[0]} under `{DOCUMENTS}`")


def keep(connection: Connection, documents: Sequence[Document], events: Iterable[Event]) -> None:
    """Store the documents that are not there yet; those that events name are there then, or ``StoreError``."""
    new = {document.sha256: document for document in documents}
    named = {sha256 for event in events for sha256 in named_by(event)} | new.keys()
    if not named:
        return
    there = set(connection.execute(_THERE, {"some": sorted(named)}).scalars())
    rows = [
        {"sha256": sha256, "media_type": new[sha256].media_type, "content": new[sha256].content}
        for sha256 in sorted(new.keys() - there)  # in one order: two writers never wait for each other
    ]
    insert_new(connection, DOCUMENT, rows)
    if lacking := sorted(named - there - new.keys()):
        raise StoreError(f"an event names the document {lacking[0]}, which is not stored; send it along")


def read(connection: Connection, sha256: str) -> Document:
    """The document. Raises ``StoreError`` if there is none, ``DamagedError`` if it is another than was stored."""
    row = connection.execute(_READ, {"of": sha256}).one_or_none()
    if row is None:
        raise StoreError(f"no document {sha256} is stored")
    found = Document(row.media_type, row.content)
    if found.sha256 != sha256:
        raise DamagedError(f"the document {sha256} is not what was stored: its content has the SHA-256 {found.sha256}")
    return found
