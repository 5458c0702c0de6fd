"""What SQLite and PostgreSQL say differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, Table, func, text
from sqlalchemy.dialects import postgresql, sqlite

Keys = Sequence[Sequence[str]]
"""The keys of a table, each by its columns."""


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows that no constraint refuses; how many. One that another transaction is inserting is waited for."""
    if not rows:
        return 0
    statement = _insert_new(table, connection.dialect.name)
    return connection.execute(statement, rows, execution_options={"preserve_rowcount": True}).rowcount


@cache
def _insert_new(table: Table, dialect: str) -> Insert:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing()


def hold_writers(connection: Connection, table: Table) -> None:
    """Wait for those who write the table, and keep others out until this transaction ends. SQLite has one writer anyway."""
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def position(text_: ColumnElement[str], part: str, *, is_sqlite: bool) -> ColumnElement[int]:
    """Where a part begins in a text, counted from 1; 0 where it is not in it."""
    return func.instr(text_, part) if is_sqlite else func.strpos(text_, part)


def append_only(dialect: str, table: str, keys: Keys) -> list[str]:
    """The triggers that let rows of a table be added, and never changed or removed.

    REPLACE in SQLite removes rows without asking triggers, so there a row of which one of the keys stands already is refused, too.
    """
    refusal = f"a row of {table} is never changed or removed"
    return _in_sqlite(table, keys, refusal) if dialect == "sqlite" else _in_postgresql(table, refusal)


def not_append_only(dialect: str, table: str) -> list[str]:
    """What takes the triggers of a table away before the table itself goes; in SQLite they go with it."""
    return [] if dialect == "sqlite" else [f"DROP FUNCTION IF EXISTS {table}_refuses() CASCADE"]


def _in_sqlite(table: str, keys: Keys, refusal: str) -> list[str]:
    same = " OR ".join("(" + " AND ".join(f"{one} = NEW.{one}" for one in key) + ")" for key in keys)
    moments = {
        "update": f"BEFORE UPDATE ON {table}",
        "delete": f"BEFORE DELETE ON {table}",
        "replace": f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608 (our own names)
    }
    return [
        f"CREATE TRIGGER {table}_no_{name} {moment} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        for name, moment in moments.items()
    ]


def _in_postgresql(table: str, refusal: str) -> list[str]:
    refuses = f"{table}_refuses()"
    body = f"BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END"
    moments = {
        "change": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
        "truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
    }
    return [
        f"CREATE FUNCTION {refuses} RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        *(f"CREATE TRIGGER {table}_no_{name} {moment} EXECUTE FUNCTION {refuses}" for name, moment in moments.items()),
    ]
