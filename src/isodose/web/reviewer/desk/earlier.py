"""The member's earlier requests: shown beside the case, and cited where one settles a criterion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from isodose.desk.case import Case
from isodose.desk.head import member_id
from isodose.store.find import Wanted, newest
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.show import day

_MOST = 20


@dataclass(frozen=True, slots=True)
class Earlier:
    """``certified`` is what was approved of it, in words; empty if nothing was."""

    tracking: str
    state: str
    asked: str
    received: date | None
    certified: str

    @property
    def cited(self) -> str:
        """The request as a reason cites it."""
        return f"Earlier request {self.tracking}: {self.state}, {self.certified or self.asked}."


def earlier(desk: Desk) -> tuple[Earlier, ...]:
    """Other requests for the same member, the last one first."""
    member = member_id(desk.request)
    if not member:
        return ()
    services = desk.visit.services
    heads = newest(services.database, Wanted(member=member), most=_MOST)
    others = [one.request for one in heads if one.request != desk.case.tracking]
    found = services.office.record.histories(others)
    return tuple(_earlier(Case.of(found[tracking])) for tracking in others)


def _earlier(case: Case) -> Earlier:
    request = case.request
    asked = "; ".join(_asked(case)) or "nothing that can be read"
    certified = "; ".join(
        f"{', '.join(sorted(one.line.codes))}{_sessions(one.line.units)} from {day(one.line.start)}"
        for one in request.authorizations
    )
    received = request.clock.first.date() if request.clock else None
    return Earlier(case.tracking, request.standing.state.value, asked, received, certified)


def _asked(case: Case) -> Iterator[str]:
    for line in case.request.lines:
        yield f"{', '.join(sorted(line.codes))}{_sessions(line.units)} from {day(line.start)}"


def _sessions(units: int | None) -> str:
    return f" × {units}" if units else ""
