"""A letter delivered, as the record keeps it: by which way, with which proof; and what the member was told by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any as Untyped
from zoneinfo import ZoneInfo

from isodose.desk.acts import Notify, SendLetter
from isodose.desk.clock import CONFIRMATION, duties
from isodose.desk.fold import request_from
from isodose.desk.recorded import DECISIONS
from isodose.desk.request import Request
from isodose.desk.state import DECIDED
from isodose.desk.transitions import Do
from isodose.desk.written import Written, letter_from
from isodose.store.event import Event, Json, Stored

MEMBER = "member"
"""The reader whose letter is the notice."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """``letter`` is the number of the event that wrote it; ``proof`` what shows that it was delivered by this ``channel``."""

    letter: int
    channel: str
    proof: str


def delivered_facts(delivered: Delivered) -> dict[str, Json]:
    """A delivery as its event's facts."""
    return {"letter": delivered.letter, "channel": delivered.channel, "proof": delivered.proof}


def deliveries_in(history: Iterable[Stored]) -> dict[int, tuple[Stored, Delivered]]:
    """The deliveries of a request, each with its event, by the number of the letter's."""
    found = (one for one in history if one.event.kind == Do.DELIVER_LETTER)
    facts: Iterator[tuple[Stored, Untyped]] = ((one, one.event.facts) for one in found)
    return {told["letter"]: (one, Delivered(told["letter"], told["channel"], told["proof"])) for one, told in facts}


def told_by(history: Sequence[Stored], letter: int, zone: ZoneInfo) -> tuple[Notify | SendLetter, ...]:
    """What the member was told as a letter was delivered: the decision that stands, or what was owed in writing."""
    written = letter_from(history[letter - 1].event)
    return tuple(_told_by(history, written, zone)) if written.reader == MEMBER else ()


def _told_by(history: Sequence[Stored], written: Written, zone: ZoneInfo) -> Iterator[Notify | SendLetter]:
    event, events = history[written.of - 1].event, [one.event for one in history]
    request = request_from(events)
    if event.kind in DECISIONS and _stands(request, event):
        assert request.clock is not None, "what is decided has a clock"
        if request.clock.notice is None:
            yield Notify(oral=False)
        yield from _owed({CONFIRMATION} & _duties(request, zone), request)
    if event.kind == Do.REFUSE_EXPEDITE:
        new = _duties(request_from(events[: written.of]), zone) - _duties(request_from(events[: written.of - 1]), zone)
        yield from _owed(new & _duties(request, zone), request)


def _stands(request: Request, event: Event) -> bool:
    """Whether it is the decision that the request has now."""
    decision = request.decision
    return (
        request.standing.place in DECIDED
        and decision is not None
        and (decision.at, decision.do) == (event.at, event.kind)
    )


def _duties(request: Request, zone: ZoneInfo) -> set[str]:
    return {duty.name for duty in duties(request.clock, zone)} if request.clock else set()


def _owed(names: set[str], request: Request) -> Iterator[SendLetter]:
    return (SendLetter(name) for name in sorted(names - request.letters))
