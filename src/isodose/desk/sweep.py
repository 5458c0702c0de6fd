"""What time alone does: it marks what is late. To sweep twice marks nothing twice, and time decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from isodose.desk.act_facts import moment
from isodose.desk.authorization import STANDS, Authorization
from isodose.desk.clock import Clock, Duty, deadline, duties, is_late
from isodose.desk.days import day_starts
from isodose.desk.request import NOTICE, Request
from isodose.desk.role import SYSTEM
from isodose.desk.state import DECIDED, OPEN, State
from isodose.desk.transitions import Do
from isodose.store.event import Event, Json, whole_milliseconds


def sweep(request: Request, now: datetime, zone: ZoneInfo) -> tuple[Event, ...]:
    """An event for the notice and for each letter that is late and not yet marked, and for what has run out."""
    now = whole_milliseconds(now)
    if request.clock is None or (request.last and now < request.last):
        return ()
    return (*_lapses(request, request.clock, now, zone), *_run_out(request, now, zone))


def owes_notice(request: Request) -> bool:
    """Withdrawn and dismissed requests owe no notice of a decision."""
    return request.standing.place in (*OPEN, *DECIDED)


def letters_owed(request: Request, clock: Clock, zone: ZoneInfo) -> Iterator[Duty]:
    """The letters that are not written yet; of a withdrawn request nobody waits for any."""
    if request.standing.place is not State.WITHDRAWN:
        yield from (duty for duty in duties(clock, zone) if duty.name not in request.letters)


def runs_out(one: Authorization, zone: ZoneInfo) -> datetime | None:
    """The first moment after the last day of an authorization that stands; None if it has no last day."""
    last = one.line.end
    return day_starts(last + timedelta(days=1), zone) if one.state in STANDS and last else None


def _run_out(request: Request, now: datetime, zone: ZoneInfo) -> Iterator[Event]:
    """Authorizations whose last day is over."""
    for one in request.authorizations:
        at = runs_out(one, zone)
        if at and now >= at:
            facts: dict[str, Json] = {"line": one.line.number, "last": str(one.line.end)}
            yield Event(Do.RUN_OUT.value, now, SYSTEM, facts)


def _lapses(request: Request, clock: Clock, now: datetime, zone: ZoneInfo) -> tuple[Event, ...]:
    late = (*_notice(request, clock, now, zone), *_letters(request, clock, now, zone))
    return tuple(
        Event(Do.LAPSE.value, now, SYSTEM, {"what": what, "due": moment(due), "rule": rule})
        for what, due, rule in late
        if what not in request.late
    )


def _notice(request: Request, clock: Clock, now: datetime, zone: ZoneInfo) -> Iterator[tuple[str, datetime, str]]:
    if owes_notice(request) and is_late(clock, now, zone):
        due = deadline(clock, zone)
        yield NOTICE, due.at, due.rule


def _letters(request: Request, clock: Clock, now: datetime, zone: ZoneInfo) -> Iterator[tuple[str, datetime, str]]:
    for duty in letters_owed(request, clock, zone):
        if now >= duty.by:
            yield duty.name, duty.by, duty.source
