"""The main places, in the order of the header; everybody sees those to which they have a right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from isodose.web.rights import Right


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the header. It is the current one on all pages whose paths begin with ``path`` or one of ``also``."""

    title: str
    path: str
    right: Right
    also: tuple[str, ...] = ()
    is_current: bool = False


PLACES = (
    Place("Worklist", "/worklist", Right.REVIEW, ("/case/",)),
    Place("Requests", "/requests", Right.READ_OWN, ("/request/", "/draft/")),
    Place("New request", "/requests/new", Right.PREPARE),
    Place("Guideline", "/guideline", Right.EVERYBODY),
    Place("Is authorization needed?", "/needed", Right.EVERYBODY),
    Place("Check a case", "/check", Right.EVERYBODY),
    Place("Content", "/content", Right.WRITE_GUIDELINES),
    Place("Claims", "/claims", Right.CHECK_CLAIMS),
    Place("Accounts", "/accounts", Right.ADMINISTER, ("/practices", "/activity", "/settings")),
)


def navigation(may: Callable[[Right], bool], route: str) -> list[Place]:
    """The places of somebody, one of them current if the page of a route belongs to it: the one with the longest path."""
    mine = [place for place in PLACES if may(place.right)]
    here = [place for place in mine if any(route.startswith(start) for start in (place.path, *place.also))]
    current = max(here, key=lambda place: len(place.path), default=None)
    return [Place(one.title, one.path, one.right, one.also, is_current=one is current) for one in mine]
