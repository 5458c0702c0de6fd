"""Drafts and what is attached to them: as typed, never saved over unseen, and gone without a trace."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from tests.store.events import NOON
from tests.store.inside import rows
from tests.store.people import REQUESTER, add, minutes

from isodose.store import draft_documents
from isodose.store.database import Database
from isodose.store.document import Document
from isodose.store.draft_documents import (
    Attached,
    attach,
    attached_document,
    attached_to,
    detach,
)
from isodose.store.drafts import (
    Draft,
    DraftGoneError,
    StaleDraftError,
    add_draft,
    discard_draft,
    drafts_of,
    find_draft,
    save_draft,
)
from isodose.store.errors import DamagedError, RefusedDocumentError, StoreError
from isodose.store.record import Record

TYPED = {"member": " 4711", "birth_date": "30.2.19", "diagnoses": ["C61 ", ""], "note": "line\nline\0é"}
LETTER = Document("text/plain", b"Simulation on 2026-11-20; whole pelvis.")


@pytest.fixture
def database(record: Record) -> Database:
    add(record.database, REQUESTER)
    return record.database


@pytest.fixture
def draft(database: Database) -> Draft:
    return add_draft(database, "P1", "rob", TYPED, NOON)


def test_a_draft_is_kept_as_it_was_typed(database: Database, draft: Draft) -> None:
    assert find_draft(database, draft.id) == draft == Draft(draft.id, "P1", "rob", 1, NOON, TYPED)
    saved = save_draft(database, draft, "rob", {**TYPED, "member": "4712"}, NOON + minutes(1))
    assert (saved.number, saved.body["member"]) == (2, "4712")
    assert find_draft(database, draft.id) == saved


def test_a_stale_save_says_so_and_writes_nothing(database: Database, draft: Draft) -> None:
    saved = save_draft(database, draft, "rob", {}, NOON)
    with pytest.raises(StaleDraftError, match="rob has saved this draft meanwhile") as stale:
        save_draft(database, draft, "rob", TYPED, NOON)
    assert stale.value.now == saved == find_draft(database, draft.id)


def test_of_saves_at_once_one_is_kept(database: Database, draft: Draft) -> None:
    def save(number: int) -> bool:
        try:
            save_draft(database, draft, "rob", {"n": number}, NOON)
        except StaleDraftError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(save, range(8))) == 1


def test_drafts_are_those_of_a_practice_the_newest_first(database: Database, draft: Draft) -> None:
    other = add_draft(database, "P2", "rob", {}, NOON)
    newer = add_draft(database, "P1", "rob", {}, NOON + minutes(1))
    assert drafts_of(database, "P1") == [newer, draft]
    assert drafts_of(database, "P1", most=1) == [newer]
    assert drafts_of(database, "P2") == [other]


def test_a_discarded_draft_leaves_nothing(record: Record, database: Database, draft: Draft) -> None:
    empty = rows(record) | {"draft": 0}
    attach(database, draft.id, "letter.txt", LETTER, NOON)
    discard_draft(database, draft.id)
    assert rows(record) == empty
    assert find_draft(database, draft.id) is None
    with pytest.raises(DraftGoneError, match="submitted or discarded"):
        save_draft(database, draft, "rob", TYPED, NOON)
    with pytest.raises(DraftGoneError):
        attach(database, draft.id, "letter.txt", LETTER, NOON)
    assert rows(record) == empty


def test_documents_of_a_draft_are_read_as_they_were_sent(database: Database, draft: Draft) -> None:
    scan = Document("application/pdf", bytes(range(256)) * 100)
    first = attach(database, draft.id, "letter.txt", LETTER, NOON)
    second = attach(database, draft.id, "scan.pdf", scan, NOON + minutes(1))
    assert first == Attached(LETTER.sha256, "letter.txt", "text/plain", len(LETTER.content))
    assert attached_to(database, draft.id) == [first, second]
    assert attached_document(database, draft.id, scan.sha256) == scan
    detach(database, draft.id, LETTER.sha256)
    assert attached_to(database, draft.id) == [second]
    with pytest.raises(StoreError, match="is attached to this draft"):
        attached_document(database, draft.id, LETTER.sha256)


def test_a_document_is_not_seen_through_another_draft(database: Database, draft: Draft) -> None:
    other = add_draft(database, "P2", "rob", {}, NOON)
    attach(database, draft.id, "letter.txt", LETTER, NOON)
    assert attached_to(database, other.id) == []
    with pytest.raises(StoreError, match="no document"):
        attached_document(database, other.id, LETTER.sha256)


def test_the_same_content_twice_is_one_document(database: Database, draft: Draft) -> None:
    attach(database, draft.id, "letter.txt", LETTER, NOON)
    attach(database, draft.id, "copy.txt", LETTER, NOON)
    assert [one.name for one in attached_to(database, draft.id)] == ["letter.txt"]


def test_a_document_that_was_changed_is_not_shown(database: Database, draft: Draft) -> None:
    attach(database, draft.id, "letter.txt", LETTER, NOON)
    with database.writing() as connection:
        connection.execute(text("UPDATE draft_document SET content = :other"), {"other": b"other"})
    with pytest.raises(DamagedError, match="is not what was sent"):
        attached_document(database, draft.id, LETTER.sha256)


def test_an_empty_document_and_one_too_many_are_refused(
    database: Database, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RefusedDocumentError, match=r"a\.txt: the file is empty"):
        attach(database, draft.id, "a.txt", Document("text/plain", b""), NOON)
    monkeypatch.setattr(draft_documents, "LARGEST", 2 << 20)
    with pytest.raises(RefusedDocumentError, match="larger than 2 MiB"):
        attach(database, draft.id, "a.txt", Document("text/plain", b"x" * ((2 << 20) + 1)), NOON)
    monkeypatch.setattr(draft_documents, "MOST", 2)
    for content in (b"1", b"2"):
        attach(database, draft.id, "a.txt", Document("text/plain", content), NOON)
    with pytest.raises(RefusedDocumentError, match="2 documents at most"):
        attach(database, draft.id, "a.txt", Document("text/plain", b"3"), NOON)
    assert len(attached_to(database, draft.id)) == 2
