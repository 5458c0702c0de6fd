"""The truth of every clause and rung for one case, with what it rests on: the finding tree is the result itself."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any as Untyped
from typing import ClassVar, NamedTuple

from isodose.determination.case import Case, Judgement
from isodose.determination.illness import Illness, illness_from
from isodose.determination.values import ABSENT
from isodose.guideline.edition import Clause, Edition
from isodose.guideline.facts import Answerer, Facts
from isodose.guideline.load import DIAGNOSIS, Guideline
from isodose.guideline.tree import (
    COMBINATIONS,
    All,
    Any,
    AtLeast,
    ClauseMet,
    Compare,
    InDiagnoses,
    InList,
    Is,
    IsAbsent,
    Node,
    NoneOf,
    Otherwise,
    Yes,
)
from isodose.guideline.truth import MET, UNKNOWN, Truth, all_of, any_of, at_least, none_of, truth_of

COMPARE: Mapping[str, Callable[[Untyped, Untyped], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


class Finding(NamedTuple):
    """The truth of one clause, or of one part of its rule, for one case.

    ``parts`` are the findings it rests on: those of a combination, the rule of a clause, the clause of a reference.
    ``asks`` says who can settle a leaf that is unknown. ``judgement`` is the reviewer's finding that replaced an unknown.
    """

    node: Node | Clause
    truth: Truth
    parts: tuple[Finding, ...] = ()
    asks: Answerer | None = None
    judgement: Judgement | None = None


def fact_of(leaf: Finding) -> str:
    """The fact that a leaf asks about."""
    assert not isinstance(leaf.node, (Clause, ClauseMet, Otherwise, *COMBINATIONS)), "only a leaf asks about a fact"
    return leaf.node.fact


class Evaluation:
    """One case under one edition. Every clause is looked at, also those that do not decide.

    ``clauses`` are their findings in the text's order, ``rungs`` those of the ladder's conditions. ``used`` are the
    targets of the judgements that replaced an unknown.
    """

    def __init__(self, guideline: Guideline, edition: Edition, case: Case) -> None:
        self._known = case.facts
        self._facts: Facts = guideline.facts
        self._clauses = edition.clauses
        self._day: Untyped = case.facts["date_of_service"]
        self._done: dict[str, Finding] = {}
        self.judgements = case.judgements
        self.used: set[str] = set()
        self.illness = self._illness(guideline)
        self.clauses = tuple([self._clause(clause) for clause in edition.clauses.values()])
        self.rungs = tuple([self._find(rung.when) for rung in edition.ladder])

    def _illness(self, guideline: Guideline) -> Illness:
        """What the diagnoses say, first by themselves, then with what a reviewer found on lists they leave unknown."""
        codes: Untyped = self._known.get(DIAGNOSIS, ())
        stated = illness_from(codes, guideline.diagnoses, guideline.release, {})
        judged = {
            target: judgement
            for target, judgement in self.judgements.items()
            if self._is_list(target) and stated.in_clause(target) is UNKNOWN
        }
        self._judged_lists = judged
        return illness_from(codes, guideline.diagnoses, guideline.release, judged) if judged else stated

    def _is_list(self, target: str) -> bool:
        """Whether the clause asks for nothing but a diagnosis in itself."""
        rule = self._clauses[target].rule if target in self._clauses else None
        return isinstance(rule, InDiagnoses) and rule.target == target

    def _clause(self, clause: Clause) -> Finding:
        found = self._done.get(clause.id)
        if found is None:
            rule = self._find(clause.rule)
            found = Finding(clause, rule.truth, (rule,))
            if self.judgements and (rule.truth is UNKNOWN or clause.id in self._judged_lists):
                found = self._judged(found, clause.id)
            self._done[clause.id] = found
        return found

    def _find(self, node: Node) -> Finding:
        found = self._BY_TYPE[type(node)](self, node)
        if self.judgements and found.truth is UNKNOWN and not found.parts:
            return self._judged(found, node.phrase)  # type: ignore[union-attr]
        return found

    def _judged(self, found: Finding, target: str) -> Finding:
        """The finding with a reviewer's in its place, where there is one. It replaces an unknown, never a known, truth."""
        judgement = self.judgements.get(target)
        if judgement is None:
            return found
        self.used.add(target)
        return Finding(found.node, judgement.truth, found.parts, None, judgement)

    def _parts(self, node: Untyped) -> tuple[Finding, ...]:
        find = self._find
        return tuple([find(part) for part in node.parts])

    def _all(self, node: All) -> Finding:
        parts = self._parts(node)
        return Finding(node, all_of([part.truth for part in parts]), parts)

    def _any(self, node: Any) -> Finding:
        parts = self._parts(node)
        return Finding(node, any_of([part.truth for part in parts]), parts)

    def _none(self, node: NoneOf) -> Finding:
        parts = self._parts(node)
        return Finding(node, none_of([part.truth for part in parts]), parts)

    def _at_least(self, node: AtLeast) -> Finding:
        parts = self._parts(node)
        return Finding(node, at_least(node.count, [part.truth for part in parts]), parts)

    def _leaf(self, node: Untyped, holds: Callable[[Untyped], bool]) -> Finding:
        value = self._known.get(node.fact)
        if value is None:
            return Finding(node, UNKNOWN, (), self._facts[node.fact].answered_by)
        return Finding(node, truth_of(value is not ABSENT and holds(value)))

    def _yes(self, node: Yes) -> Finding:
        return self._leaf(node, lambda value: value is True)

    def _is(self, node: Is) -> Finding:
        return self._leaf(node, lambda value: bool(value == node.value))

    def _is_absent(self, node: IsAbsent) -> Finding:
        value = self._known.get(node.fact)
        if value is None:
            return Finding(node, UNKNOWN, (), self._facts[node.fact].answered_by)
        return Finding(node, truth_of(value is ABSENT))

    def _compare(self, node: Compare) -> Finding:
        return self._leaf(node, lambda value: COMPARE[node.operator](value, node.bound))

    def _in_list(self, node: InList) -> Finding:
        return self._leaf(node, lambda value: value in node.members and node.period.holds(self._day))

    def _in_diagnoses(self, node: InDiagnoses) -> Finding:
        illness = self.illness
        truth = illness.in_set(node.target) if node.is_set else illness.in_clause(node.target)
        if truth is not UNKNOWN:
            return Finding(node, truth)
        return Finding(node, UNKNOWN, (), Answerer.REVIEWER if illness.codes else Answerer.REQUESTER)

    def _clause_met(self, node: ClauseMet) -> Finding:
        clause = self._clause(self._clauses[node.clause])
        return Finding(node, clause.truth, (clause,))

    def _otherwise(self, node: Otherwise) -> Finding:
        return Finding(node, MET)

    _BY_TYPE: ClassVar[Mapping[type, Callable[[Evaluation, Untyped], Finding]]] = {
        All: _all,
        Any: _any,
        NoneOf: _none,
        AtLeast: _at_least,
        Yes: _yes,
        Is: _is,
        IsAbsent: _is_absent,
        Compare: _compare,
        InList: _in_list,
        InDiagnoses: _in_diagnoses,
        ClauseMet: _clause_met,
        Otherwise: _otherwise,
    }
