"""Two cases side by side that differ in what is asked: in one fact, or in that one of them knows more."""

from __future__ import annotations

import z3  # type: ignore[import-untyped]

from isodose.compile.expression import NEVER, Boolean
from isodose.compile.rails import within
from isodose.compile.z3.terms import Z3
from isodose.guideline.guideline import DIAGNOSIS
from isodose.guideline.outcome import Outcome
from isodose.guideline.tree import Period
from isodose.proof.example import Row
from isodose.proof.questions import Asked
from isodose.proof.ruling import Ruling


class Pair:
    """A case and a second one under the same edition, on any date from which it is effective on."""

    def __init__(self, ruling: Ruling) -> None:
        self._ruling = ruling
        self._twin = ruling.model.twin
        begins = within(Period(ruling.edition.effective))
        models = ruling.model, self._twin
        self._real = [part for model in models for part in (model.real, model.valid(), model.formula(begins))]
        self._asked = Asked(
            *self._real,
            z3.Or(*(self.first(outcome) != self.second(outcome) for outcome in ruling.flags.outcomes)),
        )

    def first(self, outcome: Outcome) -> Z3:
        """The first case has this outcome."""
        return self._ruling.outcome(outcome)

    def second(self, outcome: Outcome) -> Z3:
        """The second case has this outcome."""
        return self._twin.formula(self._ruling.flags.outcomes.get(outcome, NEVER))

    def both(self, asked: Boolean) -> tuple[Z3, Z3]:
        """What is asked, of the first case and of the second."""
        return self._ruling.formula(asked), self._twin.formula(asked)

    def learning(self) -> Asked:
        """Questions about two cases of which the second knows more, whatever their outcomes."""
        return Asked(*self._real, self.learns())

    def outcomes_differ(self, *claims: Z3) -> bool:
        """Whether there are two such cases with different outcomes."""
        return self._asked.is_possible(*claims)

    def outcomes_may_differ(self, *claims: Z3) -> bool | None:
        """The same, but None if it takes much work."""
        return self._asked.may_be_possible(*claims)

    def example(self, fact: str, *claims: Z3) -> tuple[Row, object] | None:
        """A case, and another value of the fact with which its outcome is another; None if there is none."""
        found = self._asked.solution(self.differs_in(fact), *claims)
        if found is None:
            return None
        column = self._ruling.guideline.facts[fact].column
        return self._ruling.model.row(found), self._twin.row(found)[column]

    def learns(self) -> Z3:
        """The second case knows all that the first one knows, and perhaps more."""
        known = self._ruling.model.known
        return z3.And(*(z3.Or(z3.Not(known(fact)), self._same(fact)) for fact in self._stated))

    def differs_in(self, fact: str) -> Z3:
        """Both cases know the fact, and are the same in all others."""
        others = (self._same(other) for other in self._stated if other != fact)
        return z3.And(self._ruling.model.known(fact), self._twin.known(fact), *others)

    @property
    def _stated(self) -> list[str]:
        return [*self._ruling.model.stated, DIAGNOSIS]

    def _same(self, fact: str) -> Z3:
        return self._ruling.model.same(self._twin, fact)
