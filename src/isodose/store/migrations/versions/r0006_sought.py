"""What heads are looked through for: the codes that an open request names, and whose decision nobody looked at again.

How many wait in each state is counted in an index of its own. All of it follows from the events: `schema.migrate` makes the
heads of an older record anew, by its caller's rule.
"""

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"


def upgrade() -> None:
    op.add_column("head", sa.Column("decided_by", sa.Text))
    waiting = sa.text("due IS NOT NULL")
    op.create_index("head_by_state", "head", ["state", "due"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "head_code",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", "request"),
    )
    op.create_index("head_code_by_request", "head_code", ["request"])


def downgrade() -> None:
    """The events hold it, too."""
    op.drop_table("head_code")
    op.drop_index("head_by_state", "head")
    op.drop_column("head", "decided_by")
