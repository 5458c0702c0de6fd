"""Documents in parts: what was sent twice counts once, what broke goes on where it stopped, and no byte is lost."""

import hashlib
import random

import pytest
from tests.store.events import NOON
from tests.store.inside import rows
from tests.store.people import REQUESTER, add, minutes

from isodose.store.database import Database
from isodose.store.draft_documents import LARGEST, attached_document, attached_to
from isodose.store.drafts import DraftGoneError, add_draft, discard_draft
from isodose.store.errors import RefusedDocumentError, StoreError
from isodose.store.record import Record
from isodose.store.uploads import (
    Upload,
    UploadGoneError,
    add_part,
    begin_upload,
    find_upload,
    finish_upload,
    give_up,
    give_up_before,
)


@pytest.fixture
def database(record: Record) -> Database:
    add(record.database, REQUESTER)
    return record.database


@pytest.fixture
def draft(database: Database) -> str:
    return add_draft(database, "P1", "rob", {}, NOON).id


def is_text(content: bytes) -> str:
    if not content.isascii():
        raise StoreError("this is no text")
    return "text/plain"


def test_a_document_comes_in_parts_over_a_line_that_breaks(record: Record, database: Database, draft: str) -> None:
    """Each answer may be lost, so a part may come again, whole or from another start."""
    line = random.Random(5)  # noqa: S311 (chance, not secrecy)
    content = bytes(line.randrange(128) for _ in range(20_000))
    upload = begin_upload(database, draft, "note.txt", len(content), NOON)
    knows = 0
    while knows < len(content):
        after = add_part(database, upload.id, knows, content[knows : knows + 999])
        if line.random() < 0.6:
            knows = after.received
    assert find_upload(database, upload.id) == Upload(upload.id, draft, "note.txt", 20_000, 20_000)
    attached = finish_upload(database, upload.id, is_text, NOON)
    assert attached.sha256 == hashlib.sha256(content).hexdigest()
    assert attached_document(database, draft, attached.sha256).content == content
    assert rows(record)["upload"] == rows(record)["upload_part"] == 0


def test_a_part_from_elsewhere_writes_nothing_and_says_where_to_go_on(database: Database, draft: str) -> None:
    upload = begin_upload(database, draft, "note.txt", 6, NOON)
    assert add_part(database, upload.id, 3, b"def").received == 0
    assert add_part(database, upload.id, 0, b"abc").received == 3
    assert add_part(database, upload.id, 1, b"xyz").received == 3
    assert add_part(database, upload.id, 3, b"").received == 3
    assert add_part(database, upload.id, 3, b"def").is_whole
    assert finish_upload(database, upload.id, is_text, NOON).sha256 == hashlib.sha256(b"abcdef").hexdigest()


def test_nothing_is_attached_before_all_of_it_is_there(database: Database, draft: str) -> None:
    upload = begin_upload(database, draft, "note.txt", 6, NOON)
    add_part(database, upload.id, 0, b"abc")
    with pytest.raises(StoreError, match=r"note\.txt: 3 of 6 bytes have come"):
        finish_upload(database, upload.id, is_text, NOON)
    with pytest.raises(RefusedDocumentError, match="more came than the 6 bytes"):
        add_part(database, upload.id, 3, b"defg")
    assert find_upload(database, upload.id) == Upload(upload.id, draft, "note.txt", 6, 3)
    assert attached_to(database, draft) == []


def test_a_kind_that_is_refused_is_not_attached(database: Database, draft: str) -> None:
    upload = begin_upload(database, draft, "note.txt", 1, NOON)
    add_part(database, upload.id, 0, b"\xff")
    with pytest.raises(StoreError, match="this is no text"):
        finish_upload(database, upload.id, is_text, NOON)
    assert attached_to(database, draft) == []


@pytest.mark.parametrize(("total", "says"), [(0, "is empty"), (LARGEST + 1, "larger than 60 MiB")])
def test_a_size_that_is_refused_is_said_before_a_byte_is_sent(
    database: Database, draft: str, total: int, says: str
) -> None:
    with pytest.raises(RefusedDocumentError, match=says):
        begin_upload(database, draft, "note.txt", total, NOON)


def test_uploads_that_are_given_up_or_whose_draft_is_gone(record: Record, database: Database, draft: str) -> None:
    uploads = [begin_upload(database, draft, "note.txt", 6, NOON + minutes(n)) for n in range(3)]
    for upload in uploads:
        add_part(database, upload.id, 0, b"abc")
    give_up(database, uploads[2].id)
    assert give_up_before(database, NOON + minutes(1)) == 1
    assert find_upload(database, uploads[0].id) is None
    assert find_upload(database, uploads[1].id) is not None
    discard_draft(database, draft)
    assert rows(record)["upload"] == rows(record)["upload_part"] == 0
    for upload in uploads:
        with pytest.raises(UploadGoneError, match="choose the file again"):
            add_part(database, upload.id, 3, b"def")
        with pytest.raises(UploadGoneError):
            finish_upload(database, upload.id, is_text, NOON)
    with pytest.raises(DraftGoneError):
        begin_upload(database, draft, "note.txt", 6, NOON)
