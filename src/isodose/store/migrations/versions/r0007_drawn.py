"""Units that claim lines drew from authorizations, and gave back."""

import sqlalchemy as sa
from alembic import op

from isodose.store.dialect import Keys, append_only, not_append_only

revision = "r0007"
down_revision = "r0006"

TABLE = "drawn"
KEYS: Keys = [("position",), ("claim", "line", "number")]


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(), nullable=False),
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("authorization", sa.Text, nullable=False),
        sa.Column("units", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column(sa.sql.quoted_name("by", quote=True), sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("claim", "line", "number"),
        sa.CheckConstraint("CASE number % 2 WHEN 1 THEN units > 0 ELSE units < 0 END", name="drawn_then_given_back"),
        sqlite_autoincrement=True,
    )
    op.create_index("drawn_by_authorization", TABLE, ["authorization"])
    for statement in append_only(op.get_context().dialect.name, TABLE, KEYS):
        op.execute(statement)


def downgrade() -> None:
    """What was drawn is never taken away; where nothing was drawn yet, there is a way back."""
    from isodose.store.errors import SchemaError

    if op.get_bind().execute(sa.text(f"SELECT 1 FROM {TABLE} LIMIT 1")).first():  # noqa: S608 (our own name)
        raise SchemaError(
            "this record holds units that claims drew, and they are never taken away; keep the database and make a new one"
        )
    for statement in not_append_only(op.get_context().dialect.name, TABLE):
        op.execute(statement)
    op.drop_table(TABLE)
