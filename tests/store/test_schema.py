"""Layouts: made, brought forward and back, each in one transaction; what this program does not know stays as it is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, text
from tests.store.events import NOON, event

from isodose.store.database import Database, open_database
from isodose.store.errors import SchemaError, StoreError
from isodose.store.find import by_number
from isodose.store.head import Head
from isodose.store.record import Record, open_record
from isodose.store.schema import NOTHING, expect_newest, layouts, migrate
from isodose.store.search import members_named
from isodose.store.tables import ENTRY, METADATA, ROSTER

NEWEST = layouts()[-1]


@pytest.fixture
def database(nowhere: str) -> Iterator[Database]:
    found = open_database(nowhere)
    yield found
    found.close()


def tables(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(inspect(connection).get_table_names())


def test_what_migrations_make_is_what_the_program_reads(database: Database) -> None:
    assert migrate(database) == (None, NEWEST)
    expect_newest(database)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "schema_version"})
        assert compare_metadata(context, METADATA) == []


def test_the_layouts_are_the_steps_in_their_order() -> None:
    config = Config()
    config.set_main_option("script_location", "isodose.store:migrations")
    config.set_main_option("path_separator", "os")
    steps = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [step.revision for step in reversed(steps)] == layouts()


def test_every_layout_has_its_way_back(database: Database) -> None:
    """Down and up again, step by step; the same tables each time."""
    seen: dict[str, set[str]] = {}
    for layout in layouts():
        migrate(database, layout)
        seen[layout] = tables(database)
    for layout in [*reversed(layouts()), NOTHING]:
        migrate(database, layout)
        assert tables(database) == seen.get(layout, {"schema_version"})
    assert migrate(database) == (None, NEWEST)
    assert tables(database) == seen[NEWEST]


def test_events_stay_when_the_layout_changes(database: Database) -> None:
    migrate(database)
    stored = Record(database).append("PA-1", 0, [event()]).events
    migrate(database, "r0001")
    assert migrate(database) == ("r0001", NEWEST)
    assert Record(database).history("PA-1") == stored


def test_no_way_back_takes_events_away(database: Database) -> None:
    migrate(database)
    Record(database).append("PA-1", 0, [event()])
    with pytest.raises(SchemaError, match="this record holds events, and they are never taken away"):
        migrate(database, NOTHING)
    expect_newest(database)
    assert len(Record(database).history("PA-1")) == 1


def test_a_database_of_a_newer_program_is_refused_and_stays(where: str) -> None:
    database = open_database(where)
    with database.writing() as connection:
        connection.execute(text("UPDATE schema_version SET version_num = 'r9999'"))
    newer = rf"a newer Isodose made this database \(layout r9999; this program knows {NEWEST} at most\)"
    try:
        with pytest.raises(SchemaError, match=newer):
            open_record(where)
        with pytest.raises(SchemaError, match=newer):
            migrate(database)
    finally:
        with database.writing() as connection:
            connection.execute(text(f"UPDATE schema_version SET version_num = '{NEWEST}'"))  # noqa: S608
        database.close()


def test_an_older_layout_is_said_with_what_to_do(database: Database, nowhere: str) -> None:
    migrate(database, "r0001")
    with pytest.raises(SchemaError, match="its layout is r0001; bring it up to date with: isodose migrate"):
        open_record(nowhere)


def test_what_is_not_there_is_said_and_not_made(nowhere: str, engine: str) -> None:
    says = "there is no record" if engine == "sqlite" else "its layout is not made"
    for _ in range(2):
        with pytest.raises(SchemaError, match=rf"{says}.*isodose migrate"):
            open_record(nowhere)


def test_a_database_that_something_else_lives_in_is_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE invoices (id INTEGER)"))
    with pytest.raises(SchemaError, match="tables of another program live here"):
        migrate(database)
    assert "event" not in tables(database)


def test_a_layout_that_nobody_knows_is_refused(database: Database) -> None:
    with pytest.raises(SchemaError, match=f"no layout `r0009`: it is {', '.join(layouts())}, or base"):
        migrate(database, "r0009")


def test_a_step_that_fails_leaves_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isodose.store.dialect._in_sqlite", lambda *_: ["CREATE TRIGGER nonsense"])
    monkeypatch.setattr("isodose.store.dialect._in_postgresql", lambda *_: ["CREATE TRIGGER nonsense"])
    with pytest.raises(StoreError):
        migrate(database)
    assert tables(database) == set()


def test_programs_that_start_at_once_migrate_once(nowhere: str) -> None:
    def start(_: int) -> tuple[str | None, str | None]:
        database = open_database(nowhere)
        try:
            return migrate(database)
        finally:
            database.close()

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(start, range(4)))
    assert sorted(done, key=str) == sorted([(None, NEWEST), *[(NEWEST, NEWEST)] * 3], key=str)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("mysql://user:secret@host/x", "`mysql` is no database that is known"),
        ("sqlite://", "`sqlite` is no database that is known"),
        ("post gres://", "the address of the database cannot be read"),
        ("postgresql://host:port/x", "the address of the database cannot be read"),
    ],
)
def test_an_address_that_cannot_be_right_is_said_without_its_password(where: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as error:
        open_database(where)
    assert "secret" not in str(error.value)


def test_names_that_were_on_the_lists_before_are_found(database: Database) -> None:
    """A list of the layout before, with a name that has changed and an entry that is gone."""
    migrate(database, "r0003")
    entries = [
        ("members", "M1", 1, '{"name":"Ann Lee"}'),
        ("members", "M1", 2, '{"name":"Ann Ortíz"}'),
        ("members", "M2", 1, '{"name":null}'),
        ("members", "M3", 2, None),
        ("practices", "P1", 1, '{"name":"Lee Clinic"}'),
    ]
    source = {"kind": "members", "at": NOON, "by": "root", "source": "members.csv", "sha256": "0", "entries": 1}
    with database.writing() as connection:
        connection.execute(insert(ROSTER), [{"version": version, **source} for version in (1, 2)])
        connection.execute(
            insert(ENTRY), [dict(zip(("kind", "id", "version", "body"), one, strict=True)) for one in entries]
        )
    migrate(database)
    assert members_named(database, "lee") == members_named(database, "ORTÍZ") == ["M1"]


def test_heads_of_an_older_layout_are_made_anew(database: Database) -> None:
    migrate(database)
    Record(database).append("PA-1", 0, [event()], head=Head("submitted", "elm-street"))
    migrate(database, "r0005")
    migrate(database, head_of=lambda chain: Head("submitted", chain[0].event.by, codes=("C61",)))
    found = by_number(database, "PA-1")
    assert found
    assert (found.head.practice, found.head.codes) == (event().by, ("C61",))
    migrate(database, head_of=lambda _: Head("never asked"))
    assert by_number(database, "PA-1") == found
