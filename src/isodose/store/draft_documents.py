"""What is attached to a draft before it is submitted. It goes with the draft, and into the record only with the submission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, select
from sqlalchemy.exc import IntegrityError

from isodose.store.database import Database
from isodose.store.dialect import insert_new
from isodose.store.document import Document
from isodose.store.drafts import DraftGoneError
from isodose.store.errors import DamagedError, RefusedDocumentError, StoreError
from isodose.store.event import check_name
from isodose.store.tables import DRAFT_DOCUMENT

LARGEST = 60 << 20
"""Bytes of one document: 60 MiB."""

MOST = 100
"""Documents of one draft."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A document of a draft without its content; ``size`` in bytes."""

    sha256: str
    name: str
    media_type: str
    size: int


_LISTED = [DRAFT_DOCUMENT.c[name] for name in Attached.__slots__]


def attach(database: Database, draft: str, name: str, document: Document, now: datetime) -> Attached:
    """Attach a document; the same content twice is one, under its first name. Raises ``RefusedDocumentError``, ``DraftGoneError``."""
    try:
        with database.writing() as connection:
            return attach_in(connection, draft, name, document, now)
    except IntegrityError:
        raise DraftGoneError(draft) from None


def attach_in(connection: Connection, draft: str, name: str, document: Document, now: datetime) -> Attached:
    """The same within a transaction; a draft that is gone is an ``IntegrityError`` there."""
    expect_size(name, len(document.content))
    attached = Attached(document.sha256, name, document.media_type, len(document.content))
    row = {name: getattr(attached, name) for name in Attached.__slots__}
    insert_new(connection, DRAFT_DOCUMENT, [{"draft": draft, "at": now, "content": document.content, **row}])
    count = select(func.count()).select_from(DRAFT_DOCUMENT).where(DRAFT_DOCUMENT.c.draft == draft)
    if connection.execute(count).scalar_one() > MOST:
        raise RefusedDocumentError(f"{name}: a draft has {MOST} documents at most; put several pages into one file")
    return attached


def expect_size(name: str, size: int) -> None:
    """Raises ``RefusedDocumentError`` for a document that is empty or too large."""
    check_name("name", name)
    if not size:
        raise RefusedDocumentError(f"{name}: the file is empty; choose the one with the document")
    if size > LARGEST:
        raise RefusedDocumentError(f"{name}: the file is larger than {LARGEST >> 20} MiB; send it in parts")


def attached_to(database: Database, draft: str) -> list[Attached]:
    """What is attached, in the order in which it came."""
    of_draft = DRAFT_DOCUMENT.c.draft == draft
    query = select(*_LISTED).where(of_draft).order_by(DRAFT_DOCUMENT.c.at, DRAFT_DOCUMENT.c.name)
    with database.reading() as connection:
        return [Attached(*row) for row in connection.execute(query)]


def attached_document(database: Database, draft: str, sha256: str) -> Document:
    """The document. Raises ``StoreError`` if it is not attached, ``DamagedError`` if it is another than was sent."""
    query = select(DRAFT_DOCUMENT.c.media_type, DRAFT_DOCUMENT.c.content).where(*_here(draft, sha256))
    with database.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreError(f"no document {sha256} is attached to this draft")
    found = Document(row.media_type, row.content)
    if found.sha256 != sha256:
        raise DamagedError(f"the document {sha256} of a draft is not what was sent: send it again")
    return found


def detach(database: Database, draft: str, sha256: str) -> None:
    with database.writing() as connection:
        connection.execute(delete(DRAFT_DOCUMENT).where(*_here(draft, sha256)))


def _here(draft: str, sha256: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DRAFT_DOCUMENT.c.draft == draft, DRAFT_DOCUMENT.c.sha256 == sha256
