"""A backup holds the record as it was at one moment, and comes back only where nothing is, and only if it is whole."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest
from sqlalchemy import inspect, update
from tests.store.conftest import NUMBERS, create
from tests.store.events import LETTER, NOON, event, with_document
from tests.store.inside import damage, rows

from isodose.store.backup import backup
from isodose.store.checkpoint_file import CheckpointFile
from isodose.store.database import Database, open_database
from isodose.store.errors import DamagedError, StoreError, UnavailableError
from isodose.store.head import Head
from isodose.store.record import Record
from isodose.store.restore import restore
from isodose.store.schema import migrate
from isodose.store.signing import make_key
from isodose.store.tables import DOCUMENT
from isodose.store.take import take_checkpoints
from isodose.store.verify import verify


@pytest.fixture
def elsewhere(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Where a record could be restored: nothing is there."""
    if engine == "sqlite":
        found = open_database(str(tmp_path / "restored.db"))
    else:
        found = open_database(create(request.getfixturevalue("postgresql"), f"restored_{next(NUMBERS)}"))
    yield found
    found.close()


def fill(record: Record, requests: int = 3) -> None:
    for number in range(requests):
        sent = [with_document(), event("decided")]
        record.append(f"PA-{number}", 0, sent, [LETTER], key=f"k{number}", head=Head("decided", due=NOON))


def test_what_comes_back_is_the_record(record: Record, elsewhere: Database, tmp_path: Path) -> None:
    fill(record)
    backup(record.database, tmp_path / "copy.backup")
    found = restore(tmp_path / "copy.backup", elsewhere)
    assert (found.holds, found.requests, found.events, found.documents) == (True, 3, 6, 1)
    again = Record(elsewhere)
    assert rows(again) == rows(record)
    assert again.history("PA-1") == record.history("PA-1")
    assert again.append("PA-9", 0, [event()], key="k1").request == "PA-1"
    assert again.append("PA-1", 2, [event("amended")]).events[0].number == 3


def test_a_backup_is_whole_while_others_write(record: Record, elsewhere: Database, tmp_path: Path) -> None:
    stop, written = Signal(), count()

    def write() -> None:
        while not stop.is_set():
            record.append(f"PA-{next(written)}", 0, [with_document(), event("decided")], [LETTER], head=Head("decided"))

    writers = [Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        while next(written) < 20:
            pass
        before = rows(record)["event"]
        backup(record.database, tmp_path / "copy.backup")
        after = rows(record)["event"]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    found = restore(tmp_path / "copy.backup", elsewhere)
    assert found.holds
    assert before <= found.events <= after
    assert found.events == 2 * found.requests
    assert verify(record).holds


def test_nothing_is_ever_written_over(record: Record, elsewhere: Database, tmp_path: Path) -> None:
    fill(record)
    copy = tmp_path / "copy.backup"
    backup(record.database, copy)
    before = copy.read_bytes()
    with pytest.raises(StoreError, match="this is there already"):
        backup(record.database, copy)
    with pytest.raises(StoreError, match=r"there is (a record|something) already"):
        restore(copy, record.database)
    restore(copy, elsewhere)
    elsewhere.close()
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part" or file.name.startswith(".")] == []
    with pytest.raises(StoreError, match=r"there is (a record|something) already"):
        restore(copy, elsewhere)
    assert copy.read_bytes() == before


def test_an_older_backup_says_what_went_on_after_it(record: Record, elsewhere: Database, tmp_path: Path) -> None:
    fill(record)
    file = CheckpointFile(tmp_path / "checkpoints.jsonl", make_key(tmp_path / "a.key"))
    backup(record.database, tmp_path / "copy.backup")
    record.append("PA-1", 2, [event("amended")])
    record.append("PA-7", 0, [event()])
    take_checkpoints(record.database, file, NOON)
    found = restore(tmp_path / "copy.backup", elsewhere, file)
    assert [(fault.request, fault.number) for fault in found.lost] == [("PA-1", 3), ("PA-7", 1)]


def test_a_damaged_backup_is_refused(record: Record, elsewhere: Database, tmp_path: Path) -> None:
    fill(record)
    damage(record, "UPDATE event SET kind = 'denied' WHERE request = 'PA-1' AND number = 2")
    backup(record.database, tmp_path / "copy.backup")
    with pytest.raises(DamagedError, match="this backup is damaged: PA-1: event 2 was changed"):
        restore(tmp_path / "copy.backup", elsewhere)
    assert is_empty(elsewhere)


def is_empty(database: Database) -> bool:
    if database.file:
        return not database.file.exists()
    with database.reading() as connection:
        return not inspect(connection).get_table_names()


def test_a_changed_document_is_damage_too(record: Record, elsewhere: Database, tmp_path: Path) -> None:
    fill(record)
    damage(record, update(DOCUMENT).values(content=b"x"))
    backup(record.database, tmp_path / "copy.backup")
    with pytest.raises(DamagedError, match=f"the document {LETTER.sha256} is not what was stored"):
        restore(tmp_path / "copy.backup", elsewhere)


def test_half_a_backup_is_refused_and_leaves_nothing(record: Record, elsewhere: Database, tmp_path: Path) -> None:
    fill(record)
    copy = tmp_path / "copy.backup"
    backup(record.database, copy)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    before = set(tmp_path.iterdir())
    with pytest.raises(StoreError):
        restore(copy, elsewhere)
    assert set(tmp_path.iterdir()) == before
    copy.write_bytes(whole)
    assert restore(copy, elsewhere).holds


def test_a_backup_of_an_older_layout_is_brought_up_to_date(nowhere: str, elsewhere: Database, tmp_path: Path) -> None:
    database = open_database(nowhere)
    migrate(database)
    Record(database).append("PA-1", 0, [event()])
    migrate(database, "r0001")
    backup(database, tmp_path / "copy.backup")
    database.close()
    assert restore(tmp_path / "copy.backup", elsewhere).events == 1
    assert Record(elsewhere).history("PA-1")


@pytest.mark.parametrize(
    ("start", "message"),
    [(b"", "this is no backup"), (b"PGDMP", "a dump of PostgreSQL"), (b"SQLite format 3\0", "an SQLite database")],
)
def test_what_is_another_kind_of_file_is_said(elsewhere: Database, tmp_path: Path, start: bytes, message: str) -> None:
    (tmp_path / "x").write_bytes(start + b"...")
    with pytest.raises((StoreError, UnavailableError), match=rf"x: .*{message}|not a database|malformed|pg_restore: "):
        restore(tmp_path / "x", elsewhere)
    with pytest.raises(StoreError, match="no such file"):
        restore(tmp_path / "none", elsewhere)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_without_the_programs_of_postgresql_it_is_said(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match=r"`pg_dump` is not installed; it comes with PostgreSQL"):
        backup(record.database, tmp_path / "copy.backup")
    assert list(tmp_path.iterdir()) == []
