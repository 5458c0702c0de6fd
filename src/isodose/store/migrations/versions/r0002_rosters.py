"""Members and practices, each list as it was from one version on."""

import sqlalchemy as sa
from alembic import op

from isodose.store.dialect import Keys, append_only, not_append_only

revision = "r0002"
down_revision = "r0001"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY: dict[str, Keys] = {"roster": [("version",)], "roster_entry": [("kind", "id", "version")]}


def upgrade() -> None:
    op.create_table(
        "roster",
        sa.Column("version", COUNTER, sa.Identity(), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column(sa.sql.quoted_name("by", quote=True), sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("version"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "roster_entry",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text),
        sa.PrimaryKeyConstraint("kind", "id", "version"),
        sa.ForeignKeyConstraint(["version"], ["roster.version"]),
    )
    for table, keys in APPEND_ONLY.items():
        for statement in append_only(op.get_context().dialect.name, table, keys):
            op.execute(statement)


def downgrade() -> None:
    """The lists can be loaded again."""
    for table in APPEND_ONLY:
        for statement in not_append_only(op.get_context().dialect.name, table):
            op.execute(statement)
    for table in ("roster_entry", "roster"):
        op.drop_table(table)
