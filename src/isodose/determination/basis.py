"""The clauses that decided: those of the deciding rung that are met, and the lists in which a diagnosis is clear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from isodose.determination.finding import Finding, id_of
from isodose.determination.possible import Answer
from isodose.guideline.edition import Edition
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import COMBINATIONS, ClauseMet, InDiagnoses, Node, NoneOf, is_below
from isodose.guideline.truth import MET


class Grounds(NamedTuple):
    """What an outcome rests on, whatever the codes: clauses, and the clauses whose lists of diagnoses these found met."""

    clauses: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()


class Basis:
    """What outcomes of an edition rest on. Which of its rules ask for lists of diagnoses is found once."""

    def __init__(self, edition: Edition) -> None:
        ways = {clause.id: tuple(_ways_to_lists(clause.rule)) for clause in edition.clauses.values()}
        self._ways = {clause: found for clause, found in ways.items() if found}

    def grounds(self, answer: Answer, rungs: Sequence[Finding]) -> Grounds:
        """The grounds of an approval, a coverage or a limitation; every other outcome has none."""
        favourable = answer.outcome in (Outcome.APPROVED, Outcome.COVERED_WITHOUT_REVIEW)
        if not favourable and answer.reason is not Reason.LIMITATION:
            return Grounds()
        met = _met_clauses(rungs[answer.rung])
        lists = (target for clause in met for target in self._met_lists(clause))
        return Grounds(frozenset(map(id_of, met)), frozenset(lists))

    def _met_lists(self, clause: Finding) -> Iterator[str]:
        """The lists in which a clause's own rule found a code clear."""
        for way in self._ways.get(id_of(clause), ()):
            leaf = clause.parts[0]
            for place in way:
                leaf = leaf.parts[place]
            if leaf.truth is MET:
                assert isinstance(leaf.node, InDiagnoses)
                yield leaf.node.target


@lru_cache(1 << 12)
def basis_from(grounds: Grounds, homes: frozenset[str]) -> tuple[str, ...]:
    """The basis, sorted. ``homes`` are the clauses in which a code is clear, themselves."""
    found = [home for home in homes if any(is_below(home, target) for target in grounds.lists)]
    return tuple(sorted(grounds.clauses.union(found)))


def _met_clauses(finding: Finding) -> list[Finding]:
    """The clauses that a rung that is met names and that are met; what is met because a part is not is no ground."""
    if isinstance(finding.node, ClauseMet):
        return list(finding.parts)
    return [clause for part in finding.parts if part.truth is MET for clause in _met_clauses(part)]


def _ways_to_lists(rule: Node) -> Iterator[tuple[int, ...]]:
    """The way down to each `diagnosis in` leaf on a clause, part by part; none to what the rule rules out."""
    if isinstance(rule, InDiagnoses) and not rule.is_set:
        yield ()
    elif isinstance(rule, COMBINATIONS) and not isinstance(rule, NoneOf):
        for place, part in enumerate(rule.parts):
            yield from ((place, *way) for way in _ways_to_lists(part))
