"""How sign-in is held, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from isodose.desk.role import Role
from isodose.web.sign_in.attempts import OF_STRANGERS, Pace


@dataclass(frozen=True, slots=True)
class Cost:
    """What Argon2id spends on one password: memory, rounds over it, and lanes that are filled side by side."""

    memory_kib: int
    rounds: int
    lanes: int


RECOMMENDED = Cost(64 << 10, 3, 4)
"""RFC 9106, section 4, the second recommended option."""

PRIVILEGED = frozenset({Role.NURSE, Role.PHYSICIAN, Role.ADMINISTRATOR})
"""Who sees every request, and who makes others able to: a password alone is not enough."""


@dataclass(frozen=True, slots=True)
class Policy:
    """``idle`` is how long a session lasts without a request, ``longest`` how long at all, ``unfinished`` how long signing in may take.

    A browser is known for ``device`` after its last sign-in. ``second_factor`` are the roles that must have one; others may.
    ``strangers`` is what a network may ask of the open pages without signing in.
    """

    service: str = "Isodose"
    cost: Cost = RECOMMENDED
    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)
    unfinished: timedelta = timedelta(minutes=15)
    device: timedelta = timedelta(days=90)
    second_factor: frozenset[Role] = PRIVILEGED
    strangers: Pace = OF_STRANGERS


DEMO = Policy(second_factor=frozenset())
"""Nobody has an authenticator for a demonstration."""
