"""Letters on their way to their readers."""

import sqlalchemy as sa
from alembic import op

revision = "r0005"
down_revision = "r0004"


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("letter", sa.Integer, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next", sa.Text),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("done", sa.Text),
        sa.Column("proof", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("request", "letter"),
        sa.ForeignKeyConstraint(["request", "letter"], ["event.request", "event.number"]),
    )
    waiting = sa.text("next IS NOT NULL")
    op.create_index("outbox_by_next", "outbox", ["next"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("outbox_by_made", "outbox", ["made", "request", "letter"])


def downgrade() -> None:
    """What was delivered is told by events."""
    op.drop_table("outbox")
