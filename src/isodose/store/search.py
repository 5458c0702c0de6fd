"""Finding by what people read out: a member's name on the roster, a code that a request names."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from isodose.store.database import Database
from isodose.store.dialect import position
from isodose.store.find import PAGE
from isodose.store.roster import Kind, as_looked_for
from isodose.store.tables import HEAD, HEAD_CODE, ROSTER_NAME


def members_named(database: Database, name: str, most: int = PAGE) -> list[str]:
    """The ids of members whose name on the roster, now or before, has these letters in this order."""
    has = position(ROSTER_NAME.c.name, as_looked_for(name), is_sqlite=database.is_sqlite) > 0
    query = select(ROSTER_NAME.c.id).where(ROSTER_NAME.c.kind == Kind.MEMBERS.value, has)
    with database.reading() as connection:
        return list(connection.execute(query.distinct().order_by(ROSTER_NAME.c.id).limit(most)).scalars())


def requests_of_members(database: Database, members: Collection[str], most: int = PAGE) -> list[str]:
    """The requests for some members, what happened last first."""
    query = select(HEAD.c.request).where(HEAD.c.member.in_(members)).order_by(HEAD.c.at.desc(), HEAD.c.request.desc())
    with database.reading() as connection:
        return list(connection.execute(query.limit(most)).scalars())


def requests_naming(
    database: Database, code: str, states: Collection[str], due_before: datetime, most: int = PAGE
) -> list[str]:
    """The requests in some states, due before a moment, whose heads name a code; the next due first."""
    query = (
        select(HEAD.c.request)
        .join(HEAD_CODE, HEAD_CODE.c.request == HEAD.c.request)
        .where(HEAD_CODE.c.code == code, HEAD.c.due < due_before, HEAD.c.state.in_(states))
        .order_by(HEAD.c.due, HEAD.c.request)
    )
    with database.reading() as connection:
        return list(connection.execute(query.limit(most)).scalars())
