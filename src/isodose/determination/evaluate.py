"""The truth of every clause and rung for one case, with what it rests on: the finding tree is the result itself.

An edition is made ready once. A case answers the leaves, fact by fact; each clause and each rung then follows from the few
answers that it looks at. Facts fall into few classes, so what follows from the same answers is found once and shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from isodose.determination.ask import Answers, FactAnswers, ask_diagnoses
from isodose.determination.basis import Basis, Grounds
from isodose.determination.case import Case
from isodose.determination.combine import picker
from isodose.determination.finding import Finding
from isodose.determination.illness import CodeClass, Illness, Illnesses, illness_from
from isodose.determination.possible import Answer, answer_from, that_decide
from isodose.determination.remembered import Remembered
from isodose.determination.rules import REMEMBERED, Rules
from isodose.determination.settle import Settled
from isodose.guideline.edition import Clause, Edition
from isodose.guideline.facts import Facts
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.tree import ClauseMet, InDiagnoses, Leaf, Node, Otherwise, leaves

_ROOM = 1 << 17
"""Answers to leaves, as many as are kept at hand of whole cases; the more a guideline asks, the fewer cases come again."""


class Evaluation(NamedTuple):
    """One case under one edition: the finding of every clause in the text's order, of every rung, and what they answer.

    ``used`` are the targets of the judgements that replaced an unknown.
    """

    clauses: tuple[Finding, ...]
    rungs: tuple[Finding, ...]
    answer: Answer
    grounds: Grounds
    illness: Illness
    used: frozenset[str] = frozenset()


class Evaluator:
    """An edition ready to be asked. It is safe to share, and holds classes of answers, never a case."""

    def __init__(self, guideline: Guideline, edition: Edition, illnesses: Illnesses) -> None:
        self._edition = edition
        self._basis = Basis(edition)
        self._illnesses = illnesses
        referred = {leaf.clause for tree in edition.trees for leaf in leaves(tree) if isinstance(leaf, ClauseMet)}
        self._lists = [one for one in edition.clauses.values() if is_list(one) and one.id not in referred]
        others = [one for one in edition.clauses.values() if one not in self._lists]
        trees = [*(rung.when for rung in edition.ladder), *(clause.rule for clause in others)]
        self._asked = list({leaf: None for tree in trees for leaf in leaves(tree) if isinstance(leaf, InDiagnoses)})
        self._about_diagnoses = {leaf: ask_diagnoses(leaf) for leaf in (*map(_rule, self._lists), *self._asked)}
        self._list_asks = [_ask_list(clause, self._about_diagnoses[_rule(clause)]) for clause in self._lists]
        self._asks = [self._about_diagnoses[leaf] for leaf in self._asked]
        self._answers: dict[tuple[Finding, ...], Answers] = {}
        about_facts = _about_facts(trees, guideline.facts)
        self._undated = [(about.fact, about.of_value) for about in about_facts if not about.is_dated]
        self._dated = [(about.fact, about.of) for about in about_facts if about.is_dated]
        asked = [*self._asked, *(leaf for about in about_facts for leaf in about.leaves)]
        self._rules = Rules(others, [rung.when for rung in edition.ladder], asked)
        self._in_order = _orderer([*self._lists, *(one.clause for one in self._rules.clauses)], edition)
        self._listed = Remembered(self._find_lists, REMEMBERED)
        most = _ROOM // (1 + len(asked))
        self._answered = Remembered(self._answer, most)
        self._found = Remembered(self._find, most)

    def evaluate(self, case: Case, day: date) -> Evaluation:
        """Every clause's finding, and the answer of the ladder."""
        known = case.facts
        codes: tuple[str, ...] = known.get(DIAGNOSIS, ())  # type: ignore[assignment]
        answers = [of_value(known.get(fact)) for fact, of_value in self._undated]
        answers += [of(known.get(fact), day) for fact, of in self._dated]
        if case.judgements:
            return self._judged(case, codes, answers)
        listed = self._listed[tuple(map(self._illnesses.class_of, codes))]
        found = self._found[(listed.answers, *answers)]
        clauses = self._in_order(listed.clauses + found.clauses)
        return Evaluation(clauses, found.rungs, found.answer, found.grounds, listed.illness)

    def _find(self, answers: tuple[Answers, ...]) -> _Found:
        """What follows from all answers."""
        seen: list[Finding] = []
        for one in answers:
            seen += one.findings
        rungs = self._rules.found(seen)
        return _Found(self._rules.clauses_of(seen), rungs, *self._answered[that_decide(rungs)])

    def _answer(self, rungs: tuple[Finding, ...]) -> tuple[Answer, Grounds]:
        """What the ladder answers, and what that rests on."""
        answer = answer_from(self._edition.ladder, rungs)
        return answer, self._basis.grounds(answer, rungs)

    def _find_lists(self, codes: tuple[CodeClass, ...]) -> _Listed:
        """What follows from diagnoses of these classes."""
        illness = illness_from(codes)
        clauses = tuple([ask(illness) for ask in self._list_asks])
        looked_at = tuple([ask(illness) for ask in self._asks])
        return _Listed(illness, clauses, self._answers.setdefault(looked_at, Answers(looked_at)))

    def _judged(self, case: Case, codes: tuple[str, ...], answers: Iterable[Answers]) -> Evaluation:
        """The same with a reviewer's findings in place of what is unknown; nothing of it is remembered."""
        stated = self._illnesses.of(codes)
        settled = Settled(case.judgements)
        on_lists = settled.lists({clause.id for clause in self._edition.clauses.values() if is_list(clause)}, stated)
        illness = self._illnesses.judged(codes, on_lists) if on_lists else stated
        told = {
            leaf: settled.leaf(ask(stated if leaf.target in on_lists and not leaf.is_set else illness))
            for leaf, ask in self._about_diagnoses.items()
        }
        seen = [settled.in_list(told[leaf], on_lists) for leaf in self._asked]
        seen += [settled.leaf(finding) for one in answers for finding in one.findings]
        lists = [settled.clause(clause, told[_rule(clause)]) for clause in self._lists]
        for rule in self._rules.clauses:
            if rule.clause.id in on_lists:
                found = settled.clause(rule.clause, told[_rule(rule.clause)])
            else:
                found = settled.finding(rule.finding(rule.looks_at(seen)))
            seen += rule.with_reference(found)
        rungs = tuple([rung.combine(rung.looks_at(seen)) for rung in self._rules.rungs])
        clauses = self._in_order((*lists, *self._rules.clauses_of(seen)))
        return Evaluation(clauses, rungs, *self._answer(rungs), illness, frozenset(settled.used))


class _Listed(NamedTuple):
    """What follows from the diagnoses: the clauses that are mere lists, and the answers to the other parts' leaves."""

    illness: Illness
    clauses: tuple[Finding, ...]
    answers: Answers


class _Found(NamedTuple):
    """What follows from the answers to all leaves: the other clauses, the rungs, and the answer with what it rests on."""

    clauses: tuple[Finding, ...]
    rungs: tuple[Finding, ...]
    answer: Answer
    grounds: Grounds


def is_list(clause: Clause) -> bool:
    """Whether the clause asks for nothing but a diagnosis in itself."""
    return isinstance(clause.rule, InDiagnoses) and clause.rule.target == clause.id


def _rule(clause: Clause) -> InDiagnoses:
    assert isinstance(clause.rule, InDiagnoses)
    return clause.rule


def _ask_list(clause: Clause, ask: Callable[[Illness], Finding]) -> Callable[[Illness], Finding]:
    """The function that asks a clause that is a list, by the one that asks its leaf, which has four findings at most."""
    found: Callable[[Finding], Finding] = cache(lambda leaf: Finding(clause, leaf.truth, (leaf,)))
    return lambda illness: found(ask(illness))


def _about_facts(trees: list[Node], facts: Facts) -> list[FactAnswers]:
    """The leaves of the trees by the fact that they ask about, those in dated lists last; those about diagnoses stand apart."""
    by_fact: dict[str, dict[Leaf, None]] = {}
    for tree in trees:
        for leaf in leaves(tree):
            if not isinstance(leaf, (ClauseMet, Otherwise, InDiagnoses)):
                by_fact.setdefault(leaf.fact, {})[leaf] = None
    about_facts = [FactAnswers(facts[name], list(asked)) for name, asked in by_fact.items()]
    return sorted(about_facts, key=lambda about: about.is_dated)


def _orderer(given: list[Clause], edition: Edition) -> Callable[[tuple[Finding, ...]], tuple[Finding, ...]]:
    """A function that puts findings of the clauses as given into the order of the text."""
    places = {clause.id: place for place, clause in enumerate(given)}
    return picker([places[clause] for clause in edition.clauses])
