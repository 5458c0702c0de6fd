"""Questions to Z3 that share what has been given: each is a claim that is forgotten once it has been answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import z3  # type: ignore[import-untyped]

from isodose.compile.z3.terms import Z3

LITTLE_WORK, MUCH_WORK = 300_000, 4_000_000
"""Steps of Z3's own count: a fraction of a second, and some seconds. Counted, not timed, so that each machine finds the same."""


class Asked:
    """A solver to which ``given`` holds for good, and claims for one question each.

    Claims do not stay with the solver: it would have to give a value to each part of all that was ever asked.
    """

    def __init__(self, *given: Z3) -> None:
        self.given = given
        self._solver = z3.SimpleSolver()
        self._solver.add(*given)

    def give(self, shown: Z3) -> None:
        """From now on this holds for good: it has been shown, and helps to show other things."""
        self.given = (*self.given, shown)
        self._solver.add(shown)

    def solution(self, *claims: Z3) -> Any | None:
        """Values of all variables with which the claims hold; None if there are none, which is a proof."""
        with self._told(claims) as solver:
            return solver.model() if self._is_settled() else None

    def is_possible(self, *claims: Z3) -> bool:
        """Whether the claims hold of some case."""
        with self._told(claims):
            return self._is_settled()

    def may_be_possible(self, *claims: Z3) -> bool | None:
        """Whether the claims hold of some case; None if it takes much work to find out."""
        with self._told(claims) as solver:
            solver.set("rlimit", MUCH_WORK)
            try:
                answer = solver.check()
            finally:
                solver.set("rlimit", 0)
        return None if answer == z3.unknown else bool(answer == z3.sat)

    def attempt(self, *claims: Z3) -> Any | None:
        """Values with which the claims hold, if they are found with little work: None is no proof that there are none."""
        with self._told(claims) as solver:
            solver.set("rlimit", LITTLE_WORK)
            try:
                return solver.model() if solver.check() == z3.sat else None
            finally:
                solver.set("rlimit", 0)

    @contextmanager
    def _told(self, claims: Iterable[Z3]) -> Iterator[Any]:
        """The solver while it holds the claims for true."""
        self._solver.push()
        try:
            self._solver.add(*claims)
            yield self._solver
        finally:
            self._solver.pop()

    def _is_settled(self) -> bool:
        """Whether what the solver holds for true can be."""
        answer = self._solver.check()
        if answer == z3.unknown:
            raise RuntimeError(f"Z3 gave up: {self._solver.reason_unknown()}")
        return bool(answer == z3.sat)
