"""Documents that come in parts, so that a line which breaks costs one part and not the whole."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from isodose.store import draft_documents
from isodose.store.database import Database
from isodose.store.document import Document
from isodose.store.draft_documents import Attached
from isodose.store.drafts import DraftGoneError
from isodose.store.errors import RefusedDocumentError, StoreError
from isodose.store.tables import UPLOAD, UPLOAD_PART


@dataclass(frozen=True, slots=True)
class Upload:
    """A document of ``total`` bytes that is on its way to a draft; ``received`` bytes have come."""

    id: str
    draft: str
    name: str
    total: int
    received: int

    @property
    def is_whole(self) -> bool:
        return self.received == self.total


class UploadGoneError(StoreError):
    """The upload was finished or given up meanwhile, or its draft is gone."""

    def __init__(self, id_: str) -> None:
        super().__init__(f"there is no upload {id_}: it was finished or given up; choose the file again")


MediaTypeOf = Callable[[bytes], str]
"""The kind of a file by its content; raises ``StoreError`` for a kind that is not taken."""


def begin_upload(database: Database, draft: str, name: str, total: int, now: datetime) -> Upload:
    """Raises ``RefusedDocumentError`` for a size that is refused, ``DraftGoneError``."""
    draft_documents.expect_size(name, total)
    upload = Upload(secrets.token_hex(16), draft, name, total, 0)
    try:
        with database.writing() as connection:
            connection.execute(insert(UPLOAD).values(at=now, **asdict(upload)))
    except IntegrityError:
        raise DraftGoneError(draft) from None
    return upload


def find_upload(database: Database, id_: str) -> Upload | None:
    with database.reading() as connection:
        return _upload_in(connection, id_)


def add_part(database: Database, id_: str, start: int, content: bytes) -> Upload:
    """Add the bytes from ``start`` on. Where the upload is elsewhere by now nothing is written: go on from ``received``.

    So a part whose answer was lost can be sent again. Raises ``RefusedDocumentError`` for more than was announced.
    """
    with database.writing() as connection:
        upload = _upload_in(connection, id_, to_change=True)
        if upload is None:
            raise UploadGoneError(id_)
        if start != upload.received or not content:
            return upload
        after = replace(upload, received=start + len(content))
        if after.received > upload.total:
            raise RefusedDocumentError(f"{upload.name}: more came than the {upload.total} bytes that were announced")
        connection.execute(insert(UPLOAD_PART).values(upload=id_, start=start, content=content))
        connection.execute(update(UPLOAD).where(UPLOAD.c.id == id_).values(received=after.received))
    return after


def finish_upload(database: Database, id_: str, media_type_of: MediaTypeOf, now: datetime) -> Attached:
    """Attach the document to its draft. Raises what ``media_type_of`` does, and ``StoreError`` while bytes are lacking."""
    with database.writing() as connection:
        upload = _upload_in(connection, id_, to_change=True)
        if upload is None:
            raise UploadGoneError(id_)
        if not upload.is_whole:
            raise StoreError(f"{upload.name}: {upload.received} of {upload.total} bytes have come; send the rest first")
        content = _content(connection, id_)
        document = Document(media_type_of(content), content)
        attached = draft_documents.attach_in(connection, upload.draft, upload.name, document, now)
        connection.execute(delete(UPLOAD).where(UPLOAD.c.id == id_))
    return attached


def give_up(database: Database, id_: str) -> None:
    with database.writing() as connection:
        connection.execute(delete(UPLOAD).where(UPLOAD.c.id == id_))


def give_up_before(database: Database, moment: datetime) -> int:
    """Those that began before a moment and were never finished; how many."""
    with database.writing() as connection:
        return connection.execute(delete(UPLOAD).where(UPLOAD.c.at < moment)).rowcount


def _upload_in(connection: Connection, id_: str, *, to_change: bool = False) -> Upload | None:
    query = select(UPLOAD).where(UPLOAD.c.id == id_)
    row = connection.execute(query.with_for_update() if to_change else query).one_or_none()
    return None if row is None else _from_row(row)


def _content(connection: Connection, id_: str) -> bytes:
    query = select(UPLOAD_PART.c.content).where(UPLOAD_PART.c.upload == id_).order_by(UPLOAD_PART.c.start)
    return b"".join(connection.execute(query).scalars())


def _from_row(row: Any) -> Upload:
    return Upload(row.id, row.draft, row.name, row.total, row.received)
