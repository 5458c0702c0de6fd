"""What one leaf asks of a case: a short function for each, made once, that picks one of the leaf's few possible findings."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any as Untyped

from isodose.determination.finding import Finding
from isodose.determination.illness import Illness
from isodose.determination.values import ABSENT, Value
from isodose.guideline.facts import Answerer, Facts
from isodose.guideline.tree import ALWAYS, Compare, InDiagnoses, InList, Is, IsAbsent, Leaf, Yes
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN

Known = Mapping[str, Value]
Ask = Callable[[Known, Illness, date], Finding]
"""Facts by name, what the diagnoses say, and the date of service; the leaf's finding."""

COMPARE: Mapping[str, Callable[[Untyped, Untyped], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


def ask_from(leaf: Leaf, facts: Facts) -> Ask:
    """The function that asks the leaf."""
    if isinstance(leaf, InDiagnoses):
        return _in_diagnoses(leaf)
    assert isinstance(leaf, (Yes, Is, IsAbsent, Compare, InList)), "a clause or `otherwise` asks nothing of a case"
    met, not_met = Finding(leaf, MET), Finding(leaf, NOT_MET)
    unknown = Finding(leaf, UNKNOWN, (), facts[leaf.fact].answered_by)
    name, holds = leaf.fact, _TESTS[type(leaf)](leaf)

    def ask(known: Known, _: Illness, day: date) -> Finding:
        value = known.get(name)
        if value is None:
            return unknown
        return met if holds(value, day) else not_met

    return ask


def _in_diagnoses(leaf: InDiagnoses) -> Ask:
    target = leaf.target
    met, not_met = Finding(leaf, MET), Finding(leaf, NOT_MET)
    ambiguous, missing = Finding(leaf, UNKNOWN, (), Answerer.REVIEWER), Finding(leaf, UNKNOWN, (), Answerer.REQUESTER)

    def ask(_: Known, illness: Illness, __: date) -> Finding:
        if target in illness.clear:
            return met
        if target in illness.open:
            return ambiguous
        return not_met if illness.is_spoken_of else missing

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
    if leaf.period == ALWAYS:
        return lambda value, _: value in members
    return lambda value, day: value in members and holds(day)


_TESTS: Mapping[type, Callable[[Untyped], Test]] = {
    Yes: _yes,
    Is: _is,
    IsAbsent: _is_absent,
    Compare: _compare,
    InList: _in_list,
}
