"""The record on both databases: a test that takes `where` or `record` runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from tests.store.postgresql import server

from isodose.store.database import open_database
from isodose.store.record import Record, open_record
from isodose.store.schema import migrate
from isodose.store.tables import METADATA

NUMBERS = count(1)
SHARED = "shared"
"""The database that all tests of an empty record use in turn: a new one costs half a second, an emptied one nothing."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The server's address, with DATABASE where the name of a database goes; one is migrated."""
    with server() as address:
        database = open_database(create(address, SHARED))
        migrate(database)
        database.close()
        yield address


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "record.db"
    database = open_database(str(file))
    migrate(database)
    database.close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def nowhere(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a record could be: a path without a file, an empty database of the server."""
    if engine == "sqlite":
        return str(tmp_path / "record.db")
    address: str = request.getfixturevalue("postgresql")
    return create(address, f"test_{next(NUMBERS)}")


@pytest.fixture
def where(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty record is."""
    if engine == "sqlite":
        file = tmp_path / "record.db"
        file.write_bytes(request.getfixturevalue("migrated_file").read_bytes())
        return str(file)
    address: str = request.getfixturevalue("postgresql")
    return emptied(address.replace("DATABASE", SHARED))


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    found = open_record(where)
    yield found
    found.database.close()


def create(address: str, name: str) -> str:
    """A new database of the server: its address."""
    with psycopg.connect(address.replace("DATABASE", "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return address.replace("DATABASE", name)


def emptied(address: str) -> str:
    """The migrated database without any row: only the server's own superuser can pass by its triggers."""
    tables = list(METADATA.tables)
    with psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY".encode())
        for table in tables:  # what a test does to a table lasts no longer than the test
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL".encode())
    return address
