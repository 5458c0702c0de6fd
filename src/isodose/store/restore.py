"""The record as a backup holds it, where there is none yet; it is verified before anybody uses it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import MetaData, inspect, text

from isodose.batch.placed import placed
from isodose.store.backup import copy_sqlite, run_client
from isodose.store.checkpoint_file import CheckpointFile
from isodose.store.database import Database, open_database
from isodose.store.dialect import not_append_only
from isodose.store.errors import DamagedError, StoreError
from isodose.store.head import HeadOf
from isodose.store.record import Record
from isodose.store.schema import migrate
from isodose.store.verify import Verification, verify

SQLITE, POSTGRESQL = b"SQLite format 3\0", b"PGDMP"
"""How the two kinds of backup begin."""


def restore(
    source: Path, database: Database, checkpoints: CheckpointFile | None = None, *, head_of: HeadOf | None = None
) -> Verification:
    """Put the backup where the record belongs, in the newest layout. What was found by verifying it.

    The heads of an older one are made anew by ``head_of`` (`schema.migrate`).
    Nothing is written over: there must be no record yet. A backup in which events or documents are not what was stored is
    refused (``DamagedError``); that it ends before the last checkpoint is no damage, and is in the ``Verification``.
    """
    _expect_kind(source, SQLITE if database.is_sqlite else POSTGRESQL)
    if database.file:
        return _restore_file(source, database.file, checkpoints, head_of)
    with database.reading() as connection:
        there = inspect(connection).get_table_names()
    if there:
        raise StoreError(f"{database.name}: there is something already (`{there[0]}`); restore into an empty database")
    run_client(
        "pg_restore",
        database.engine.url,
        "--single-transaction",
        "--no-owner",
        f"--dbname={database.engine.url.database}",
        str(source),
    )
    try:
        return _checked(database, source, checkpoints, head_of)
    except StoreError:
        _take_away(database)
        raise


def _restore_file(
    source: Path, target: Path, checkpoints: CheckpointFile | None, head_of: HeadOf | None
) -> Verification:
    if target.exists():
        raise StoreError(f"{target}: there is a record already, and it is not written over; move it away first")
    with placed(target) as beside:
        copy_sqlite(source, beside)
        database = open_database(str(beside))
        try:
            return _checked(database, source, checkpoints, head_of)
        finally:
            database.close()


def _checked(
    database: Database, source: Path, checkpoints: CheckpointFile | None, head_of: HeadOf | None
) -> Verification:
    migrate(database, head_of=head_of)
    found = verify(Record(database), checkpoints)
    wrong = [str(fault) for fault in found.faults if fault not in found.lost] + found.others
    if wrong:
        raise DamagedError(f"{source}: this backup is damaged: {wrong[0]}")
    return found


def _take_away(database: Database) -> None:
    """What was restored and is damaged, out of a database in which nothing else was."""
    with database.writing() as connection:
        restored = MetaData()
        restored.reflect(connection)
        for table in restored.tables:
            for statement in not_append_only(connection.dialect.name, table):
                connection.execute(text(statement))
        restored.drop_all(connection)


def _expect_kind(source: Path, kind: bytes) -> None:
    try:
        with source.open("rb") as stream:
            start = stream.read(len(SQLITE))
    except OSError as error:
        raise StoreError(f"{source}: {(error.strerror or str(error)).lower()}") from None
    if not start.startswith(kind):
        other = {SQLITE: "an SQLite database", POSTGRESQL: "a dump of PostgreSQL"}
        found = next((name for known, name in other.items() if start.startswith(known)), "no backup")
        raise StoreError(f"{source}: this is {found}; here {other[kind]} is needed, as `isodose backup` writes it")
