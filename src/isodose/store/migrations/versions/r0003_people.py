"""Accounts, sessions, drafts, and who saw what."""

import sqlalchemy as sa
from alembic import op

from isodose.store.dialect import Keys, append_only, not_append_only

revision = "r0003"
down_revision = "r0002"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY: dict[str, Keys] = {"account_event": [("position",)], "seen": [("position",)]}
TABLES = (
    "seen",
    "preference",
    "upload_part",
    "upload",
    "draft_document",
    "draft",
    "attempt",
    "device",
    "session",
    "account_event",
    "account",
)


def upgrade() -> None:
    _accounts()
    _sessions()
    _drafts()
    _seen()
    for table, keys in APPEND_ONLY.items():
        for statement in append_only(op.get_context().dialect.name, table, keys):
            op.execute(statement)


def downgrade() -> None:
    """Who did and saw what is never taken away; where nobody did anything yet, there is a way back."""
    from isodose.store.errors import SchemaError

    for table in APPEND_ONLY:
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():  # noqa: S608 (our own names)
            raise SchemaError(
                "this record holds accounts with what was done and seen, and it is never taken away;"
                " keep the database and make a new one"
            )
    for table in APPEND_ONLY:
        for statement in not_append_only(op.get_context().dialect.name, table):
            op.execute(statement)
    for table in TABLES:
        op.drop_table(table)


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("practice", sa.Text),
        sa.Column("password", sa.Text),
        sa.Column("password_is_temporary", sa.Boolean, nullable=False),
        sa.Column("second_factor", sa.Text),
        sa.Column("second_factor_used", sa.BigInteger),
        sa.Column("qualification", sa.Text),
        sa.Column("prepares_for", sa.Text, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index("account_by_practice", "account", ["practice"])
    op.create_table(
        "account_event",
        sa.Column("position", COUNTER, sa.Identity(), nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column(sa.sql.quoted_name("by", quote=True), sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position"),
        _of_an_account(),
        sqlite_autoincrement=True,
    )
    op.create_index("account_event_by_account", "account_event", ["account", "position"])


def _sessions() -> None:
    op.create_table(
        "session",
        sa.Column("token_sha256", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("started", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("token_sha256"),
        _of_an_account(),
    )
    op.create_index("session_by_account", "session", ["account"])
    op.create_table(
        "device",
        sa.Column("token_sha256", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", "account"),
        _of_an_account(),
    )
    op.create_table(
        "attempt",
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )


def _drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("practice", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("updated", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _of_an_account(),
    )
    op.create_index("draft_by_practice", "draft", ["practice", "updated"])
    op.create_table(
        "draft_document",
        sa.Column("draft", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("draft", "sha256"),
        _with_its("draft"),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("draft", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("received", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _with_its("draft"),
    )
    op.create_index("upload_by_draft", "upload", ["draft"])
    op.create_table(
        "upload_part",
        sa.Column("upload", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("upload", "start"),
        _with_its("upload"),
    )


def _seen() -> None:
    op.create_table(
        "preference",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("account", "name"),
        _of_an_account(),
    )
    op.create_table(
        "seen",
        sa.Column("position", COUNTER, sa.Identity(), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sqlite_autoincrement=True,
    )
    op.create_index("seen_by_request", "seen", ["request", "position"])
    op.create_index("seen_by_account", "seen", ["account", "position"])


def _of_an_account() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account"], ["account.name"])


def _with_its(owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([owner], [f"{owner}.id"], ondelete="CASCADE")
