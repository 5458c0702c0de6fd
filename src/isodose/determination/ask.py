"""What the leaves ask of a case: all leaves about one fact are answered together, from its value alone.

Each leaf has a few possible findings, made once. What a value answers to all leaves of its fact is one shared object, so that
cases with the same answers are told by identity.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any as Untyped

from isodose.determination.finding import Finding
from isodose.determination.illness import Illness
from isodose.determination.remembered import Remembered
from isodose.determination.values import ABSENT, Value
from isodose.guideline.facts import Answerer, Fact
from isodose.guideline.tree import ALWAYS, Compare, InDiagnoses, InList, Is, IsAbsent, Leaf, Yes
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN

COMPARE: Mapping[str, Callable[[Untyped, Untyped], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}

_REMEMBERED = 1 << 12
"""Values of a fact (with the day, where a list is dated) whose answers are kept at hand."""

_REMEMBERED_WORDS = 1 << 6
"""The same for a fact that takes any word, however long."""

Ask = Callable[[Value | None, date], Finding]
"""The fact's value and the date of service; the leaf's finding."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The findings of some leaves, in their order; the same answers are the same object."""

    findings: tuple[Finding, ...]


class FactAnswers:
    """All leaves about one fact.

    ``of(value, day)`` is what the value answers on the date of service; ``of_value(value)`` the same where no leaf ``is_dated``.
    """

    def __init__(self, fact: Fact, leaves: Sequence[Leaf]) -> None:
        self.fact = fact.name
        self.leaves = tuple(leaves)
        self._asks = [ask_from(leaf, fact.answered_by) for leaf in leaves]
        self._made: dict[tuple[Finding, ...], Answers] = {}
        self.is_dated = any(_is_dated(leaf) for leaf in leaves)
        most = _REMEMBERED_WORDS if fact.open else _REMEMBERED
        self.of: Callable[[Value | None, date], Answers] = lru_cache(most)(self._of)
        self.of_value: Callable[[Value | None], Answers] = Remembered(self._of_value, most).__getitem__

    def _of_value(self, value: Value | None) -> Answers:
        return self._of(value, date.min)

    def _of(self, value: Value | None, day: date) -> Answers:
        findings = tuple([ask(value, day) for ask in self._asks])
        return self._made.setdefault(findings, Answers(findings))


def ask_from(leaf: Leaf, answered_by: Answerer) -> Ask:
    """The function that asks a leaf."""
    met, not_met, unknown = Finding(leaf, MET), Finding(leaf, NOT_MET), Finding(leaf, UNKNOWN, (), answered_by)
    holds = _TESTS[type(leaf)](leaf)

    def ask(value: Value | None, day: date) -> Finding:
        if value is None:
            return unknown
        return met if holds(value, day) else not_met

    return ask


def ask_diagnoses(leaf: InDiagnoses) -> Callable[[Illness], Finding]:
    """The function that asks a leaf about the diagnoses: what is ambiguous is a reviewer's, what is missing is not."""
    target = leaf.target
    met, not_met = Finding(leaf, MET), Finding(leaf, NOT_MET)
    ambiguous, missing = Finding(leaf, UNKNOWN, (), Answerer.REVIEWER), Finding(leaf, UNKNOWN, (), Answerer.REQUESTER)

    def ask(illness: Illness) -> Finding:
        truth = illness.truth(target)
        if truth is UNKNOWN:
            return ambiguous if illness.is_spoken_of else missing
        return met if truth is MET else not_met

    return ask


Test = Callable[[Untyped, date], bool]


def _yes(_: Yes) -> Test:
    return lambda value, _: value is True


def _is(leaf: Is) -> Test:
    wanted = leaf.value
    return lambda value, _: bool(value == wanted)


def _is_absent(_: IsAbsent) -> Test:
    return lambda value, _: value is ABSENT


def _compare(leaf: Compare) -> Test:
    """A comparison with what is known not to exist is not met."""
    compare, bound = COMPARE[leaf.operator], leaf.bound
    return lambda value, _: value is not ABSENT and compare(value, bound)


def _in_list(leaf: InList) -> Test:
    members, holds = leaf.members, leaf.period.holds
    if not _is_dated(leaf):
        return lambda value, _: value in members
    return lambda value, day: value in members and holds(day)


def _is_dated(leaf: Leaf) -> bool:
    return isinstance(leaf, InList) and leaf.period != ALWAYS


_TESTS: Mapping[type, Callable[[Untyped], Test]] = {
    Yes: _yes,
    Is: _is,
    IsAbsent: _is_absent,
    Compare: _compare,
    InList: _in_list,
}
