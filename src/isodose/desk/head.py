"""Where a request stands, as worklists and searches look at it: made from its events, and made again from them at any time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from isodose.desk.clock import deadline, duties
from isodose.desk.fold import request_from
from isodose.desk.number import authorization_number, serial_of
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.desk.state import DECIDED, OPEN
from isodose.store.event import Stored
from isodose.store.head import Head, HeadOf


def head_by(policy: DeskPolicy) -> HeadOf:
    """The rule by which heads are made under a policy."""

    def head_of(chain: Sequence[Stored]) -> Head:
        return head(chain[-1].request, request_from(stored.event for stored in chain), policy)

    return head_of


def head(tracking: str, request: Request, policy: DeskPolicy) -> Head:
    """The head of a request, by its tracking number."""
    serial = serial_of(tracking)
    return Head(
        request.standing.state.value,
        request.asked_by.practice or None,
        member_id(request) or None,
        next_due(request, policy),
        request.assigned,
        tuple(authorization_number(serial, one.line.number) for one in request.authorizations),
    )


def member_id(request: Request) -> str:
    """The member's id as it was sent; empty if none was."""
    member = (request.content or {}).get("member")
    return str(member.get("member_id") or "") if isinstance(member, dict) else ""


def next_due(request: Request, policy: DeskPolicy) -> datetime | None:
    """The next moment at which something that the plan owes would be late; None if nothing is owed."""
    return min(_owed(request, policy), default=None)


def _owed(request: Request, policy: DeskPolicy) -> Iterator[datetime]:
    clock = request.clock
    if clock is None:
        return
    if request.standing.place in (*OPEN, *DECIDED) and clock.notice is None:
        yield deadline(clock, policy.zone).at
    for duty in duties(clock, policy.zone):
        if duty.name not in request.letters:
            yield duty.by
