"""Whose draft it is, and saving over it: a draft is its practice's, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping

from isodose.desk.role import Role
from isodose.store import drafts
from isodose.store.drafts import Draft
from isodose.store.event import Json
from isodose.web.errors import ForbiddenError, NotFoundError
from isodose.web.visit import Visit

THE_PLANS = ""
"""Whose drafts are what intake enters of letters, calls and telefaxes."""


def owner(visit: Visit) -> str:
    """Whose drafts the visitor works on. Raises ``ForbiddenError`` for a requester without a practice."""
    if visit.by.role is Role.REQUESTER and not visit.by.practice:
        raise ForbiddenError("Your account belongs to no practice. An administrator of the plan can set it.")
    return visit.by.practice if visit.by.role is Role.REQUESTER else THE_PLANS


def own_draft(visit: Visit) -> Draft:
    """The draft that the path names. Raises ``NotFoundError`` for another practice's, as for one that is gone."""
    found = drafts.find_draft(visit.services.database, visit.path["draft"])
    if found is None or found.practice != owner(visit):
        raise NotFoundError("There is no such draft: it was sent or thrown away, or it is not yours.")
    return found


def own_drafts(visit: Visit) -> list[Draft]:
    return drafts.drafts_of(visit.services.database, owner(visit))


def begin_draft(visit: Visit, body: Mapping[str, Json]) -> Draft:
    return drafts.add_draft(visit.services.database, owner(visit), visit.by.account, body, visit.now)


def saved(visit: Visit, read: Draft, body: Mapping[str, Json]) -> Draft:
    """The draft saved over what was read. Raises ``StaleDraftError``, ``DraftGoneError``."""
    if body == read.body:
        return read
    return drafts.save_draft(visit.services.database, read, visit.by.account, body, visit.now)
