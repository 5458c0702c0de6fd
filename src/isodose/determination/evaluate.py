"""The truth of every clause and rung for one case, with what it rests on: the finding tree is the result itself.

An edition is made ready once. A case then answers each leaf, and the rest follows from these answers alone: facts fall into
few classes, so what follows from the same answers is found once and shared. Lists of diagnoses follow from the diagnoses
alone and are kept apart, lest every code meet every answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from isodose.determination.ask import Ask, ask_from
from isodose.determination.case import Case, Judgement
from isodose.determination.finding import Finding
from isodose.determination.illness import Illness, Illnesses
from isodose.determination.possible import Answer, answer_from
from isodose.determination.values import Value
from isodose.guideline.edition import Clause, Edition
from isodose.guideline.load import DIAGNOSIS, Guideline
from isodose.guideline.tree import All, Any, AtLeast, ClauseMet, InDiagnoses, Leaf, Node, NoneOf, Otherwise, leaves
from isodose.guideline.truth import MET, UNKNOWN, Truth, all_of, any_of, at_least, none_of

_REMEMBERED = 1 << 14
"""Combinations of answers whose findings are kept at hand, the least recently met forgotten first."""


class Evaluation(NamedTuple):
    """One case under one edition: the finding of every clause in the text's order, of every rung, and what they answer.

    ``used`` are the targets of the judgements that replaced an unknown.
    """

    clauses: tuple[Finding, ...]
    rungs: tuple[Finding, ...]
    answer: Answer
    illness: Illness
    used: frozenset[str] = frozenset()


class Evaluator:
    """An edition ready to be asked. It is safe to share, and holds classes of answers, never a case."""

    def __init__(self, guideline: Guideline, edition: Edition, illnesses: Illnesses) -> None:
        self._edition = edition
        self._illnesses = illnesses
        referred = {leaf.clause for tree in edition.trees for leaf in leaves(tree) if isinstance(leaf, ClauseMet)}
        self._lists = [one for one in edition.clauses.values() if is_list(one) and one.id not in referred]
        self._others = [one for one in edition.clauses.values() if one not in self._lists]
        in_others = [one.rule for one in self._others] + [rung.when for rung in edition.ladder]
        self._leaves = list(dict.fromkeys(leaf for tree in in_others for leaf in leaves(tree) if _asks(leaf)))
        self._asks: list[Ask] = [ask_from(leaf, guideline.facts) for leaf in self._leaves]
        self._list_asks: list[Ask] = [ask_from(_leaf(clause), guideline.facts) for clause in self._lists]
        self._in_order = _orderer([*self._lists, *self._others], list(edition.clauses.values()))
        remember = lru_cache(_REMEMBERED)
        self._listed: Callable[[bool, frozenset[str], frozenset[str]], tuple[Finding, ...]] = remember(self._find_lists)
        self._combined: Callable[[tuple[Finding, ...]], _Combined] = remember(self._combine)

    def evaluate(self, case: Case, day: date) -> Evaluation:
        """Every clause's finding, and the answer of the ladder."""
        codes: tuple[str, ...] = case.facts.get(DIAGNOSIS, ())  # type: ignore[assignment]
        illness = self._illnesses.of(codes)
        if case.judgements:
            return self._judged(case, codes, illness, day)
        answers = tuple([ask(case.facts, illness, day) for ask in self._asks])
        lists = self._listed(illness.is_spoken_of, illness.clear, illness.open)
        others, rungs, answer = self._combined(answers)
        return Evaluation(self._in_order(lists + others), rungs, answer, illness)

    def _find_lists(self, is_spoken_of: bool, clear: frozenset[str], ambiguous: frozenset[str]) -> tuple[Finding, ...]:  # noqa: FBT001
        """The findings of the clauses that ask for nothing but a diagnosis."""
        illness = Illness(is_spoken_of, clear, ambiguous, frozenset())
        found = [ask({}, illness, date.min) for ask in self._list_asks]
        return tuple(Finding(clause, rule.truth, (rule,)) for clause, rule in zip(self._lists, found, strict=True))

    def _combine(self, answers: tuple[Finding, ...]) -> _Combined:
        """What follows from the leaves' findings."""
        tree = _Tree(self._edition, dict(zip(self._leaves, answers, strict=True)), {})
        others = tuple(tree.clause(clause) for clause in self._others)
        rungs = tuple(tree.find(rung.when) for rung in self._edition.ladder)
        return _Combined(others, rungs, answer_from(self._edition.ladder, rungs))

    def _judged(self, case: Case, codes: Sequence[str], stated: Illness, day: date) -> Evaluation:
        """The same with a reviewer's findings in place of what is unknown; nothing of it is remembered."""
        on_lists = {
            name: judgement
            for name, judgement in case.judgements.items()
            if name in self._edition.clauses and is_list(self._edition.clauses[name]) and stated.truth(name) is UNKNOWN
        }
        illness = self._illnesses.judged(codes, on_lists) if on_lists else stated
        known: Mapping[str, Value] = case.facts
        answers = {leaf: ask(known, illness, day) for leaf, ask in zip(self._leaves, self._asks, strict=True)}
        for clause, ask in zip(self._lists, self._list_asks, strict=True):
            answers[_leaf(clause)] = ask(known, stated if clause.id in on_lists else illness, day)
        tree = _Tree(self._edition, answers, case.judgements)
        clauses = tuple(tree.clause(clause) for clause in self._edition.clauses.values())
        rungs = tuple(tree.find(rung.when) for rung in self._edition.ladder)
        return Evaluation(clauses, rungs, answer_from(self._edition.ladder, rungs), illness, frozenset(tree.used))


class _Combined(NamedTuple):
    """What follows from the leaves: the clauses that are not mere lists, the rungs, and the ladder's answer."""

    clauses: tuple[Finding, ...]
    rungs: tuple[Finding, ...]
    answer: Answer


def is_list(clause: Clause) -> bool:
    """Whether the clause asks for nothing but a diagnosis in itself."""
    return isinstance(clause.rule, InDiagnoses) and clause.rule.target == clause.id


def _leaf(clause: Clause) -> InDiagnoses:
    assert isinstance(clause.rule, InDiagnoses)
    return clause.rule


def _asks(leaf: Leaf) -> bool:
    return not isinstance(leaf, (ClauseMet, Otherwise))


def _orderer(given: list[Clause], wanted: list[Clause]) -> Callable[[tuple[Finding, ...]], tuple[Finding, ...]]:
    """A function that puts findings of the clauses as given into the order wanted."""
    places = [given.index(clause) for clause in wanted]
    if len(places) > 1:
        return itemgetter(*places)
    return tuple


class _Tree:
    """Combinations and clauses over the findings of the leaves; a judgement replaces what is unknown, as it is met."""

    def __init__(self, edition: Edition, answers: Mapping[Leaf, Finding], judgements: Mapping[str, Judgement]) -> None:
        self._clauses = edition.clauses
        self._answers = answers
        self._judgements = judgements
        self._done: dict[str, Finding] = {}
        self.used: set[str] = set()

    def clause(self, clause: Clause) -> Finding:
        """The clause's finding; each clause is looked at once."""
        if clause.id not in self._done:
            rule = self.find(clause.rule)
            self._done[clause.id] = self._judged(Finding(clause, rule.truth, (rule,)), clause.id)
        return self._done[clause.id]

    def find(self, node: Node) -> Finding:
        """The finding of a part of a rule."""
        if isinstance(node, Otherwise):
            return Finding(node, MET)
        if isinstance(node, ClauseMet):
            clause = self.clause(self._clauses[node.clause])
            return Finding(node, clause.truth, (clause,))
        if isinstance(node, (All, Any, NoneOf, AtLeast)):
            parts = tuple(self.find(part) for part in node.parts)
            return Finding(node, truth_from(node, [part.truth for part in parts]), parts)
        return self._judged(self._answers[node], node.phrase)

    def _judged(self, found: Finding, target: str) -> Finding:
        """The finding with a reviewer's in its place, where there is one and the truth is unknown."""
        judgement = self._judgements.get(target) if found.truth is UNKNOWN else None
        if judgement is None:
            return found
        self.used.add(target)
        return Finding(found.node, judgement.truth, found.parts, None, judgement)


def truth_from(node: All | Any | NoneOf | AtLeast, parts: list[Truth]) -> Truth:
    """The truth of a combination, from that of its parts."""
    if isinstance(node, All):
        return all_of(parts)
    if isinstance(node, Any):
        return any_of(parts)
    return none_of(parts) if isinstance(node, NoneOf) else at_least(node.count, parts)
