"""What time alone does: it marks what is late. To sweep twice marks nothing twice, and time decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from isodose.desk.act_facts import moment
from isodose.desk.authorization import STANDS
from isodose.desk.clock import Clock, deadline, duties, is_late
from isodose.desk.days import day_starts
from isodose.desk.request import NOTICE, Request
from isodose.desk.role import SYSTEM
from isodose.desk.state import DECIDED, OPEN, State
from isodose.desk.transitions import Do
from isodose.store.event import Event, Json, whole_milliseconds


def sweep(request: Request, now: datetime, zone: ZoneInfo) -> tuple[Event, ...]:
    """An event for the notice and for each letter that is late and not yet marked, and for what has run out."""
    if request.clock is None:
        return ()
    return (*_lapses(request, request.clock, now, zone), *_run_out(request, now, zone))


def _run_out(request: Request, now: datetime, zone: ZoneInfo) -> Iterator[Event]:
    """Authorizations whose last day is over."""
    for one in request.authorizations:
        last = one.line.end
        if one.state in STANDS and last and now >= day_starts(last + timedelta(days=1), zone):
            facts: dict[str, Json] = {"line": one.line.number, "last": str(last)}
            yield Event(Do.RUN_OUT.value, whole_milliseconds(now), SYSTEM, facts)


def _lapses(request: Request, clock: Clock, now: datetime, zone: ZoneInfo) -> tuple[Event, ...]:
    late = (*_notice(request, clock, now, zone), *_letters(request, clock, now, zone))
    at = whole_milliseconds(now)
    return tuple(
        Event(Do.LAPSE.value, at, SYSTEM, {"what": what, "due": moment(due), "rule": rule})
        for what, due, rule in late
        if what not in request.late
    )


def _notice(request: Request, clock: Clock, now: datetime, zone: ZoneInfo) -> Iterator[tuple[str, datetime, str]]:
    """Withdrawn and dismissed requests owe no notice of a decision."""
    if request.standing.place in (*OPEN, *DECIDED) and is_late(clock, now, zone):
        due = deadline(clock, zone)
        yield NOTICE, due.at, due.rule


def _letters(request: Request, clock: Clock, now: datetime, zone: ZoneInfo) -> Iterator[tuple[str, datetime, str]]:
    if request.standing.place is State.WITHDRAWN:
        return
    for duty in duties(clock, zone):
        if duty.name not in request.letters and now >= duty.by:
            yield duty.name, duty.by, duty.source
