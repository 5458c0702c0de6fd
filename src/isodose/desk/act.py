"""The one way in which something happens to a request: an act becomes events, or is refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import TypeAlias

from isodose.desk.act_facts import facts_of
from isodose.desk.acts import Act
from isodose.desk.authorization import Authorization
from isodose.desk.authorization_acts import AuthorizationAct
from isodose.desk.authorization_fold import of_line
from isodose.desk.authorization_needs import authorization_needs
from isodose.desk.fold import after
from isodose.desk.needs import needs
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.desk.role import By
from isodose.desk.state import State
from isodose.desk.sweep import sweep
from isodose.desk.transitions import Do, authorization_step, from_where, step, who_may
from isodose.store.event import Event, whole_milliseconds

AnyAct: TypeAlias = Act | AuthorizationAct


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not done: what is missing and who may, all of it at once."""

    reasons: tuple[str, ...]


def act(request: Request, what: AnyAct, by: By, now: datetime, policy: DeskPolicy) -> tuple[Event, ...] | Refusal:
    """The events of an act, to be appended after ``request.number``, or why it is refused.

    What has become late meanwhile is marked first, so that no act ever hides that it came too late; then what is late by
    the act itself (a fax that lay for nine days, a dismissal that is undone).
    """
    now = whole_milliseconds(now)
    lapses = sweep(request, now, policy.zone)
    request = reduce(after, lapses, request)
    reasons = tuple(_against(request, what, by, now, policy))
    if reasons:
        return Refusal(reasons)
    try:
        event = Event(what.do.value, now, by.account, facts_of(what, by))
    except ValueError as error:  # half a letter, or a number that two machines may write differently
        return Refusal((f"that cannot be kept as it is: {error}",))
    return (*lapses, event, *sweep(after(request, event), now, policy.zone))


def _against(request: Request, what: AnyAct, by: By, now: datetime, policy: DeskPolicy) -> Iterator[str]:
    """What the table says against an act; if nothing, what the act lacks."""
    if request.last and now < request.last:
        yield "that would lie before what has already happened"
    elif isinstance(what, AuthorizationAct):
        found = of_line(request.authorizations, what.line)
        refused = tuple(_not_allowed_there(found, what, by))
        yield from refused
        if found and not refused:
            yield from authorization_needs(request, found, what, by, (now, policy))
    else:
        refused = tuple(_not_allowed(request, what.do, by))
        yield from refused or needs(request, what, by, now, policy)


def _not_allowed_there(found: Authorization | None, what: AuthorizationAct, by: By) -> Iterator[str]:
    """What the table says against an act on an authorization."""
    if found is None:
        yield f"line {what.line} has no authorization"
    elif by.role not in who_may(what.do):
        yield f"{by.role.named} may not {what.do.words}; {_any_of(who_may(what.do))} may"
    elif authorization_step(found.state, what.do, by.role) is None:
        may = _any_of(from_where(what.do))
        yield f"an authorization that is {found.state} cannot be {what.do}; it would have to be {may}"


def _not_allowed(request: Request, do: Do, by: By) -> Iterator[str]:
    """What the table says against it."""
    standing, may = request.standing, who_may(do)
    if by.role not in may:
        yield f"{by.role.named} may not {do.words}; {_any_of(may)} may"
    elif step(standing, do, by.role) is None:
        yield f"a request that is {standing.state}{_turn(request)} cannot be {do}; it would have to be {_any_of(from_where(do))}"


def _turn(request: Request) -> str:
    return f" ({request.standing.place})" if request.standing.state is State.OVERDUE else ""


def _any_of(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
