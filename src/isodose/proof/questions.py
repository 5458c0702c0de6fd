"""Questions to Z3 that share what has been given: each is a claim, and what Z3 learns of one helps with the next."""

from __future__ import annotations

from typing import Any

import z3  # type: ignore[import-untyped]

from isodose.compile.z3_terms import Z3

LITTLE_WORK = 300_000
"""Steps of Z3's own count: a fraction of a second. Counted, not timed, so that each machine finds the same."""


class Asked:
    """A solver to which ``given`` holds for good, and claims for one question each."""

    def __init__(self, *given: Z3) -> None:
        self.given = given
        self._solver = z3.SimpleSolver()
        self._solver.add(*given)
        self._claims: dict[int, tuple[Z3, Z3]] = {}

    def solution(self, *claims: Z3) -> Any | None:
        """Values of all variables with which the claims hold; None if there are none, which is a proof."""
        answer = self._solver.check(*map(self._assumed, claims))
        if answer == z3.unknown:
            raise RuntimeError(f"Z3 gave up: {self._solver.reason_unknown()}")
        return self._solver.model() if answer == z3.sat else None

    def attempt(self, *claims: Z3) -> Any | None:
        """Values with which the claims hold, if they are found with little work: None is no proof that there are none."""
        literals = list(map(self._assumed, claims))
        self._solver.set("rlimit", LITTLE_WORK)
        try:
            return self._solver.model() if self._solver.check(*literals) == z3.sat else None
        finally:
            self._solver.set("rlimit", 0)

    def is_possible(self, *claims: Z3) -> bool:
        """Whether the claims hold of some case."""
        return self.solution(*claims) is not None

    def _assumed(self, claim: Z3) -> Z3:
        """A variable that implies the claim. The claim is kept, so that its number is no other's."""
        number = claim.get_id()
        if number not in self._claims:
            variable = z3.Bool(f"claim {len(self._claims)}")
            self._solver.add(z3.Implies(variable, claim))
            self._claims[number] = variable, claim
        return self._claims[number][0]
