"""What only somebody with the database itself in their hands can see and do."""

from sqlalchemy import Update, func, select

from isodose.store.record import Record
from isodose.store.tables import METADATA


def rows(record: Record) -> dict[str, int]:
    """How many rows each table has."""
    with record.database.reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in METADATA.tables.items()
        }


def damage(record: Record, *statements: str | Update) -> None:
    """What somebody who may do anything in the database does to it."""
    lift = {
        "sqlite": "DROP TRIGGER IF EXISTS {0}_no_update; DROP TRIGGER IF EXISTS {0}_no_delete; DROP TRIGGER IF EXISTS {0}_no_replace",
        "postgresql": "ALTER TABLE {0} DISABLE TRIGGER ALL",
    }[record.database.engine.dialect.name]
    with record.database.writing() as connection:
        if record.database.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in ("event", "document", "receipt"):
            for trigger in lift.format(table).split("; "):
                connection.exec_driver_sql(trigger)
        for statement in statements:
            if isinstance(statement, str):
                connection.exec_driver_sql(statement)
            else:
                connection.execute(statement)


def damage_heads(record: Record, *statements: str) -> None:
    """Heads have no triggers: they can be made anew."""
    with record.database.writing() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
