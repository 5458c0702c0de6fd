"""What an alternative of a difference asks, in the guideline's own words: titles, phrases and the words of its choices."""

from __future__ import annotations

from isodose.compile.conditions.among import About, Classes, Listing
from isodose.compile.conditions.answer_classes import AnswerClass, Only
from isodose.determination.words import name_of
from isodose.guideline.facts import Fact
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.outcome import Outcome
from isodose.guideline.tree import ALWAYS, COMBINATIONS, All, Any, ClauseMet, InDiagnoses, InList, Node
from isodose.proof.asked_words import asked_says
from isodose.proof.difference.answered import answered_says, either, subject
from isodose.proof.difference.codes import folded, listed_ranges
from isodose.proof.difference.difference import Comparison
from isodose.proof.difference.illness import CLEARLY, NOT_IN, PERHAPS, YES, belonging
from isodose.proof.difference.judged import ASKED, MET, NOT_MET, REVIEWED, Judged

MOST_MEMBERS = 8
"""A list of no more members than this is told by them, a longer one by its name."""


class Words:
    """The words of one comparison."""

    def __init__(self, comparison: Comparison, guideline: Guideline) -> None:
        self._comparison = comparison
        self._guideline = guideline

    def literal(self, about: About, classes: Classes) -> str:
        """That something is in some classes, as a part of a sentence."""
        judged = self._comparison.judged.get(about) if isinstance(about, str) else None
        if judged is not None:
            return _judged(judged, classes, self._comparison)
        if isinstance(about, Listing):
            return self._listing(about.target, classes)
        if about == DIAGNOSIS:
            return self._spoken(classes)
        every = self._comparison.universe[about]
        return answered_says(self._comparison.facts[about], classes, every)

    def _spoken(self, classes: Classes) -> str:
        new = {_of_new(one, self._comparison) for one in classes}
        return "a diagnosis is stated" if new == {YES} else "no diagnosis is stated"

    def _listing(self, target: str, classes: Classes) -> str:
        if any(_moved(one, self._comparison) for one in classes):
            return self._moved(target, classes)
        ranks = {_of_new(one, self._comparison) for one in classes}
        sets = self._comparison.facts[DIAGNOSIS].sets
        belongs = sets.get(target, f"listed in {target}")
        return _BELONGS[frozenset(ranks)].format(belongs)

    def _moved(self, target: str, classes: Classes) -> str:
        """The codes that belong there otherwise than before."""
        comparison = self._comparison
        place = comparison.space.illness.targets.index(target)
        illness = comparison.space.illness
        ranges = folded(
            self._guideline.release, illness.starts, lambda start: belonging(illness.said_from(start), place) in classes
        )
        pairs = {(_of_old(one, comparison), _of_new(one, comparison)) for one in classes}
        ways = " or ".join(_move(old, new, self._home(target)) for old, new in sorted(pairs))
        return f"a diagnosis is {listed_ranges(ranges)}, {ways}"

    def _home(self, target: str) -> str:
        return self._comparison.facts[DIAGNOSIS].sets.get(target, target)


def _of_old(one: AnswerClass, comparison: Comparison) -> str:
    assert isinstance(one, Only)
    assert isinstance(one.value, tuple)
    return one.value[comparison.readers[0]]


def _of_new(one: AnswerClass, comparison: Comparison) -> str:
    assert isinstance(one, Only)
    assert isinstance(one.value, tuple)
    return one.value[comparison.readers[1]]


def _moved(one: AnswerClass, comparison: Comparison) -> bool:
    return _of_old(one, comparison) != _of_new(one, comparison)


_BELONGS = {
    frozenset({CLEARLY}): "a diagnosis is {}",
    frozenset({PERHAPS}): "a reviewer settles whether a diagnosis is {}",
    frozenset({NOT_IN}): "no diagnosis is {}",
    frozenset({CLEARLY, PERHAPS}): "a diagnosis is, or may be, {}",
    frozenset({NOT_IN, PERHAPS}): "no diagnosis is clearly {}",
    frozenset({CLEARLY, NOT_IN}): "it is clear whether a diagnosis is {}",
    frozenset({CLEARLY, PERHAPS, NOT_IN}): "any diagnosis, {} or not",
}

_STATES = {CLEARLY: "listed", PERHAPS: "left to a reviewer", NOT_IN: "not listed"}


def _move(old: str, new: str, home: str) -> str:
    return f"now {_STATES[new]}, before {_STATES[old]} ({home})" if old != new else f"{_STATES[new]} as before ({home})"


def _judged(judged: Judged, classes: Classes, comparison: Comparison) -> str:
    says = _rung(judged, classes) if judged.leads_to else None
    if says is None:
        says = _clause(judged, classes) if isinstance(judged.node, ClauseMet) else None
    return says or _node(judged.node, judged, classes, comparison)


_IN_SCOPE = {
    Outcome.NOT_APPLICABLE: (
        "the request is in scope",
        "the request is out of scope",
        "it is open whether the request is in scope",
    ),
    Outcome.NOT_REQUIRED: (
        "prior authorization is required",
        "prior authorization is not required",
        "it is open whether prior authorization is required",
    ),
}


def _rung(judged: Judged, classes: Classes) -> str:
    assert judged.leads_to is not None
    no, yes, is_open = _IN_SCOPE[judged.leads_to]
    parts = [*([no] if NOT_MET in classes else []), *([yes] if MET in classes else [])]
    return ", or ".join([*parts, *([is_open] if classes & {ASKED, REVIEWED} else [])])


def _clause(judged: Judged, classes: Classes) -> str | None:
    """A clause by its name; one that asks a single thing is said by that."""
    assert isinstance(judged.node, ClauseMet)
    clause = judged.edition.clauses[judged.node.clause]
    if not isinstance(clause.rule, (*COMBINATIONS, ClauseMet, InDiagnoses)):
        return None
    name = name_of(clause)
    return f"{name[:1].lower()}{name[1:]} {_truths_say(classes, is_limitation=clause.kind == 'limitation')}"


def _truths_say(classes: Classes, *, is_limitation: bool) -> str:
    met, not_met = ("applies", "does not apply") if is_limitation else ("is met", "is not met")
    surely, can_be = ("surely applies", "may apply") if is_limitation else ("surely met", "can be met")
    return {
        frozenset({MET}): met,
        frozenset({NOT_MET}): not_met,
        frozenset({ASKED}): "is open for want of a fact",
        frozenset({REVIEWED}): "is a reviewer's to settle",
        frozenset({ASKED, REVIEWED}): "is open",
        frozenset({NOT_MET, ASKED}): f"{not_met}, or is open for want of a fact",
        frozenset({NOT_MET, REVIEWED}): f"{not_met}, or is a reviewer's to settle",
        frozenset({MET, REVIEWED}): f"{met}, or is a reviewer's to settle",
        frozenset({MET, ASKED}): f"{met}, or is open for want of a fact",
        frozenset({NOT_MET, ASKED, REVIEWED}): "does not surely apply" if is_limitation else f"is not {surely}",
        frozenset({MET, ASKED, REVIEWED}): can_be,
        frozenset({MET, NOT_MET}): "is settled",
        frozenset({MET, NOT_MET, REVIEWED}): "lacks no fact",
        frozenset({MET, NOT_MET, ASKED}): "is not a reviewer's to settle",
        frozenset({MET, NOT_MET, ASKED, REVIEWED}): "is whatever it is",
    }[frozenset(one for one in classes if isinstance(one, Only))]


def _node(node: Node, judged: Judged, classes: Classes, comparison: Comparison) -> str:
    """A part of a rule by what it asks."""
    if isinstance(node, ClauseMet):
        node = judged.edition.clauses[node.clause].rule
    says = _holds_and_not(node, judged, comparison)
    parts = [says[0 if one == MET else 1] for one in (MET, NOT_MET) if one in classes]
    if classes & {ASKED, REVIEWED}:
        who = " (a reviewer settles it)" if ASKED not in classes else ""
        parts.append(f"that is open{who}" if parts else f"it is open whether {says[0]}{who}")
    return ", or ".join(parts)


def _holds_and_not(node: Node, judged: Judged, comparison: Comparison) -> tuple[str, str]:
    """What a part asks, and its opposite; that of a nested one is not turned round, which nobody could follow."""
    edition, facts = judged.edition, comparison.facts
    says = _bracketed(node, judged, comparison)
    if isinstance(node, InList) and len(node.members) <= MOST_MEMBERS and node.period == ALWAYS:
        members = [
            one.value for one in comparison.universe[node.fact] if isinstance(one, Only) and one.value in node.members
        ]
        return _of_members(facts[node.fact], list(map(str, members)))
    if isinstance(node, COMBINATIONS) and any(isinstance(part, COMBINATIONS) for part in node.parts):
        return says, f"it is not so that {says}"
    return says, asked_says(node, edition, facts, holds=False)


def _of_members(fact: Fact, members: list[str]) -> tuple[str, str]:
    """That a code or a word is in a short list, by what is in it."""
    return f"{subject(fact)} is {either(members)}", f"{subject(fact)} is not {either(members)}"


def _bracketed(node: Node, judged: Judged, comparison: Comparison) -> str:
    """What a node asks; combinations in it in brackets."""
    if not isinstance(node, (All, Any)):
        return asked_says(node, judged.edition, comparison.facts)
    between = " and " if isinstance(node, All) else " or "
    return between.join(
        f"({_bracketed(part, judged, comparison)})"
        if isinstance(part, (All, Any))
        else _bracketed(part, judged, comparison)
        for part in node.parts
    )
