"""One database, SQLite or PostgreSQL, and its two kinds of transaction: one that reads, one that writes.

Nothing above this module knows which of the two it is, but for what is written in `dialect.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from isodose.store.errors import StoreError, UnavailableError

BUSY_SECONDS = 30
"""How long a writer waits for another one. PostgreSQL waits as long as its own settings say."""

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_SQLITE = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, and its transactions: only those of ``reading`` and ``writing`` are begun in SQLite.

    SQLite takes one writer at a time: within a process they queue, without polling.
    """

    engine: Engine
    turn: Lock = field(default_factory=Lock, repr=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.engine.url.database or "") if self.is_sqlite else None

    @property
    def name(self) -> str:
        """As messages name it: without a password."""
        return str(self.file or self.engine.url.render_as_string(hide_password=True))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One look at the database: whatever is written meanwhile, all reads see the same."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._in_words(), self._transaction("BEGIN", options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All of it or nothing; once this ends without an error, it is on the disk.

        A writer of SQLite takes its turn at once: one that reads first and writes later could find that its look is out of date.
        """
        turn: AbstractContextManager[object] = self.turn if self.is_sqlite else nullcontext()
        with self._in_words(), turn, self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, in_sqlite: str, options: Mapping[str, Any] = MappingProxyType({})) -> Iterator[Connection]:
        """A transaction, which SQLite begins in these words."""
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            if self.is_sqlite:  # not heard as an event: an engine with listeners asks them at every statement
                connection.exec_driver_sql(in_sqlite)
            yield connection

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Faults of the database are said; a broken constraint is the caller's to understand."""
        try:
            yield
        except IntegrityError:
            raise
        except (DBAPIError, PoolTimeoutError) as error:
            raise UnavailableError(f"{self.name}: {_first_line(error)}") from error


def open_database(where: str) -> Database:
    """The database at a path (SQLite) or an address ``postgresql://…``; nothing is connected yet. Raises ``StoreError``."""
    url = url_of(where)
    if url.get_backend_name() != "sqlite":
        return Database(create_engine(url, pool_pre_ping=True))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    return Database(engine)


def url_of(where: str) -> URL:
    """The address of a database by its path or URL."""
    if "://" not in where:
        return URL.create("sqlite", database=where)
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        raise StoreError("the address of the database cannot be read; write postgresql://user@host/name") from None
    if url.drivername == "sqlite" and url.database:
        return url
    if url.drivername not in _POSTGRESQL:
        raise StoreError(
            f"`{url.drivername}` is no database that is known; give a file, or postgresql://user@host/name"
        )
    return url.set(drivername="postgresql+psycopg")


def _prepare_sqlite(raw: object, _: ConnectionPoolEntry) -> None:
    import sqlite3

    assert isinstance(raw, sqlite3.Connection)
    raw.isolation_level = None  # transactions begin where `_transaction` says, and nowhere else
    for pragma in _SQLITE:
        raw.execute(pragma)


def _first_line(error: DBAPIError | PoolTimeoutError) -> str:
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return said.splitlines()[0] if said else "the database failed"
