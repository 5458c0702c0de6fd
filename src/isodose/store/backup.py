"""A copy of the record as it was at one moment, made while others write."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from isodose.batch.placed import placed
from isodose.store.database import Database
from isodose.store.errors import StoreError, UnavailableError


def backup(database: Database, target: Path) -> None:
    """Write the record to a new file, which stands in its place once all of it is there.

    An SQLite database by SQLite's own online copy, into a database that can be opened as it is; one of PostgreSQL with
    pg_dump. Raises ``StoreError``; a file that is there already stays as it is.
    """
    if target.exists():
        raise StoreError(f"{target}: this is there already; choose another name")
    if not target.absolute().parent.is_dir():
        raise StoreError(f"{target}: there is no folder {target.parent}")
    with placed(target) as beside:
        if database.file:
            copy_sqlite(database.file, beside)
        else:
            run_client("pg_dump", database.engine.url, "--format=custom", f"--file={beside}")
        _sync(beside)


def copy_sqlite(source: Path, target: Path) -> None:
    """The database as of now, in one step: in WAL mode a reader neither waits for writers nor holds them up."""
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reading,
            closing(sqlite3.connect(target)) as writing,
        ):
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode=DELETE")  # one file, without others beside it
    except sqlite3.Error as error:
        raise UnavailableError(f"{source}: {error}") from None


def run_client(program: str, url: URL, *arguments: str) -> None:
    """Run a program of PostgreSQL on a database; its password never stands in the list of processes. Raises ``StoreError``."""
    if not shutil.which(program):
        raise StoreError(
            f"`{program}` is not installed; it comes with PostgreSQL (Debian: apt-get install postgresql-client)"
        )
    ended = subprocess.run(  # noqa: S603 (its arguments are our own and those of the settings)
        [program, *arguments],
        env={**os.environ, **_environment(url)},
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    if ended.returncode:
        said = ended.stderr.strip().splitlines() or ["it said nothing"]
        raise UnavailableError(f"{program}: {said[0].removeprefix(f'{program}: ')}")


def _environment(url: URL) -> Mapping[str, str]:
    """Where the database is, as PostgreSQL's own programs are told."""
    given = {
        "PGHOST": url.query.get("host", url.host),
        "PGPORT": url.query.get("port", url.port),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("sslmode"),
    }
    several = {name: ",".join(value) if isinstance(value, tuple) else value for name, value in given.items()}
    return {name: str(value) for name, value in several.items() if value}


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
