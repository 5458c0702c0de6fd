"""The one way in which something happens to a request: an act becomes events, or is refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from isodose.desk.act_facts import facts_of
from isodose.desk.acts import Act
from isodose.desk.fold import after
from isodose.desk.needs import needs
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.desk.role import By
from isodose.desk.state import State
from isodose.desk.sweep import sweep
from isodose.desk.transitions import Do, from_where, step, who_may
from isodose.store.event import Event, whole_milliseconds


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not done: what is missing and who may, all of it at once."""

    reasons: tuple[str, ...]


def act(request: Request, what: Act, by: By, now: datetime, policy: DeskPolicy) -> tuple[Event, ...] | Refusal:
    """The events of an act, to be appended after ``request.number``, or why it is refused.

    What has become late meanwhile is marked first, so that no act ever hides that it came too late; then what is late by
    the act itself (a fax that lay for nine days, a dismissal that is undone).
    """
    now = whole_milliseconds(now)
    lapses = sweep(request, now, policy.zone)
    request = reduce(after, lapses, request)
    reasons = tuple(_not_allowed(request, what.do, by, now)) or tuple(needs(request, what, by, now, policy))
    if reasons:
        return Refusal(reasons)
    event = Event(what.do.value, now, by.account, facts_of(what, by))
    return (*lapses, event, *sweep(after(request, event), now, policy.zone))


def _not_allowed(request: Request, do: Do, by: By, now: datetime) -> Iterator[str]:
    """What the table says against it."""
    standing, may = request.standing, who_may(do)
    if by.role not in may:
        yield f"a {by.role} may not {do.words}; {_any_of(may)} may"
    elif step(standing, do, by.role) is None:
        yield f"a request that is {standing.state}{_turn(request)} cannot be {do}; it would have to be {_any_of(from_where(do))}"
    if request.last and now < request.last:
        yield "that would lie before what has already happened"


def _turn(request: Request) -> str:
    return f" ({request.standing.place})" if request.standing.state is State.OVERDUE else ""


def _any_of(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
