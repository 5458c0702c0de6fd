"""An edition with one thing changed: its answers as formulas, and what it answers to a case that the edition has answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import is_
from typing import NamedTuple

from isodose.compile.z3.terms import YES, Z3
from isodose.determination.combine import truth_from
from isodose.determination.finding import Finding
from isodose.determination.possible import answer_from
from isodose.determination.program import Determination, Program
from isodose.guideline.edition import Clause, Rung
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import COMBINATIONS
from isodose.guideline.truth import NOT_MET


class Answered(NamedTuple):
    """What a case is answered, as far as a variant may differ: the outcome, and the reason of a review."""

    outcome: Outcome
    reason: Reason | None

    def __str__(self) -> str:
        return f"{self.outcome} ({self.reason})" if self.reason else str(self.outcome)


def answered(determination: Determination) -> Answered:
    """The engine's answer."""
    return Answered(determination.outcome, determination.review_reason)


Otherwise = Callable[[Determination], Answered]
"""What is answered instead to a case that the edition has answered so."""


class Formulas(NamedTuple):
    """An edition's answers as formulas."""

    outcomes: Mapping[Outcome, Z3]
    reasons: Mapping[Reason, Z3]


@dataclass(frozen=True)
class Variant:
    """The edition with one thing changed. ``given`` has to hold of the case for its formulas to be right."""

    formulas: Formulas
    otherwise: Otherwise
    given: Z3 = YES


def as_changed(guideline: Guideline) -> Otherwise:
    """What a changed guideline answers."""
    program = Program(guideline)
    return lambda answer: answered(program.determine_case(answer.case))


class Unmet:
    """What an edition answers, were a clause never met.

    It follows from what was found of the case: only what hangs on the clause, as the ``lookers`` do, is found anew.
    """

    def __init__(self, ladder: Sequence[Rung], clause: str, lookers: Collection[str]) -> None:
        self._ladder, self._clause, self._lookers = ladder, clause, lookers

    def __call__(self, answer: Determination) -> Answered:
        found = answer_from(self._ladder, [self._finding(rung) for rung in answer.rungs])
        return Answered(found.outcome, found.reason)

    def _finding(self, found: Finding) -> Finding:
        node = found.node
        if isinstance(node, Clause):
            if node.id == self._clause:
                return Finding(node, NOT_MET)
            if node.id not in self._lookers:
                return found
        parts = tuple([self._finding(part) for part in found.parts])
        if all(map(is_, parts, found.parts)):
            return found
        truth = truth_from(node, [part.truth for part in parts]) if isinstance(node, COMBINATIONS) else parts[0].truth
        return Finding(node, truth, parts)
