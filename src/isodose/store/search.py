"""Finding by what people read out: a member's name on the roster, a code that a request names."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select

from isodose.store.database import Database
from isodose.store.find import PAGE
from isodose.store.roster import Kind
from isodose.store.tables import ENTRY, EVENT, HEAD

SENT = ("submitted", "corrected", "answered", "information-added")
"""The kinds of events that bring what is asked for."""


def members_named(database: Database, name: str, most: int = PAGE) -> list[str]:
    """The ids of members whose name on the roster, now or before, has these letters in this order."""
    pattern = f'%"name":"%{_literal(json.dumps(name, ensure_ascii=False)[1:-1])}%"%'
    query = select(ENTRY.c.id).where(ENTRY.c.kind == Kind.MEMBERS.value, ENTRY.c.body.ilike(pattern, escape="\\"))
    with database.reading() as connection:
        return list(connection.execute(query.distinct().order_by(ENTRY.c.id).limit(most)).scalars())


def requests_of_members(database: Database, members: Collection[str], most: int = PAGE) -> list[str]:
    """The requests for some members, what happened last first."""
    query = select(HEAD.c.request).where(HEAD.c.member.in_(members)).order_by(HEAD.c.at.desc(), HEAD.c.request.desc())
    with database.reading() as connection:
        return list(connection.execute(query.limit(most)).scalars())


def requests_naming(
    database: Database, words: Collection[str], states: Collection[str], due_before: datetime, most: int = PAGE
) -> list[str]:
    """The requests in some states, due before a moment, in which one of the words was sent whole; the next due first."""
    is_named = or_(*(EVENT.c.facts.contains(json.dumps(word, ensure_ascii=False), autoescape=True) for word in words))
    query = (
        select(HEAD.c.request, func.min(HEAD.c.due).label("due"))
        .join(EVENT, EVENT.c.request == HEAD.c.request)
        .where(HEAD.c.due < due_before, HEAD.c.state.in_(states), EVENT.c.kind.in_(SENT), is_named)
        .group_by(HEAD.c.request)
        .order_by("due", HEAD.c.request)
    )
    with database.reading() as connection:
        return list(connection.execute(query.limit(most)).scalars())


def _literal(text: str) -> str:
    """A text in a pattern, standing for itself."""
    return "".join(f"\\{letter}" if letter in "\\%_" else letter for letter in text)
