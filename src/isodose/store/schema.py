"""The layout of a database: which it has, whether this program reads it, and the way to another.

Alembic takes the steps, and is loaded by who takes one: a server that starts only asks which layout it finds.
"""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import Connection, inspect, text

from isodose.store.database import Database
from isodose.store.errors import SchemaError
from isodose.store.head import HeadOf
from isodose.store.rebuild import rebuild_in

NEWEST, NOTHING = "head", "base"
"""Alembic's words for the newest layout, and for none."""

_HEADS_SINCE = "r0006"
"""The first layout whose heads hold all that they hold now."""

_VERSION_TABLE = "schema_version"
_ONE_AT_A_TIME = 0x150D05E
"""The number of our lock in PostgreSQL: two programs that start at once do not migrate twice."""


def layouts() -> list[str]:
    """The layouts that this program knows, the oldest first: each is a file that begins with its name."""
    names = (file.name for file in (files("isodose.store.migrations") / "versions").iterdir())
    return sorted(name.partition("_")[0] for name in names if name.startswith("r"))


def layout_of(connection: Connection) -> str | None:
    """The layout of a database; None if it has none yet."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()  # noqa: S608 (our own name)
    return found


def migrate(database: Database, to: str = NEWEST, *, head_of: HeadOf | None = None) -> tuple[str | None, str | None]:
    """Bring the database to a layout, forwards or back, in one transaction: which it had, and which it has.

    Heads that are older than what heads hold now are made anew by ``head_of``; without it they stay as they are.
    Raises ``SchemaError`` for a layout that this program does not know, and for a database that something else lives in.
    """
    known = layouts()
    if to not in (*known, NEWEST, NOTHING):
        raise SchemaError(f"no layout `{to}`: it is {', '.join(known)}, or {NOTHING}")
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
        before = layout_of(connection)
        _expect_known(before, database)
        if before is None:
            _expect_empty(connection, database)
        _run(connection, before, to)
        after = layout_of(connection)
        if head_of and before and before < _HEADS_SINCE <= (after or NOTHING):
            rebuild_in(connection, head_of)
        return before, after


def expect_newest(database: Database) -> None:
    """Raises ``SchemaError`` unless the database has the layout that this program reads."""
    if database.file and not database.file.is_file():
        raise SchemaError(f"{database.name}: there is no record; make one with: isodose migrate")
    with database.reading() as connection:
        found = layout_of(connection)
    _expect_known(found, database)
    if found != layouts()[-1]:
        raise SchemaError(
            f"{database.name}: its layout is {found or 'not made'}; bring it up to date with: isodose migrate"
        )


def _expect_known(found: str | None, database: Database) -> None:
    known = layouts()
    if found is not None and found not in known:
        raise SchemaError(
            f"{database.name}: a newer Isodose made this database (layout {found}; this program knows {known[-1]} at most);"
            " install that version or a newer one"
        )


def _expect_empty(connection: Connection, database: Database) -> None:
    foreign = [name for name in inspect(connection).get_table_names() if name != _VERSION_TABLE]
    if foreign:
        raise SchemaError(
            f"{database.name}: tables of another program live here (`{foreign[0]}`); give a database of its own"
        )


def _run(connection: Connection, before: str | None, to: str) -> None:
    from alembic.command import downgrade, upgrade
    from alembic.config import Config

    known, config = [NOTHING, *layouts()], Config()
    config.set_main_option("script_location", "isodose.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    if to != NEWEST and known.index(to) < known.index(before or NOTHING):
        downgrade(config, to)
    elif to != NOTHING:
        upgrade(config, to)
