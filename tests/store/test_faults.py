"""A disk that is full, a file that cannot grow, a connection that is cut: at every write point all of it is stored or nothing."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event as hooks
from tests.store.events import NOON, event, with_document
from tests.store.inside import rows

from isodose.store.backup import backup
from isodose.store.checkpoint_file import CheckpointFile
from isodose.store.database import open_database
from isodose.store.document import Document
from isodose.store.errors import StoreError, UnavailableError
from isodose.store.head import Head
from isodose.store.record import Record, open_record
from isodose.store.schema import migrate
from isodose.store.signing import make_key
from isodose.store.take import take_checkpoints
from isodose.store.verify import verify

PAGE = 4096
SCAN = Document("application/pdf", bytes(range(256)) * 150)
STATEMENTS = 12
"""More than one submission has; the test says if it was too few."""


def submit(record: Record, request: str) -> None:
    sent = [with_document(SCAN), event("determined")]
    record.append(request, 0, sent, [SCAN], key=request, content=f"of {request}", head=Head("determined"))


def stored_or_refused(record: Record, request: str) -> bool:
    """Whether it was stored. If it was refused, nothing of it is there; in either case the record holds."""
    before = rows(record)
    try:
        submit(record, request)
    except UnavailableError:
        return False
    else:
        return True
    finally:
        after = rows(record)
        new = {table: after[table] - before[table] for table in ("event", "receipt", "head")}
        assert new in ({"event": 0, "receipt": 0, "head": 0}, {"event": 2, "receipt": 1, "head": 1})


@contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    """Every write beyond fails, for this process alone, as on a disk that fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("step", [3 * PAGE + 700, pytest.param(512, marks=pytest.mark.slow)])
def test_a_disk_that_fails_at_any_write_of_a_submission(where: str, step: int) -> None:
    """The limit moves from nothing to more than all of it, so each write is the one that fails once."""
    outcomes = []
    for number in count():
        record = open_record(where)
        log = Path(f"{where}-wal")
        with no_file_grows_beyond((log.stat().st_size if log.exists() else 0) + number * step):
            outcomes.append(stored_or_refused(record, f"PA-{number}"))
        assert verify(record).holds
        assert bool(record.history(f"PA-{number}")) == outcomes[-1]
        record.close()
        if outcomes[-1]:
            break
    assert outcomes.count(False) > 2


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(["/usr/bin/mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False, capture_output=True)  # fmt: skip
    if mounted.returncode:
        pytest.skip("only root can make a small disk; the test above fails each write by another way")
    try:
        yield folder
    finally:
        subprocess.run(["/usr/bin/umount", folder], check=True)


def make_read_only(disk: Path, *, again: bool = False) -> None:
    """A small disk on which nobody writes, root neither; ``again``: on which it can be written again."""
    subprocess.run(["/usr/bin/mount", "-o", f"remount,{'rw' if again else 'ro'}", disk], check=True)


def test_a_disk_that_fills_up_refuses_what_does_not_fit_and_keeps_the_rest(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1 << 20) as folder:
        database = open_database(str(folder / "record.db"))
        migrate(database)
        record = Record(database)
        filling = iter(f"PA-{number}" for number in count())
        stored = 0
        while stored_or_refused_large(record, next(filling)):
            stored += 1
        assert stored > 2
        assert verify(record).holds
        assert rows(record)["event"] == stored
        database.close()


def stored_or_refused_large(record: Record, request: str) -> bool:
    scan = Document("application/pdf", os.urandom(50_000))
    try:
        record.append(request, 0, [with_document(scan)], [scan], key=request)
    except UnavailableError as error:
        return "full" not in str(error)
    return True


@contextmanager
def cut_at(record: Record, at: int) -> Iterator[None]:
    """SQLite: the statement of that number fails. PostgreSQL: the server ends the connection under it."""
    statements = count(1)

    def cut(_: object, cursor: Any, *__: object) -> None:
        if next(statements) != at:
            return
        if record.database.is_sqlite:
            raise OSError("the disk is gone")
        end_connection(record, cursor.connection.info.backend_pid)

    hooks.listen(record.database.engine, "before_cursor_execute", cut)
    try:
        yield
    finally:
        hooks.remove(record.database.engine, "before_cursor_execute", cut)


def end_connection(record: Record, process: int) -> None:
    with psycopg.connect(str(record.database.engine.url.set(drivername="postgresql")), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 1000)", [process])


def test_a_connection_that_is_cut_at_any_statement(record: Record) -> None:
    outcomes = []
    for at in range(1, STATEMENTS):
        before = rows(record)["event"]
        try:
            with cut_at(record, at):
                submit(record, f"PA-{at}")
            outcomes.append(True)
        except (UnavailableError, OSError):
            outcomes.append(False)
        assert rows(record)["event"] - before == 2 * outcomes[-1]
    assert outcomes.count(False) > 5
    assert outcomes[-1]
    assert verify(record).holds


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_checkpoint_that_does_not_fit_is_taken_later(record: Record, tmp_path: Path) -> None:
    file = CheckpointFile(tmp_path / "checkpoints.jsonl", make_key(tmp_path / "a.key"))
    for number in range(4):
        submit(record, f"PA-{number}")
        start = file.path.stat().st_size if file.path.exists() else 0
        for room in (0, 1, 200):
            with no_file_grows_beyond(start + room), pytest.raises(OSError, match="too large"):
                take_checkpoints(record.database, file, NOON)
        [taken] = take_checkpoints(record.database, file, NOON)
        assert taken.number == number + 1
        found = verify(record, file)
        assert (found.holds, found.uncovered, found.checkpoints) == (True, 0, number + 1)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_backup_that_does_not_fit_leaves_nothing(record: Record, tmp_path: Path) -> None:
    submit(record, "PA-1")
    target = tmp_path / "copy.backup"
    before = set(tmp_path.iterdir())
    for size in (0, PAGE, 10 * PAGE):
        with no_file_grows_beyond(size), pytest.raises(StoreError):
            backup(record.database, target)
        assert set(tmp_path.iterdir()) == before
    backup(record.database, target)
    assert target.exists()
