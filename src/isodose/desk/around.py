"""What follows for a member from what stands around the guideline: who decides, whether a course was under way, which rules apply.

The arrangements are the plan's dated data (``guideline/around.py``). Nothing here is adverse: a course that was
under way needs no authorization, a delegate's case is forwarded with its clock running, and for a member whose rules are not
configured nothing is decided at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from isodose.desk.days import day_of, end_of_day_after
from isodose.desk.decision import NotRequired
from isodose.desk.line import Lines
from isodose.desk.request import Request
from isodose.guideline.around import Around, Delegate
from isodose.guideline.problem import did_you_mean

TRANSITION_DAYS = 90
TRANSITION_SOURCE = "42 CFR 422.112(b)(8)(i)(B)"


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of a member: the product, and since when the plan covers them."""

    product: str
    joined: date


@dataclass(frozen=True, slots=True)
class Continuity:
    """A course that was under way: no authorization is needed up to the day (None: to its end), and why."""

    until: date | None
    why: str

    def decision_on(self, lines: Lines) -> NotRequired | None:
        """The decision, if all that is asked for lies within; else the guideline is asked as for any request."""
        within = self.until is None or all(line.end is not None and line.end <= self.until for line in lines)
        return NotRequired(self.why) if within else None


def not_configured(member: Member, on: date, around: Around) -> str | None:
    """Why nothing can be decided here for a member, in words; None if it can."""
    for one in around.integrated:
        if one.product == member.product and one.during.holds(on):
            return (
                f"members of `{member.product}` are under the rules of an integrated plan ({one.source}), which are "
                "not configured here: nothing is decided, and the request goes to the plan's office for them"
            )
    return None


def delegates_on(on: date, around: Around) -> tuple[Delegate, ...]:
    """Who decides for some of the plan's members on a day."""
    return tuple(one for one in around.delegates if one.during.holds(on))


def delegate_of(group: str | None, on: date, around: Around) -> Delegate | None:
    """Who decides for a member of a group (None: the roster has none) whose request arrives on a day; None for the plan itself."""
    return next((one for one in delegates_on(on, around) if group in one.groups), None)


def who_decides(group: str | None, on: date, around: Around) -> str:
    """Who decides for a member of a group, in words; empty where the plan has no delegate."""
    delegates = delegates_on(on, around)
    if not delegates:
        return ""
    if found := delegate_of(group, on, around):
        return f"{found.name} ({found.source}): pass it on the day it came; its clock runs on"
    if group:
        return "the plan"
    names = " or ".join(one.name for one in delegates)
    return (
        f"the plan; whether {names} decides for this member cannot be told, since the roster has no primary care group"
    )


def forward_needs(to: str, on: date, around: Around) -> tuple[str, ...]:
    """Why a request that arrived on a day is not passed on to somebody, in words; empty if the plan has it so."""
    known = [one.name for one in delegates_on(on, around)]
    if to in known:
        return ()
    return (f"`{to}` decides for no member of the plan on {on}{did_you_mean(to, known)}",)


def arrival_day(request: Request, zone: ZoneInfo) -> date:
    """The day on which a request first arrived: by it is known who decides."""
    assert request.clock is not None, "a clock runs from the submission on"
    return day_of(request.clock.first, zone)


def forwarded_by(arrived: datetime, zone: ZoneInfo) -> datetime:
    """Until when a request is passed on: the end of the day on which it arrived. Its clock is the same."""
    return end_of_day_after(arrived, 0, zone)


def continuity(course_began: date, member: Member, around: Around) -> Continuity | None:
    """Whether a course that began on a day goes on without authorization, and for how long. The longer reason counts."""
    begins = around.begins
    if begins and course_began < begins.since:
        words = f"the course began on {course_began}, before authorization was needed on {begins.since}"
        return Continuity(None, f"{words} ({begins.source})")
    if course_began < member.joined:
        last = member.joined + timedelta(days=TRANSITION_DAYS - 1)
        words = f"the course was under way when the member joined on {member.joined}: {TRANSITION_DAYS} days, to {last}"
        return Continuity(last, f"{words} ({TRANSITION_SOURCE})")
    return None
