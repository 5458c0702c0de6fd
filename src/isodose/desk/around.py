"""What stands around a guideline and is looked at before it: who decides, whether a course was under way, which rules apply.

Dated data with their source, as functions of what is known of the member on a day. Nothing here is adverse: a course that was
under way needs no authorization, a delegate's case is forwarded with its clock running, and for a member whose rules are not
configured nothing is decided at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from isodose.desk.days import end_of_day_after
from isodose.desk.decision import NotRequired
from isodose.desk.line import Lines
from isodose.guideline.tree import ALWAYS, Period

TRANSITION_DAYS = 90
TRANSITION_SOURCE = "42 CFR 422.112(b)(8)(i)(B)"
INTEGRATED_SOURCE = "42 CFR 422.629 to 422.634"


@dataclass(frozen=True, slots=True)
class Delegate:
    """Who decides for members whose primary care is with a group. The plan answers for the clock all the same."""

    name: str
    groups: frozenset[str]
    during: Period
    source: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """Since when a guideline asks for authorization; courses that had begun by then are not touched."""

    guideline: str
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class Integrated:
    """A product for members of Medicare and Medicaid whose integrated plan follows rules of its own."""

    product: str
    during: Period = ALWAYS
    configured: bool = False


@dataclass(frozen=True, slots=True)
class Arrangements:
    """What the plan has arranged; a change is a new row with its dates."""

    delegates: tuple[Delegate, ...] = ()
    beginnings: tuple[Beginning, ...] = ()
    integrated: tuple[Integrated, ...] = ()


CAREPARTNERS = Arrangements(
    delegates=(
        Delegate(
            "APN-CT",
            frozenset({"apn-ct"}),
            Period(date(2025, 1, 1)),
            "delegation since 2025-01-01; 42 CFR 422.562(a)(3)",
        ),
    ),
    beginnings=(Beginning("imrt", date(2025, 1, 1), "the plan's announcement of the requirement; 42 CFR 422.138(c)"),),
)
"""The arrangements of the plan whose guideline is held."""


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of a member: the primary care group, the product, and since when the plan covers them."""

    product: str
    joined: date
    group: str = ""


@dataclass(frozen=True, slots=True)
class Continuity:
    """A course that was under way: no authorization is needed up to the day (None: to its end), and why."""

    until: date | None
    why: str

    def decision_on(self, lines: Lines) -> NotRequired | None:
        """The decision, if all that is asked for lies within; else the guideline is asked as for any request."""
        within = self.until is None or all(line.end is not None and line.end <= self.until for line in lines)
        return NotRequired(self.why) if within else None


def not_configured(member: Member, on: date, arrangements: Arrangements) -> str | None:
    """Why nothing can be decided here for a member, in words; None if it can."""
    for one in arrangements.integrated:
        if one.product == member.product and one.during.holds(on) and not one.configured:
            return (
                f"members of `{member.product}` are under the rules of an integrated plan ({INTEGRATED_SOURCE}), which are "
                "not configured here: nothing is decided, and the request goes to the plan's office for them"
            )
    return None


def delegates_on(on: date, arrangements: Arrangements) -> tuple[Delegate, ...]:
    """Who decides for some of the plan's members on a day."""
    return tuple(one for one in arrangements.delegates if one.during.holds(on))


def delegate_of(member: Member, on: date, arrangements: Arrangements) -> Delegate | None:
    """Who decides for a member whose request arrives on a day; None for the plan itself."""
    return next((one for one in delegates_on(on, arrangements) if member.group in one.groups), None)


def who_decides(group: str | None, on: date, arrangements: Arrangements) -> str:
    """Who decides for a member of a group (None: the roster has none), in words; empty where the plan has no delegate."""
    delegates = delegates_on(on, arrangements)
    if not delegates:
        return ""
    found = next((one for one in delegates if group in one.groups), None)
    if found:
        return f"{found.name} ({found.source}): pass it on the day it came; its clock runs on"
    if group:
        return "the plan"
    names = " or ".join(one.name for one in delegates)
    return (
        f"the plan; whether {names} decides for this member cannot be told, since the roster has no primary care group"
    )


def forwarded_by(arrived: datetime, zone: ZoneInfo) -> datetime:
    """Until when a request is passed on: the end of the day on which it arrived. Its clock is the same."""
    return end_of_day_after(arrived, 0, zone)


def continuity(guideline: str, course_began: date, member: Member, arrangements: Arrangements) -> Continuity | None:
    """Whether a course that began on a day goes on without authorization, and for how long. The longer reason counts."""
    for beginning in arrangements.beginnings:
        if beginning.guideline == guideline and course_began < beginning.since:
            words = f"the course began on {course_began}, before authorization was needed on {beginning.since}"
            return Continuity(None, f"{words} ({beginning.source})")
    if course_began < member.joined:
        last = member.joined + timedelta(days=TRANSITION_DAYS - 1)
        words = f"the course was under way when the member joined on {member.joined}: {TRANSITION_DAYS} days, to {last}"
        return Continuity(last, f"{words} ({TRANSITION_SOURCE})")
    return None
