"""Events, documents, receipts, and the heads that follow from them."""

import sqlalchemy as sa
from alembic import op

from isodose.store.dialect import Keys, append_only, not_append_only

revision = "r0001"
down_revision = None

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY: dict[str, Keys] = {
    "event": [("request", "number"), ("position",)],
    "document": [("sha256",)],
    "receipt": [("request", "number"), ("key",), ("content",)],
}


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("position", COUNTER, sa.Identity(), nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column(sa.sql.quoted_name("by", quote=True), sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("request", "number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "document",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "receipt",
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("content", sa.Text),
        sa.PrimaryKeyConstraint("request", "number"),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("content"),
        _of_an_event(),
    )
    op.create_table(
        "head",
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("practice", sa.Text),
        sa.Column("member", sa.Text),
        sa.Column("due", sa.Text),
        sa.Column("assigned", sa.Text),
        sa.PrimaryKeyConstraint("request"),
        _of_an_event(),
    )
    open_ones = sa.text("due IS NOT NULL")
    op.create_index("head_by_due", "head", ["due", "request"], sqlite_where=open_ones, postgresql_where=open_ones)
    op.create_index("head_by_at", "head", ["at", "request"])
    op.create_index("head_by_practice", "head", ["practice", "at"])
    op.create_index("head_by_member", "head", ["member", "at"])
    op.create_table(
        "authorization_number",
        sa.Column("authorization", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("authorization"),
    )
    op.create_index("authorization_number_by_request", "authorization_number", ["request"])
    for table, keys in APPEND_ONLY.items():
        for statement in append_only(op.get_context().dialect.name, table, keys):
            op.execute(statement)


def downgrade() -> None:
    """Only an empty record has a way back from here: nothing that was stored is ever taken away."""
    from isodose.store.errors import SchemaError

    if op.get_bind().execute(sa.text("SELECT 1 FROM event LIMIT 1")).first():
        raise SchemaError(
            "this record holds events, and they are never taken away; keep the database and make a new one"
        )
    for table in APPEND_ONLY:
        for statement in not_append_only(op.get_context().dialect.name, table):
            op.execute(statement)
    for table in ("authorization_number", "head", "receipt", "document", "event"):
        op.drop_table(table)


def _of_an_event() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["request", "number"], ["event.request", "event.number"], deferrable=True, initially="DEFERRED"
    )
