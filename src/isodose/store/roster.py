"""Lists that are loaded whole, members and practices: every version stays, and of each only what it changed is stored."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select

from isodose.store.database import Database
from isodose.store.dialect import hold_writers
from isodose.store.event import Json, canonical
from isodose.store.tables import ENTRY, ROSTER, ROSTER_NAME


class Kind(StrEnum):
    """What a list is of."""

    MEMBERS = "members"
    PRACTICES = "practices"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list came from: the file's name and SHA-256, who loaded it, and when."""

    name: str
    sha256: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a version changed. A file that says what the list says already makes no version, and ``version`` is None."""

    version: int | None
    entries: int
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Version:
    """A list as it was loaded: how many it named, how many of them it added or changed, and how many were on it no more."""

    version: int
    kind: Kind
    source: Source
    entries: int
    written: int
    removed: int


Entries = Mapping[str, Json]
"""What a list says of each id, as canonical JSON can write it."""


def load(database: Database, kind: Kind, entries: Entries, source: Source) -> Loaded:
    """Make this the list, all of it or nothing. Who is not in it is on the list no more; what was so before stays readable."""
    new = {id_: canonical(body).decode() for id_, body in entries.items()}
    with database.writing() as connection:
        hold_writers(connection, ROSTER)
        old: dict[str, str] = {row.id: row.body for row in connection.execute(_current(kind))}
        differs: dict[str, str | None] = {id_: body for id_, body in new.items() if old.get(id_) != body}
        gone = dict.fromkeys(old.keys() - new.keys())
        version = _write(connection, kind, {**differs, **gone}, source, len(new))
    added = len(differs.keys() - old.keys())
    return Loaded(version, len(new), added, len(differs) - added, len(gone))


def entry(database: Database, kind: Kind, id_: str, known_at: datetime | None = None) -> Any | None:
    """What the list says of an id, now or as it was known at a moment; None if it is not on it."""
    query = (
        select(ENTRY.c.body)
        .join(ROSTER, ROSTER.c.version == ENTRY.c.version)
        .where(ENTRY.c.kind == kind, ENTRY.c.id == id_)
        .order_by(ENTRY.c.version.desc())
        .limit(1)
    )
    if known_at:
        query = query.where(ROSTER.c.at <= known_at)
    with database.reading() as connection:
        body = connection.execute(query).scalar_one_or_none()
    return None if body is None else json.loads(body)


def some_entries(database: Database, kind: Kind, ids: Collection[str]) -> dict[str, Any]:
    """What the list says now of each of some ids that are on it."""
    query = select(ENTRY.c.id, ENTRY.c.body).where(ENTRY.c.kind == kind, ENTRY.c.id.in_(ids)).order_by(ENTRY.c.version)
    with database.reading() as connection:
        newest = {row.id: row.body for row in connection.execute(query)}
    return {id_: json.loads(body) for id_, body in newest.items() if body is not None}


def entries_of(database: Database, kind: Kind) -> dict[str, Any]:
    """The whole list as it is now."""
    with database.reading() as connection:
        return {row.id: json.loads(row.body) for row in connection.execute(_current(kind).order_by(ENTRY.c.id))}


def versions(database: Database) -> list[Version]:
    """All that were loaded, the newest first."""
    counts = select(ENTRY.c.version, func.count().label("rows"), func.count(ENTRY.c.body).label("written"))
    of = counts.group_by(ENTRY.c.version).subquery()
    query = select(ROSTER, of.c.rows, of.c.written).join(of, of.c.version == ROSTER.c.version)
    with database.reading() as connection:
        found = connection.execute(query.order_by(ROSTER.c.version.desc())).mappings().all()
    return [
        Version(
            row["version"],
            Kind(row["kind"]),
            Source(row["source"], row["sha256"], row["by"], row["at"]),
            row["entries"],
            row["written"],
            row["rows"] - row["written"],
        )
        for row in found
    ]


def _current(kind: Kind) -> Select[Any]:
    """The newest row of each id, but for those that are gone."""
    newest = (
        select(ENTRY.c.id, func.max(ENTRY.c.version).label("version")).where(ENTRY.c.kind == kind).group_by(ENTRY.c.id)
    ).subquery()
    is_newest = and_(ENTRY.c.id == newest.c.id, ENTRY.c.version == newest.c.version)
    return (
        select(ENTRY.c.id, ENTRY.c.body).join(newest, is_newest).where(ENTRY.c.kind == kind, ENTRY.c.body.is_not(None))
    )


def _write(
    connection: Connection, kind: Kind, differs: Mapping[str, str | None], source: Source, entries: int
) -> int | None:
    if not differs:
        return None
    row = {
        "kind": kind.value,
        "at": source.at,
        "by": source.by,
        "source": source.name,
        "sha256": source.sha256,
        "entries": entries,
    }
    version: int = connection.execute(insert(ROSTER).values(row).returning(ROSTER.c.version)).scalar_one()
    rows = [{"kind": kind.value, "id": id_, "version": version, "body": body} for id_, body in sorted(differs.items())]
    connection.execute(insert(ENTRY), rows)
    _write_names(connection, kind, differs)
    return version


def _write_names(connection: Connection, kind: Kind, bodies: Mapping[str, str | None]) -> None:
    there = {(row.id, row.name) for row in connection.execute(select(ROSTER_NAME).where(ROSTER_NAME.c.kind == kind))}
    named = {
        (id_, as_looked_for(name)) for id_, body in bodies.items() if body and (name := json.loads(body).get("name"))
    }
    if new := sorted(named - there):
        connection.execute(insert(ROSTER_NAME), [{"kind": kind.value, "name": name, "id": id_} for id_, name in new])


def as_looked_for(name: str) -> str:
    """A name as it is found however it is typed, in capitals or not."""
    return name.casefold()
