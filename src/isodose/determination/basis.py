"""The clauses that decided: those of the deciding rung that are met, and the lists in which a diagnosis is clear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from isodose.determination.finding import Finding, id_of
from isodose.determination.possible import Answer
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import ClauseMet, InDiagnoses, NoneOf, is_below
from isodose.guideline.truth import MET


class Grounds(NamedTuple):
    """What an outcome rests on, whatever the codes: clauses, and the clauses whose lists of diagnoses these found met."""

    clauses: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()


def grounds_of(answer: Answer, rungs: Sequence[Finding]) -> Grounds:
    """The grounds of an approval, a coverage or a limitation; every other outcome has none."""
    favourable = answer.outcome in (Outcome.APPROVED, Outcome.COVERED_WITHOUT_REVIEW)
    if not favourable and answer.reason is not Reason.LIMITATION:
        return Grounds()
    met = list(_met_clauses(rungs[answer.rung]))
    lists = (leaf.target for clause in met for leaf in _met_lists(clause))
    return Grounds(frozenset(map(id_of, met)), frozenset(lists))


@lru_cache(1 << 12)
def basis_from(grounds: Grounds, homes: frozenset[str]) -> tuple[str, ...]:
    """The basis, sorted. ``homes`` are the clauses in which a code is clear, themselves."""
    found = [home for home in homes if any(is_below(home, target) for target in grounds.lists)]
    return tuple(sorted(grounds.clauses.union(found)))


def _met_clauses(finding: Finding) -> Iterator[Finding]:
    """The clauses that a rung names and that are met; what is met because a part is not is no ground."""
    if finding.truth is MET and not isinstance(finding.node, NoneOf):
        if isinstance(finding.node, ClauseMet):
            yield from finding.parts
        else:
            for part in finding.parts:
                yield from _met_clauses(part)


def _met_lists(finding: Finding) -> Iterator[InDiagnoses]:
    """The `diagnosis in` leaves on clauses that found a code clear, in a clause's own rule; none of what it rules out."""
    if isinstance(finding.node, InDiagnoses) and not finding.node.is_set and finding.truth is MET:
        yield finding.node
    if not isinstance(finding.node, (NoneOf, ClauseMet)):
        for part in finding.parts:
            yield from _met_lists(part)
