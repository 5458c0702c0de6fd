"""Decisions made again from what is stored: the same guideline gives the same determination, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from isodose.desk.determined import DETERMINATIONS, determinations, determined
from isodose.desk.fold import after
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.determination.program import Program
from isodose.store.event import Json, Stored, canonical


@dataclass(frozen=True, slots=True)
class Replayed:
    """One event's determinations, made again. ``differs`` says in words what is not as it was; None if all is the same."""

    request: str
    number: int
    kind: str
    differs: str | None


def replay(history: Sequence[Stored], program: Program, policy: DeskPolicy) -> Iterator[Replayed]:
    """Each answer in a request's history, made again from the events before it."""
    request = Request()
    for stored in history:
        kept = stored.event.facts.get(DETERMINATIONS)
        if isinstance(kept, list):
            made = determinations(determined(request, program, stored.event.at, policy))
            yield Replayed(stored.request, stored.number, stored.event.kind, _difference(kept, made))
        request = after(request, stored.event)


def _difference(kept: Sequence[Json], made: Sequence[Json]) -> str | None:
    if canonical(list(kept)) == canonical(list(made)):
        return None
    hashes = [(_hash(old), _hash(new)) for old, new in zip(kept, made, strict=False)]
    if other := next((pair for pair in hashes if pair[0] != pair[1]), None):
        return f"it rests on the content {other[0]}, and the guideline here is {other[1]}: replay it with that edition"
    return "the same content gives another determination"


def _hash(determination: Json) -> str:
    return str(determination.get("content_hash")) if isinstance(determination, dict) else "of no guideline"
