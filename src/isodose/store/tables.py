"""The tables as this program reads them. Migrations make them; a test holds that both say the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.sql import quoted_name

from isodose.store.event import instant_from, instant_text

METADATA = MetaData(
    naming_convention={
        "pk": "%(table_name)s_key",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
        "fk": "%(table_name)s_%(column_0_N_name)s_is_there",
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
    }
)

COUNTER = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column that is called INTEGER."""

BY = quoted_name("by", quote=True)


class Instant(TypeDecorator[datetime]):
    """A moment as events write it: text that sorts by time, and that both databases give back as it was."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (its signature)
        return None if value is None else instant_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else instant_from(value)


def _last_event() -> ForeignKeyConstraint:
    """Rows that speak of an event are written before it, in the same transaction."""
    columns = ["request", "number"]
    return ForeignKeyConstraint(columns, ["event.request", "event.number"], deferrable=True, initially="DEFERRED")


EVENT = Table(
    "event",
    METADATA,
    Column("position", COUNTER, Identity(), primary_key=True),
    Column("request", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column(BY, Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("request", "number"),
    sqlite_autoincrement=True,
)
"""What happened. ``position`` counts over all requests, ``facts`` is the canonical JSON that the hash was made over."""

DOCUMENT = Table(
    "document",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

RECEIPT = Table(
    "receipt",
    METADATA,
    Column("request", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("key", Text, unique=True),
    Column("content", Text, unique=True),
    _last_event(),
)
"""What was sent once and may be sent again: by its idempotency key or its content to its events, ``first`` to ``number``."""

HEAD = Table(
    "head",
    METADATA,
    Column("request", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("practice", Text),
    Column("member", Text),
    Column("due", Instant),
    Column("assigned", Text),
    _last_event(),
    Index(
        "head_by_due", "due", "request", sqlite_where=text("due IS NOT NULL"), postgresql_where=text("due IS NOT NULL")
    ),
    Index("head_by_at", "at", "request"),
    Index("head_by_practice", "practice", "at"),
    Index("head_by_member", "member", "at"),
)
"""Where each request stands after its last event: made from the events, and made again from them at any time."""

AUTHORIZATION = Table(
    "authorization_number",
    METADATA,
    Column("authorization", Text, primary_key=True),
    Column("request", Text, nullable=False, index=True),
)
"""Which request a number of an authorization belongs to: one only, for ever."""

ROSTER = Table(
    "roster",
    METADATA,
    Column("version", COUNTER, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column(BY, Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("entries", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""A list as it was loaded: members or practices, when, by whom, from which file."""

ENTRY = Table(
    "roster_entry",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("body", Text),
    ForeignKeyConstraint(["version"], ["roster.version"]),
)
"""What a list says of one member or practice from that version on; no body: it is on the list no more."""
