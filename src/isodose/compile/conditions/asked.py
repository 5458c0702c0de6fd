"""Which questions an edition has for a requester, in which order, and in which situations each can still matter.

A question is asked exactly as long as the engine, told the answers to the questions above it and no others, would ask for it
(``Flags.missing``). To know more never makes a fact missing that was not, so what is hidden cannot decide. The order makes
this sound: two questions that hid each other would both be lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from isodose.compile.answer import flags_of
from isodose.compile.conditions.among import Diagrams, TooLargeError
from isodose.compile.conditions.diagnosis_lists import DiagnosisLists
from isodose.compile.conditions.told import Universe, as_told, inputs_of, known_from, universe_of
from isodose.compile.expression import ALWAYS, NEVER, Boolean, any_of
from isodose.determination.validity import NEEDED
from isodose.guideline.edition import Edition
from isodose.guideline.facts import Fact
from isodose.guideline.guideline import Guideline
from isodose.guideline.tree import ClauseMet, Leaf, Node, Otherwise, leaves


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that a requester is asked, and when: a condition of ``Among`` over the answers to the questions above it.

    A condition may be about a fact that is derived from these answers, and about where the diagnosis codes belong.
    """

    fact: Fact
    when: Boolean


@dataclass(frozen=True, slots=True)
class Interview:
    """The questions of an edition, the classes of answers that their conditions tell apart, and the lists of diagnoses behind these."""

    questions: tuple[Question, ...]
    universe: Universe
    lists: DiagnosisLists


def interview(guideline: Guideline, edition: Edition) -> Interview:
    """The questions of an edition: first those without which nothing can be said, then in the order of the ladder.

    Where a condition has no short form, it looks at the first of the answers above alone: to know less is to ask more.
    """
    missing = {name: flag for name, flag in flags_of(guideline, edition).missing.items() if flag is not NEVER}
    names = _in_order(guideline, edition, missing)
    lists = DiagnosisLists(guideline)
    universe = universe_of(guideline, lists, missing.values(), names)
    diagrams = Diagrams(universe)
    asked = []
    reach = len(names)
    for number, name in enumerate(names):
        flag = any_of(flag for fact, flag in missing.items() if name in inputs_of(guideline, fact))
        when: Boolean | None = ALWAYS if name in NEEDED else None
        while when is None:
            known = names[: min(number, reach)]
            try:
                when = diagrams.shortest(as_told(guideline, flag, known_from(guideline, universe, known)))
            except TooLargeError:
                reach = len(known) // 2
        asked.append(Question(guideline.facts[name], when))
    return Interview(tuple(asked), universe, lists)


def _in_order(guideline: Guideline, edition: Edition, missing: Collection[str]) -> list[str]:
    named = (
        name
        for rung in edition.ladder
        for leaf in _leaves_below(rung.when, edition)
        if not isinstance(leaf, (ClauseMet, Otherwise)) and leaf.fact in missing
        for name in inputs_of(guideline, leaf.fact)
    )
    return list(dict.fromkeys((*NEEDED, *named)))


def _leaves_below(node: Node, edition: Edition) -> Iterator[Leaf]:
    for leaf in leaves(node):
        if isinstance(leaf, ClauseMet):
            yield from _leaves_below(edition.clauses[leaf.clause].rule, edition)
        else:
            yield leaf
