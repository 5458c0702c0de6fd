"""What an act on an authorization needs beyond a line in the table, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from isodose.desk.authorization import Authorization, differences, moves_only_dates
from isodose.desk.authorization_acts import Amend, AskChange, AuthorizationAct, Cancel, TakeAway
from isodose.desk.days import day_of
from isodose.desk.line import Line, less_than_asked
from isodose.desk.needs_decision import adverse_needs
from isodose.desk.policy import DeskPolicy
from isodose.desk.qualification import Matter
from isodose.desk.request import Request
from isodose.desk.role import By, Role
from isodose.desk.transitions import Do


def authorization_needs(
    request: Request, found: Authorization, act: AuthorizationAct, by: By, at: tuple[datetime, DeskPolicy]
) -> Iterator[str]:
    """What is missing; ``at`` is the moment, under the plan's policy."""
    now, policy = at
    today = day_of(now, policy.zone)
    if by.role is Role.REQUESTER and by.practice != request.asked_by.practice:
        yield "the authorization is another practice's"
    match act:
        case TakeAway():
            matter = Matter(policy.expertise, request.asked_by.practice, today)
            yield from adverse_needs(request, act, act.signed, by, matter)
            yield from _taken(found, act, today)
        case Amend():
            yield from _amended(found, act, by, today)
        case AskChange():
            yield from _line(found, act.wanted)
        case Cancel():
            yield from _cancelled(request, act, by, today)
        case _:
            pass
    if not isinstance(act, TakeAway) and not act.why.strip():
        yield "say why, in words that stay on record"


def _line(found: Authorization, line: Line) -> Iterator[str]:
    if line.number != found.line.number:
        yield f"the change is of line {line.number}, and the authorization of line {found.line.number}"
    elif not differences(found.line, line):
        yield "nothing would change"


def _amended(found: Authorization, act: Amend, by: By, today: date) -> Iterator[str]:
    """What was wanted, or more; where nothing was, no less than stands. What has been given stays certified."""
    to = act.to
    yield from _line(found, to)
    if less := less_than_asked((found.wanted or found.line,), (to,)):
        yield f"that is less than {'was asked' if found.wanted else 'stands'}, which a physician decides: {'; '.join(less)}"
    if by.role is Role.SYSTEM and not (found.wanted == to and moves_only_dates(found.line, to)):
        yield "the system by itself moves a course in time, as who asked wants it, and nothing else"
    if found.line.start < today and less_than_asked((found.line,), (to,)) and (act.since is None or act.since < today):
        yield f"the course has begun: what it was certified for stays so, and the change holds from {today} or later"


def _taken(found: Authorization, act: TakeAway, today: date) -> Iterator[str]:
    if act.last and act.last < today:
        yield f"nothing is taken away for days that have passed: until {today} at least it stands"
    if not act.notice.strip():
        yield "the member and the provider are told: what the notice says, with the right to appeal"
    if act.do is Do.REFUSE_CHANGE and not found.wanted:
        yield "no change is asked for"
    if act.to and not less_than_asked((found.line,), (act.to,)):
        yield "that is no less than stands: it is an amendment"


def _cancelled(request: Request, act: Cancel, by: By, today: date) -> Iterator[str]:
    if by.role is not request.asked_by.role:
        yield f"only who asked cancels, and that was {request.asked_by.role.named}"
    if act.last < today:
        yield f"what has been certified stays so: the last day is {today} at the earliest"
