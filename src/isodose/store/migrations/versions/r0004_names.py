"""Names on the lists, as they are looked for."""

import json

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"

_AT_ONCE = 1000


def upgrade() -> None:
    made = op.create_table(
        "roster_name",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", "id"),
    )
    bodies = sa.text("SELECT kind, id, body FROM roster_entry WHERE body IS NOT NULL")
    named = {(kind, name.casefold(), id_) for kind, id_, body in op.get_bind().execute(bodies) if (name := _name(body))}
    rows = [{"kind": kind, "name": name, "id": id_} for kind, name, id_ in sorted(named)]
    for place in range(0, len(rows), _AT_ONCE):
        op.bulk_insert(made, rows[place : place + _AT_ONCE])


def downgrade() -> None:
    """The lists hold the names, too."""
    op.drop_table("roster_name")


def _name(body: str) -> str:
    said = json.loads(body).get("name")
    return said if isinstance(said, str) else ""
