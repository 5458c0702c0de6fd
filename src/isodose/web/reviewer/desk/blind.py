"""A second look is blind: who is to look sees the case, and not how it was decided, until the look is recorded."""

from __future__ import annotations

from isodose.desk.case import Case
from isodose.desk.policy import DeskPolicy
from isodose.desk.recorded import DECISIONS
from isodose.desk.role import By, Role
from isodose.desk.second_look import is_drawn, may_look
from isodose.desk.state import DECIDED
from isodose.desk.transitions import Do
from isodose.store.event import Stored


def is_to_look(case: Case, by: By, policy: DeskPolicy) -> bool:
    """Whether the case was drawn, and this reviewer may give the second look that it still lacks."""
    request = case.request
    if request.standing.place not in DECIDED or request.decision is None or request.second_look:
        return False
    return is_drawn(case.tracking, request.decision.by, policy) and may_look(request.decision, by)


_FOUND = frozenset({Do.JUDGE, Do.DISPUTE, Do.NOTE, Do.MARK})
"""What the first reviewer found, beside the decision itself."""


def before_review(case: Case) -> Case:
    """The case as it lay before whoever decided it: without the decision, and without what was found on the way to it."""
    first = next((one.number for one in case.history if one.event.kind in DECISIONS), len(case.history) + 1)
    return Case.of([one for one in case.history[: first - 1] if one.event.kind not in _FOUND])


def by_reviewers(stored: Stored) -> bool:
    """Whether a nurse or a physician did it."""
    return stored.event.facts.get("role") in (Role.NURSE, Role.PHYSICIAN)
