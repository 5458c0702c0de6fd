"""The rules of an edition made ready: each knows the places of what it looks at, and what it finds for what it sees.

All that is found of a case stands in one row: the answers to the leaves first, then clause by clause. Facts fall into few
classes, so a rule sees the same again and again, and its finding is made once and shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from isodose.determination.combine import Seen, combiner, picker
from isodose.determination.finding import Finding
from isodose.determination.remembered import Remembered
from isodose.guideline.edition import Clause
from isodose.guideline.tree import COMBINATIONS, ClauseMet, Leaf, Node, Otherwise, leaves

REMEMBERED = 1 << 12
"""Combinations of answers kept at hand for each clause and rung."""


class Rule:
    """The condition of a clause or of a rung. ``looks_at`` picks what it sees from all that is found.

    ``found`` is what follows from it, made once; of a mere leaf it is made already.
    """

    def __init__(self, rule: Node, places: Mapping[Leaf, int]) -> None:
        asked = list(dict.fromkeys(leaf for leaf in leaves(rule) if not isinstance(leaf, Otherwise)))
        self.looks_at = picker([places[leaf] for leaf in asked])
        self.combine = combiner(rule, {leaf: place for place, leaf in enumerate(asked)})
        self.found: Callable[[Seen], Finding] = self.combine
        if isinstance(rule, COMBINATIONS):
            self.found = Remembered(self.combine, REMEMBERED).__getitem__


class ClauseRule:
    """The rule of a clause. ``reference`` is the leaf by which others name it, if any do: all are written alike."""

    def __init__(self, clause: Clause, places: Mapping[Leaf, int], reference: ClauseMet | None) -> None:
        self.clause = clause
        self._reference = reference
        self._rule = Rule(clause.rule, places)
        self.looks_at = self._rule.looks_at
        self.found = Remembered(self._found, REMEMBERED)

    def _found(self, seen: Seen) -> tuple[Finding, ...]:
        return self.with_reference(self.finding(seen))

    def finding(self, seen: Seen) -> Finding:
        """The clause's finding, which has that of its rule as its only part."""
        rule = self._rule.combine(seen)
        return Finding(self.clause, rule.truth, (rule,))

    def with_reference(self, found: Finding) -> tuple[Finding, ...]:
        """The clause's finding, then that of the reference: it has the same truth, and the clause's as its only part."""
        return (found, Finding(self._reference, found.truth, (found,))) if self._reference else (found,)


class Rules:
    """Clauses, each after those that it names, and rungs. ``asked`` are the leaves that are answered first, in their order."""

    def __init__(self, clauses: Iterable[Clause], rungs: Iterable[Node], asked: Iterable[Leaf]) -> None:
        ordered = each_after_those_it_names(list(clauses))
        rungs = list(rungs)
        references = _references([*rungs, *(clause.rule for clause in ordered)])
        places: dict[Leaf, int] = {leaf: place for place, leaf in enumerate(asked)}
        end = len(places)
        stand_at = []
        self.clauses: list[ClauseRule] = []
        for clause in ordered:
            reference = references.get(clause.id)
            self.clauses.append(ClauseRule(clause, places, reference))
            stand_at.append(end)
            end += 1
            if reference:
                places[reference] = end
                end += 1
        self.rungs = [Rule(rung, places) for rung in rungs]
        self.clauses_of = picker(stand_at)
        self._steps = [(clause.looks_at, clause.found) for clause in self.clauses]
        self._last_steps = [(rung.looks_at, rung.found) for rung in self.rungs]

    def found(self, seen: list[Finding]) -> tuple[Finding, ...]:
        """The findings of the rungs; what is found of the clauses before is added to what is seen."""
        for looks_at, found in self._steps:
            seen += found[looks_at(seen)]
        return tuple([found(looks_at(seen)) for looks_at, found in self._last_steps])


def _references(rules: Iterable[Node]) -> Mapping[str, ClauseMet]:
    """The leaf that names a clause, for each that is named."""
    return {leaf.clause: leaf for rule in rules for leaf in leaves(rule) if isinstance(leaf, ClauseMet)}


def each_after_those_it_names(clauses: list[Clause]) -> list[Clause]:
    """The clauses in an order in which each follows those that its rule refers to; there are no circles."""
    ordered: list[Clause] = []
    while len(ordered) < len(clauses):
        waiting = {clause.id for clause in clauses} - {clause.id for clause in ordered}
        ordered += [
            clause
            for clause in clauses
            if clause.id in waiting
            and not any(isinstance(leaf, ClauseMet) and leaf.clause in waiting for leaf in leaves(clause.rule))
        ]
    return ordered
