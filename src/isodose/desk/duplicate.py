"""Requests that look like one another: shown before submitting, with a link, and never a reason to refuse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from isodose.desk.state import State

NEAR_DAYS = 30
"""Two starts of one course are rarely further apart, and a second course rarely comes sooner."""

_GONE = frozenset({State.DRAFT, State.WITHDRAWN, State.DISMISSED})


class Likeness(StrEnum):
    """How much two requests are alike."""

    EXACT = "the same request"
    NEAR = "nearly the same request"


@dataclass(frozen=True, slots=True)
class Sketch:
    """What tells requests apart. ``services`` has for each line the codes that may be billed for it."""

    request: str
    member: str
    services: frozenset[frozenset[str]]
    start: date
    diagnoses: frozenset[str]
    provider: str
    state: State = State.DRAFT


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An earlier request, how alike it is, and in what it differs, in words."""

    request: str
    likeness: Likeness
    state: State
    differs: tuple[str, ...]


def duplicates(new: Sketch, earlier: Iterable[Sketch]) -> tuple[Duplicate, ...]:
    """The earlier requests for the same member that are alike, exact ones first, then by the distance of their starts."""
    found = [(_distance(new, old), duplicate) for old in earlier if (duplicate := _duplicate(new, old))]
    found.sort(key=lambda pair: (pair[1].likeness is Likeness.NEAR, pair[0], pair[1].request))
    return tuple(duplicate for _, duplicate in found)


def _duplicate(new: Sketch, old: Sketch) -> Duplicate | None:
    if new.request == old.request or new.member != old.member or old.state in _GONE:
        return None
    if not _shares_a_service(new, old) or _distance(new, old) > NEAR_DAYS:
        return None
    differs = _differences(new, old)
    return Duplicate(old.request, Likeness.NEAR if differs else Likeness.EXACT, old.state, differs)


def _shares_a_service(new: Sketch, old: Sketch) -> bool:
    return any(not mine.isdisjoint(theirs) for mine in new.services for theirs in old.services)


def _distance(new: Sketch, old: Sketch) -> int:
    return abs((new.start - old.start).days)


def _differences(new: Sketch, old: Sketch) -> tuple[str, ...]:
    pairs = (
        ("start", new.start, old.start),
        ("services", _names(frozenset().union(*new.services)), _names(frozenset().union(*old.services))),
        ("diagnoses", _names(new.diagnoses), _names(old.diagnoses)),
        ("provider", new.provider or "any", old.provider or "any"),
    )
    return tuple(f"{name}: {theirs} there, {mine} here" for name, mine, theirs in pairs if mine != theirs)


def _names(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))
