"""The authorizations of the record as claims are checked against them: what is certified, what was denied, what is not answered yet.

A line that is certified stands under the number of its authorization, one that was denied or waits under its request's. A request
that was withdrawn or dismissed, or that needed no authorization, says nothing to a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from math import inf
from zoneinfo import ZoneInfo

from isodose.claims.authorizations import ClaimAuthorization, Status
from isodose.desk.authorization import Authorization
from isodose.desk.case import Case
from isodose.desk.days import day_of
from isodose.desk.head import member_id
from isodose.desk.line import Line
from isodose.desk.number import authorization_number, serial_of
from isodose.desk.recorded import Recorded
from isodose.desk.request import Request
from isodose.desk.state import OPEN
from isodose.store.drawn import units_drawn
from isodose.store.find import every_request
from isodose.store.record import Record

_AT_ONCE = 500
"""Requests that are read together."""


def authorizations_in(record: Record, zone: ZoneInfo) -> Iterator[ClaimAuthorization]:
    """Those of every request, in the order of tracking numbers, without what claims have drawn for good. Raises ``DamagedError``."""
    drawn = units_drawn(record.database)
    return (left(one, drawn) for one in _granted(record, zone))


def overdrawn(record: Record, zone: ZoneInfo) -> Iterator[str]:
    """Authorizations of which claims have drawn more units for good than were ever granted, and those that are not there."""
    drawn = {number: units for number, units in units_drawn(record.database).items() if units}
    if not drawn:
        return
    granted: dict[str, float] = {}
    for one in _granted(record, zone):
        if one.status is Status.APPROVED and one.authorization_number in drawn:
            units = inf if one.units is None else one.units
            granted[one.authorization_number] = max(units, granted.get(one.authorization_number, 0))
    for number, units in sorted(drawn.items()):
        if number not in granted:
            yield f"{number}: claims have drawn {units:,} units, and there is no such authorization"
        elif units > granted[number]:
            yield f"{number}: claims have drawn {units:,} units, and {granted[number]:,} were granted"


def _granted(record: Record, zone: ZoneInfo) -> Iterator[ClaimAuthorization]:
    requests = every_request(record.database)
    for start in range(0, len(requests), _AT_ONCE):
        for history in record.histories(requests[start : start + _AT_ONCE]).values():
            yield from authorizations_of(Case.of(history), zone)


def left(one: ClaimAuthorization, drawn: Mapping[str, int]) -> ClaimAuthorization:
    """The authorization without the units that claims have drawn of it for good, in whichever of its spans."""
    if one.units is None or one.status is not Status.APPROVED:
        return one
    return replace(one, units=max(0, one.units - drawn.get(one.authorization_number, 0)))


def authorizations_of(case: Case, zone: ZoneInfo) -> Iterator[ClaimAuthorization]:
    """Those of one request; none where nobody knows whose it is, since no claim could be met."""
    member, request = member_id(case.request), case.request
    if not member:
        return
    if request.standing.place in OPEN:
        for line in request.lines:
            yield _of_line(line, case.tracking, member, Status.PENDING)
    elif decision := request.decision:
        decided = day_of(decision.at, zone)
        for one in request.authorizations:
            for approved in _certified(one, case.tracking, member):
                yield replace(approved, decided=decided)
        for line in _denied(request, decision):
            yield replace(_of_line(line, case.tracking, member, Status.DENIED), decided=decided)


def _certified(one: Authorization, tracking: str, member: str) -> Iterator[ClaimAuthorization]:
    number = authorization_number(serial_of(tracking), one.line.number)
    for line in _spans(one):
        yield replace(_of_line(line, number, member, Status.APPROVED), ended_on=_ended_early(one, line))


def _denied(request: Request, decision: Recorded) -> Iterator[Line]:
    """The lines of an adverse decision that it does not certify."""
    certified = {line.number for line in decision.granted}
    return (line for line in request.lines if decision.is_adverse and line.number not in certified)


def _spans(one: Authorization) -> Iterator[Line]:
    """What is certified from day to day: where something was taken away, what stood before ends on its last day."""
    first = date.min
    for line, last in one.earlier:
        if span := _between(line, first, last):
            yield span
        first = max(first, last + timedelta(days=1))
    if span := _between(one.line, first, None):
        yield span


def _between(line: Line, first: date, last: date | None) -> Line | None:
    """The line on the days from first to last; None if it has none of them."""
    start, end = max(line.start, first), min(filter(None, (line.end, last)), default=None)
    return replace(line, start=start, end=end) if end is None or start <= end else None


def _ended_early(one: Authorization, line: Line) -> date | None:
    """The last day of the authorization, where it comes before that of the line."""
    return one.ended if one.ended and (line.end is None or one.ended < line.end) else None


def _of_line(line: Line, number: str, member: str, status: Status) -> ClaimAuthorization:
    return ClaimAuthorization(
        number,
        member,
        tuple(sorted(line.codes)),
        line.start,
        line.end,
        units=line.units,
        provider_npis=(line.provider,) if line.provider else None,
        status=status,
    )
