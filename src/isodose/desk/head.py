"""Where a request stands, as worklists and searches look at it: made from its events, and made again from them at any time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from isodose.desk.clock import deadline
from isodose.desk.fold import request_from
from isodose.desk.number import authorization_number, serial_of
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.desk.state import DECIDED, OPEN
from isodose.desk.sweep import letters_owed, owes_notice, runs_out
from isodose.guideline.text import as_code
from isodose.store.errors import DamagedError
from isodose.store.event import Json, Stored, is_name
from isodose.store.head import Head, HeadOf

_LONGEST_CODE = 7
"""Letters and digits of a diagnosis; a procedure code has five."""


def head_by(policy: DeskPolicy) -> HeadOf:
    """The rule by which heads are made under a policy. It raises ``DamagedError`` for events that no request can have."""

    def head_of(chain: Sequence[Stored]) -> Head:
        tracking = chain[0].request
        try:
            return head(tracking, request_from(stored.event for stored in chain), policy)
        except ValueError as error:
            raise DamagedError(f"{tracking}: {error}") from None

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
        decided_by(request),
        codes(request),
    )


def member_id(request: Request) -> str:
    """The member's id as it was sent; empty if none was, or one that nobody could look for."""
    member = (request.content or {}).get("member")
    sent = member.get("member_id") if isinstance(member, dict) else None
    return sent.strip() if isinstance(sent, str) and is_name(sent.strip()) else ""


def decided_by(request: Request) -> str | None:
    """Whose decision stands, and was not looked at a second time."""
    is_seen = request.standing.place not in DECIDED or request.second_look
    return request.decision.by if request.decision and not is_seen else None


def codes(request: Request) -> tuple[str, ...]:
    """The codes of an open request, of services and of diagnoses, as they are looked for: what is closed is found by its number."""
    if request.standing.place not in OPEN:
        return ()
    words = (*(code for line in request.lines for code in line.codes), *_texts((request.content or {}).get("lines")))
    return tuple(sorted(set(filter(None, map(sought_code, words)))))


def sought_code(text: str) -> str:
    """A code as it is looked for, however it was written; empty for what can be none."""
    code = as_code(text).replace(".", "")
    can_be = code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE and any(map(str.isdigit, code))
    return code if can_be else ""


def _texts(value: Json) -> Iterator[str]:
    """All texts within what was sent, which may have any shape."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, Mapping)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(part)


def next_due(request: Request, policy: DeskPolicy) -> datetime | None:
    """The next moment at which something that the plan owes would be late, or an authorization runs out; None if none comes.

    An open request always has one: a denial that was reopened keeps its old deadline, so that no worklist loses it.
    """
    return min(_moments(request, policy.zone), default=None)


def _moments(request: Request, zone: ZoneInfo) -> Iterator[datetime]:
    clock = request.clock
    if clock is None:
        return
    if owes_notice(request) and (clock.notice is None or request.standing.place in OPEN):
        yield deadline(clock, zone).at
    yield from (duty.by for duty in letters_owed(request, clock, zone))
    yield from filter(None, (runs_out(one, zone) for one in request.authorizations))
