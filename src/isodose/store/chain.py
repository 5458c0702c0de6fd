"""The events of one request as the chain that they must be, and the first place where they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from isodose.store.event import GENESIS, Event, Stored, link, link_hash


class Wrong(StrEnum):
    """What happened to an event after it was stored."""

    CHANGED = "changed"
    REMOVED = "removed"
    REORDERED = "re-ordered"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first event of a request that is not as it was stored, and how one knows."""

    request: str
    number: int
    wrong: Wrong
    because: str

    def __str__(self) -> str:
        return f"{self.request}: event {self.number} was {self.wrong}: {self.because}"


def links(request: str, events: Iterable[Event], after: Stored | None) -> Iterator[Stored]:
    """The events as the next links of the request's chain, after its last one."""
    for event in events:
        number, previous = (after.number, after.hash) if after else (0, GENESIS)
        after = link(request, number + 1, event, previous)
        yield after


def first_fault(chain: Sequence[Stored]) -> Fault | None:
    """The first event that was changed, removed or re-ordered; None if the chain holds.

    An end that was cut off leaves a chain that holds, as does one that was rewritten whole: those a checkpoint finds.
    """
    previous = GENESIS
    for number, stored in enumerate(chain, start=1):
        if wrong := _fault(number, previous, stored, chain):
            return wrong
        previous = stored.hash
    return None


def _fault(number: int, previous: str, stored: Stored, chain: Sequence[Stored]) -> Fault | None:
    request = stored.request
    if stored.number != number:
        return Fault(request, number, Wrong.REMOVED, f"the next one is event {stored.number}")
    if stored.previous != previous:
        if any(other.previous == previous for other in chain):
            return Fault(request, number, Wrong.REORDERED, "another event follows the one before it")
        return Fault(request, number, Wrong.CHANGED, "it does not follow from the one before it")
    if link_hash(request, number, stored.event, stored.previous) != stored.hash:
        return Fault(request, number, Wrong.CHANGED, "it does not fit its hash")
    return None
