"""A second look is blind: who is to look sees the case, and not how it was decided, until the look is recorded."""

from __future__ import annotations

from isodose.desk.case import Case
from isodose.desk.policy import DeskPolicy
from isodose.desk.recorded import DECISIONS
from isodose.desk.role import By
from isodose.desk.second_look import is_drawn, may_look
from isodose.desk.state import DECIDED
from isodose.store.event import Stored


def is_to_look(case: Case, by: By, policy: DeskPolicy) -> bool:
    """Whether the case was drawn, and this reviewer may give the second look that it still lacks."""
    request = case.request
    if request.standing.place not in DECIDED or request.decision is None or request.second_look:
        return False
    return is_drawn(case.tracking, request.decision, policy) and may_look(request.decision, by)


def before_decision(case: Case) -> tuple[Stored, ...]:
    """What happened until it was decided, first."""
    first = next((one.number for one in case.history if one.event.kind in DECISIONS), len(case.history) + 1)
    return case.history[: first - 1]
