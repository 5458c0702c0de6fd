"""The clauses that a difference is told by: where a clause says the same in both editions, a reader need not be told its facts.

A clause (or a part of one that changed) is as good as a thing that is answered: it is met, it is not, or it is open, for the
requester or for a reviewer to settle. What it says of the facts below it is not lost: it is part of what is possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from isodose.compile.conditions.among import Among, Diagrams
from isodose.compile.conditions.answer_classes import AnswerClass, Only
from isodose.compile.expression import NEVER, Boolean, all_of, any_of, in_order, negated
from isodose.compile.rails import SPEAKS, RailsOf, rails_of
from isodose.guideline.edition import Edition
from isodose.guideline.facts import Answerer
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome
from isodose.guideline.tree import COMBINATIONS, ClauseMet, InDiagnoses, Node, Otherwise, leaves
from isodose.proof.difference.space import Space, Universe
from isodose.proof.difference.units import Version

MET, NOT_MET, ASKED, REVIEWED = Only("met"), Only("not met"), Only("open, to be asked"), Only("open, for a reviewer")
TRUTHS = (MET, NOT_MET, ASKED, REVIEWED)

SCOPES = (Outcome.NOT_APPLICABLE, Outcome.NOT_REQUIRED)
"""Where rungs lead that say whether the guideline is asked at all: a rung of these is told as a whole."""

Placed = tuple[Version, int]
"""A version, and its place among the readers of diagnoses."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A node that is told by its name; ``truths`` say in classes of answers when it has each truth, if it ever does.

    ``edition`` is one that has the node; ``leads_to`` is set for a rung that is told as a whole.
    """

    name: str
    node: Node
    edition: Edition
    truths: Mapping[AnswerClass, Boolean]
    leads_to: Outcome | None = None

    @property
    def tie(self) -> Boolean:
        """Its truth is what its facts make it."""
        return any_of(all_of((Among(self.name, frozenset({one})), flag)) for one, flag in self.truths.items())

    @property
    def abouts(self) -> set[object]:
        """What it follows from."""
        return {one.about for one in in_order(self.truths.values()) if isinstance(one, Among)}


def judged_by(old: Placed, new: Placed, space: Space, diagrams: Diagrams) -> dict[str, Judged]:
    """The largest nodes that say the same in both editions, and the clauses that one of them alone has; those of the new first."""
    found: dict[str, Judged] = {}
    for here, other in ((new, old), (old, new)):
        for judged in _Walk(here, other, space, diagrams).nodes():
            if all(known.node != judged.node for known in found.values()):
                found[judged.name] = judged
    return found


def with_judged(universe: Universe, judged: Mapping[str, Judged]) -> Universe:
    """All that is answered, each node after the last thing that it follows from: so diagrams stay small."""
    waiting, found = dict(judged), Universe()
    for about, classes in universe.items():
        found[about] = classes
        for name in [name for name, one in waiting.items() if one.abouts <= found.keys()]:
            found[name] = tuple(waiting.pop(name).truths)
    return found


def in_facts(about: object, classes: frozenset[AnswerClass], judged: Mapping[str, Judged]) -> Boolean:
    """That something is in some classes, with what that says of the facts if it is a node."""
    if isinstance(about, str) and about in judged:
        return any_of(judged[about].truths[one] for one in classes)
    return Among(about, classes)  # type: ignore[arg-type]


class _Walk:
    """Goes down the trees of one edition until it meets nodes that the other says alike, or lacks."""

    def __init__(self, here: Placed, other: Placed, space: Space, diagrams: Diagrams) -> None:
        self._here, self._other = here, other
        self._space, self._diagrams = space, diagrams
        self._clauses, self._clauses_of_other = here[0].edition.clauses, other[0].edition.clauses

    def nodes(self) -> Iterator[Judged]:
        """What can be told by its name, in the order of the ladder."""
        others = [rung.when for rung in self._other[0].edition.ladder]
        for rung in self._here[0].edition.ladder:
            if rung.outcome in SCOPES and rung.when in others and self._is_alike(rung.when):
                yield self._judged(f"rung {rung.when}", rung.when, rung.outcome)
            else:
                yield from self._below(rung.when, is_whole=True)

    def _below(self, node: Node, *, is_whole: bool) -> Iterator[Judged]:
        """A rung, and the rule of a clause that changed, are walked into: where they lead is what is told."""
        if isinstance(node, ClauseMet):
            if node.clause not in self._clauses_of_other or self._is_alike(node):
                yield self._judged(f"clause {node.clause}", node)
            else:
                yield from self._below(self._clauses[node.clause].rule, is_whole=True)
        elif isinstance(node, COMBINATIONS):
            if not is_whole and self._is_alike(node):
                yield self._judged(f"part {node}", node)
            else:
                for part in node.parts:
                    yield from self._below(part, is_whole=False)

    def _is_alike(self, node: Node) -> bool:
        """Whether both editions say the same of the node, whatever the case; not if one has no such clause or fact."""
        here, other = self._here[0], self._other[0]
        referred = _referred(node, here.edition)
        rules = [node, *(here.edition.clauses[name].rule for name in referred)]
        if not (referred <= other.edition.clauses.keys() and _asked_facts(rules) <= other.guideline.facts.keys()):
            return False
        ours, theirs = truths_of(node, self._here, self._space), truths_of(node, self._other, self._space)
        return all(self._diagrams.of(flag) is self._diagrams.of(theirs[one]) for one, flag in ours.items())

    def _judged(self, name: str, node: Node, leads_to: Outcome | None = None) -> Judged:
        truths = truths_of(node, self._here, self._space)
        never = self._diagrams.of(NEVER)
        real = {
            one: flag
            for one, flag in truths.items()
            if self._diagrams.of(all_of((self._space.real, flag))) is not never
        }
        return Judged(name, node, self._here[0].edition, real, leads_to)


def _referred(node: Node, edition: Edition) -> set[str]:
    """The clauses that a node refers to, and those that these refer to."""
    if isinstance(node, ClauseMet):
        return {node.clause} | _referred(edition.clauses[node.clause].rule, edition)
    return (
        {name for part in node.parts for name in _referred(part, edition)} if isinstance(node, COMBINATIONS) else set()
    )


def _asked_facts(rules: list[Node]) -> set[str]:
    return {leaf.fact for rule in rules for leaf in leaves(rule) if not isinstance(leaf, (ClauseMet, Otherwise))}


def truths_of(node: Node, placed: Placed, space: Space) -> dict[AnswerClass, Boolean]:
    """When a node has each truth: what is open is asked if a requester can answer some of it, else it is a reviewer's."""
    version, reader = placed
    rails = rails_of(version.edition.clauses)
    here, asked = rails(node), _asked(node, version, rails)
    reviewed = all_of((here.unknown, negated(asked)))
    flags = (here.true, here.false, asked, reviewed)
    return {truth: space.told(flag, reader) for truth, flag in zip(TRUTHS, flags, strict=True)}


def _asked(node: Node, version: Version, rails: RailsOf) -> Boolean:
    """A leaf that is a requester's is open, and so is all on the way to it."""
    if isinstance(node, ClauseMet):
        parts: tuple[Node, ...] = (version.edition.clauses[node.clause].rule,)
    elif isinstance(node, COMBINATIONS):
        parts = node.parts
    else:
        return all_of((rails(node).unknown, _is_the_requesters(node, version.guideline)))
    return all_of((rails(node).unknown, any_of(_asked(part, version, rails) for part in parts)))


def _is_the_requesters(leaf: Node, guideline: Guideline) -> Boolean:
    if isinstance(leaf, InDiagnoses):
        return negated(SPEAKS)
    assert not isinstance(leaf, (ClauseMet, *COMBINATIONS)), "only a leaf is asked"
    is_asked = not isinstance(leaf, Otherwise) and guideline.facts[leaf.fact].answered_by is Answerer.REQUESTER
    return all_of(()) if is_asked else NEVER
