"""Time to breach as a page shows it: a figure, a bar and the rule behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from isodose.desk.clock import deadline
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.desk.state import DECIDED, OPEN
from isodose.web.show import length, moment

SOON = timedelta(hours=24)
"""Less than this left is shown as urgent."""


@dataclass(frozen=True, slots=True)
class Due:
    """``percent`` of the time that has gone; ``tone`` is empty, `soon` or `late`; ``at`` the first moment that is too late."""

    figure: str
    words: str
    percent: int
    tone: str
    rule: str
    at: datetime


def due(request: Request, now: datetime, policy: DeskPolicy) -> Due | None:
    """By when the member must have notice; None where nothing is owed any more."""
    clock = request.clock
    if clock is None or clock.notice or request.standing.place not in (*OPEN, *DECIDED):
        return None
    limit = deadline(clock, policy.zone)
    left = limit.at - now
    gone = (now - clock.first) / (limit.at - clock.first)
    late = left <= timedelta()
    tone = "late" if late else "soon" if left < SOON else ""
    rule = f"{_short(limit.rule)}, by {moment(limit.at, policy.zone)}"
    return Due(length(left), "late" if late else "left", min(100, max(0, int(gone * 100))), tone, rule, limit.at)


def _short(rule: str) -> str:
    """The rule without its source, which the case's page has."""
    return rule.partition(" (")[0]
