"""Which cases a second person looks at, blind: drawn by the request's id and a secret, the same whenever it is asked.

Nobody can tell beforehand which case is drawn, and nobody can draw again until a case suits.
"""

from __future__ import annotations

import hashlib
import hmac
from enum import StrEnum

from isodose.desk.policy import DeskPolicy
from isodose.desk.recorded import Recorded
from isodose.desk.role import SYSTEM, By, Role


class Sample(StrEnum):
    """What is sampled; each draws for itself."""

    AT_ONCE = "approved at once"
    REVIEWS = "reviews"


def is_drawn(request: str, decided_by: str, policy: DeskPolicy) -> bool:
    """Whether somebody's decision on a request (its tracking id) is looked at by a second person."""
    sample = Sample.AT_ONCE if decided_by == SYSTEM else Sample.REVIEWS
    drawn = hmac.digest(policy.salt.encode(), f"{sample}\n{request}".encode(), hashlib.sha256)
    return int.from_bytes(drawn[:8], "big") % 1000 < policy.second_look


def not_drawn(request: str, decision: Recorded | None, policy: DeskPolicy) -> str | None:
    """Why nobody looks again at a decision that was not drawn, or None."""
    if decision is None or is_drawn(request, decision.by, policy):
        return None
    return "this decision was not drawn for a second look: who looks at others than those spoils the sample"


def may_look(decision: Recorded, by: By) -> bool:
    """A reviewer other than who decided; of a physician's decision, a physician."""
    clinical = (Role.PHYSICIAN,) if decision.is_adverse else (Role.NURSE, Role.PHYSICIAN)
    return by.role in clinical and by.account != decision.by
