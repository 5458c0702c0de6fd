"""The tables as this program reads them. Migrations make them; a test holds that both say the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
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
    Column("decided_by", Text),
    _last_event(),
    Index(
        "head_by_due", "due", "request", sqlite_where=text("due IS NOT NULL"), postgresql_where=text("due IS NOT NULL")
    ),
    Index(
        "head_by_state", "state", "due", sqlite_where=text("due IS NOT NULL"), postgresql_where=text("due IS NOT NULL")
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

HEAD_CODE = Table(
    "head_code",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("request", Text, primary_key=True, index=True),
)
"""Which codes a request is found by, as its head says."""

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

ROSTER_NAME = Table(
    "roster_name",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("id", Text, primary_key=True),
)
"""Every name that a list has or had for an id, in small letters: what is looked through where somebody reads out a name."""

ACCOUNT = Table(
    "account",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("practice", Text, index=True),
    Column("password", Text),
    Column("password_is_temporary", Boolean, nullable=False),
    Column("second_factor", Text),
    Column("second_factor_used", BigInteger),
    Column("qualification", Text),
    Column("prepares_for", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
)
"""Who may sign in, as it is now. ``second_factor_used`` is the counter of the last code that was accepted."""

ACCOUNT_EVENT = Table(
    "account_event",
    METADATA,
    Column("position", COUNTER, Identity(), primary_key=True),
    Column("account", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column(BY, Text, nullable=False),
    Column("facts", Text, nullable=False),
    ForeignKeyConstraint(["account"], ["account.name"]),
    Index("account_event_by_account", "account", "position"),
    sqlite_autoincrement=True,
)
"""What happened to an account, and who did it: the activity log."""

SESSION = Table(
    "session",
    METADATA,
    Column("token_sha256", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("step", Text, nullable=False),
    Column("started", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    ForeignKeyConstraint(["account"], ["account.name"]),
)
"""Who is signed in, or on the way to it. The token itself is with the browser alone."""

DEVICE = Table(
    "device",
    METADATA,
    Column("token_sha256", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["account"], ["account.name"]),
)
"""From which browsers an account has signed in before, and when last."""

ATTEMPT = Table(
    "attempt",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", Instant, nullable=False),
)
"""How often signing in failed of late, by what is slowed down for it."""

DRAFT = Table(
    "draft",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("practice", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["account"], ["account.name"]),
    Index("draft_by_practice", "practice", "updated"),
)
"""What a practice has typed and not submitted. ``number`` counts how often it was saved, ``account`` saved it last."""

DRAFT_DOCUMENT = Table(
    "draft_document",
    METADATA,
    Column("draft", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(["draft"], ["draft.id"], ondelete="CASCADE"),
)
"""What is attached to a draft. It goes with the draft."""

UPLOAD = Table(
    "upload",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("draft", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("total", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["draft"], ["draft.id"], ondelete="CASCADE"),
)
"""A document that is on its way, and how many bytes of it have come."""

UPLOAD_PART = Table(
    "upload_part",
    METADATA,
    Column("upload", Text, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(["upload"], ["upload.id"], ondelete="CASCADE"),
)

PREFERENCE = Table(
    "preference",
    METADATA,
    Column("account", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    ForeignKeyConstraint(["account"], ["account.name"]),
)
"""What an account has chosen for itself, such as a saved filter."""

SEEN = Table(
    "seen",
    METADATA,
    Column("position", COUNTER, Identity(), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("account", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("what", Text, nullable=False),
    Index("seen_by_request", "request", "position"),
    Index("seen_by_account", "account", "position"),
    sqlite_autoincrement=True,
)
"""Who saw what of a request, and when."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("request", Text, primary_key=True),
    Column("letter", Integer, primary_key=True),
    Column("reader", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next", Instant),
    Column("problem", Text, nullable=False),
    Column("done", Instant),
    Column("proof", Text, nullable=False),
    ForeignKeyConstraint(["request", "letter"], ["event.request", "event.number"]),
    Index("outbox_by_next", "next", sqlite_where=text("next IS NOT NULL"), postgresql_where=text("next IS NOT NULL")),
    Index("outbox_by_made", "made", "request", "letter"),
)
"""Letters on their way, by the number of the event that wrote each: how often it was tried, and when it is tried next.

That a letter was delivered is an event; what stands here beside it can be made anew.
"""

DRAWN = Table(
    "drawn",
    METADATA,
    Column("position", COUNTER, Identity(), primary_key=True),
    Column("claim", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("authorization", Text, nullable=False, index=True),
    Column("units", BigInteger, nullable=False),
    Column("day", Text, nullable=False),
    Column("run", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column(BY, Text, nullable=False),
    UniqueConstraint("claim", "line", "number"),
    CheckConstraint("CASE number % 2 WHEN 1 THEN units > 0 ELSE units < 0 END", name="drawn_then_given_back"),
    sqlite_autoincrement=True,
)
"""Units that claim lines drew, and gave back: a line's rows are numbered, those with an odd number draw."""
