"""What an account has chosen for itself, by name: saved filters, the kind of view."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, select, update

from isodose.store.database import Database
from isodose.store.dialect import insert_new
from isodose.store.event import Json, canonical, check_name
from isodose.store.tables import PREFERENCE


def prefer(database: Database, account: str, name: str, value: Json) -> None:
    """Keep a choice, over the one before."""
    check_name("name", name)
    written = canonical(value).decode()
    here = (PREFERENCE.c.account == account, PREFERENCE.c.name == name)
    with database.writing() as connection:
        if not insert_new(connection, PREFERENCE, [{"account": account, "name": name, "value": written}]):
            connection.execute(update(PREFERENCE).where(*here).values(value=written))


def preferences_of(database: Database, account: str) -> dict[str, Any]:
    """All choices of an account, in the order of their names."""
    query = select(PREFERENCE).where(PREFERENCE.c.account == account).order_by(PREFERENCE.c.name)
    with database.reading() as connection:
        return {row.name: json.loads(row.value) for row in connection.execute(query)}


def prefer_no_more(database: Database, account: str, name: str) -> None:
    with database.writing() as connection:
        connection.execute(delete(PREFERENCE).where(PREFERENCE.c.account == account, PREFERENCE.c.name == name))
