"""By when the member must have notice, and which letters are owed.

A *calendar day* runs from midnight to midnight on the plan's clock, because the rule counts days, not hours: the day of
arrival is not counted, and the last day is given whole, whether a change of the clocks makes it 23 or 25 hours long.
*72 hours* are time that passes, the same on every clock, because the rule counts hours: a change of the clocks moves the hour
on the wall and not the deadline. An extension adds days to days, and 24 hours for each day to hours, for the same reasons.

A deadline is the first moment that is too late; a notice in that very moment is late. Weekends, holidays and what is still
missing do not stop a clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from isodose.desk.days import day_of, end_of_day_after
from isodose.desk.terms import (
    CONFIRMATION_SOURCE,
    EXPEDITED,
    EXPEDITED_SOURCE,
    EXTENSION_SOURCE,
    LETTER_DAYS,
    MOST_DAYS_MORE,
    REFUSAL_LETTER_SOURCE,
    standard_term,
)


class Ground(StrEnum):
    """Why a plan may take more time. There is no other reason."""

    MEMBER_ASKED = "the member asks for it"
    EVIDENCE = "evidence of a provider without a contract may change a denial"
    EXTRAORDINARY = "extraordinary circumstances, in the member's interest"


@dataclass(frozen=True, slots=True)
class ExpediteAsk:
    """That waiting endangers life, health or function: a physician's statement, or the member's ask.

    ``refused`` is when the member was told that it is refused; never of a physician's statement (42 CFR 422.570(c)(2)).
    """

    at: datetime
    physicians: bool
    refused: datetime | None = None

    def __post_init__(self) -> None:
        if self.physicians and self.refused:
            raise ValueError("a physician's statement that waiting endangers the member is never refused")


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, of which the member was told in writing with the right to a grievance."""

    at: datetime
    days: int
    ground: Ground


@dataclass(frozen=True, slots=True)
class Notice:
    """The member was told of the decision. ``adverse`` that it was less than was asked."""

    at: datetime
    oral: bool
    adverse: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """All that moves a deadline. ``first`` is the first arrival at the plan or its delegate, by any channel."""

    first: datetime
    asks: tuple[ExpediteAsk, ...] = ()
    extensions: tuple[Extension, ...] = ()
    notice: Notice | None = None

    @property
    def expedited(self) -> datetime | None:
        """Since when 72 hours count: the first ask that is not refused; None for a standard request."""
        return min((ask.at for ask in self.asks if ask.refused is None), default=None)


@dataclass(frozen=True, slots=True)
class Deadline:
    """``at`` is the first moment that is too late; ``rule`` says why, with its source."""

    at: datetime
    rule: str


def deadline(clock: Clock, zone: ZoneInfo) -> Deadline:
    """When notice is late. An ask to expedite that comes later never moves the deadline back."""
    standard = _standard(clock, zone)
    if clock.expedited is None:
        return standard
    more = timedelta(days=_days_more(clock))
    words = f"72 hours, expedited ({EXPEDITED_SOURCE}){_extended(clock)}"
    return min(standard, Deadline(clock.expedited + EXPEDITED + more, words), key=lambda due: due.at)


def _standard(clock: Clock, zone: ZoneInfo) -> Deadline:
    term = standard_term(day_of(clock.first, zone))
    at = end_of_day_after(clock.first, term.days + _days_more(clock), zone)
    return Deadline(at, f"{term.days} calendar days, standard ({term.source}){_extended(clock)}")


def _extended(clock: Clock) -> str:
    grounds = "; ".join(f"{one.days} more days: {one.ground}" for one in clock.extensions)
    return f", {grounds} ({EXTENSION_SOURCE})" if grounds else ""


def _days_more(clock: Clock) -> int:
    return sum(one.days for one in clock.extensions)


def is_late(clock: Clock, now: datetime, zone: ZoneInfo) -> bool:
    """Whether notice was, or still is, too late. The clock ends with the notice to the member, not with the decision."""
    return (clock.notice.at if clock.notice else now) >= deadline(clock, zone).at


def extension_problem(clock: Clock, more: Extension, zone: ZoneInfo) -> str | None:
    """Why time cannot be added, in words; None if it can."""
    left = MOST_DAYS_MORE - _days_more(clock)
    if clock.notice:
        return "the member has notice already: there is no clock to extend"
    if not 1 <= more.days <= left:
        return f"an extension has 1 to {MOST_DAYS_MORE} days in all; {left} are left"
    if is_late(clock, more.at, zone):
        return "the time has run out already: an extension must come, and be told, before"
    return None


CONFIRMATION = "written confirmation of the oral notice"
"""The duty that an oral notice of an adverse expedited decision leaves."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A letter that is owed: ``name`` tells them apart within a request, ``by`` is the first moment that is too late."""

    name: str
    by: datetime
    source: str


def duties(clock: Clock, zone: ZoneInfo) -> tuple[Duty, ...]:
    """Every letter that what was said by word of mouth obliges the plan to write, sent or not."""
    return tuple(_duties(clock, zone))


def _duties(clock: Clock, zone: ZoneInfo) -> Iterator[Duty]:
    for number, ask in enumerate(clock.asks, start=1):
        if ask.refused:
            by = end_of_day_after(ask.refused, LETTER_DAYS, zone)
            yield Duty(f"letter on refused expedited ask {number}", by, REFUSAL_LETTER_SOURCE)
    notice = clock.notice
    if notice and notice.oral and notice.adverse and clock.expedited is not None:
        by = end_of_day_after(notice.at, LETTER_DAYS, zone)
        yield Duty(CONFIRMATION, by, CONFIRMATION_SOURCE)
