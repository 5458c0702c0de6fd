"""The ladder of one edition as flags: which outcome, which reason, what is missing, which clauses it rests on.

This is ``determination/possible.py`` and ``determination/basis.py`` in yes-or-no expressions; design words as there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from isodose.compile.atoms import OfIllness
from isodose.compile.expression import NEVER, Boolean, Says, Trait, all_of, any_of, negated
from isodose.compile.rails import SPEAKS, Rails, RailsOf, rails_of
from isodose.guideline.edition import Clause, Edition, Rung
from isodose.guideline.facts import Answerer
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import (
    COMBINATIONS,
    ClauseMet,
    InDiagnoses,
    Leaf,
    Node,
    NoneOf,
    Otherwise,
    is_below,
)


@dataclass(frozen=True, slots=True)
class Flags:
    """An edition's answer: for each outcome (and reason, fact, clause) whether it is the case's. One outcome always is.

    ``reasons`` are those of ``clinical-review``; ``missing`` those of ``information-needed``. ``rungs`` are the ladder's
    rails, ``first`` whether a rung is the first that is surely met. ``is_open`` says that what is unknown decides.
    """

    outcomes: Mapping[Outcome, Boolean]
    reasons: Mapping[Reason, Boolean]
    missing: Mapping[str, Boolean]
    basis: Mapping[str, Boolean]
    rungs: tuple[Rails, ...]
    first: tuple[Boolean, ...]
    is_open: Boolean = NEVER


def flags_of(guideline: Guideline, edition: Edition, rails: RailsOf | None = None) -> Flags:
    """The flags of a case under the edition, if it is valid and the edition rules it; ``rails`` are the edition's own if left out."""
    rails = rails or rails_of(edition.clauses)
    ladder = edition.ladder
    rungs = tuple(rails(rung.when) for rung in ladder)
    first = tuple(
        all_of((rung.true, *(negated(earlier.true) for earlier in rungs[:n]))) for n, rung in enumerate(rungs)
    )
    possible = [
        all_of((rung.possible, *(negated(earlier.true) for earlier in rungs[:n]))) for n, rung in enumerate(rungs)
    ]
    ways = {
        outcome: any_of(way for rung, way in zip(ladder, possible, strict=True) if rung.outcome is outcome)
        for outcome in dict.fromkeys(rung.outcome for rung in ladder)
    }
    decided = {
        outcome: all_of((way, *(negated(other) for name, other in ways.items() if name is not outcome)))
        for outcome, way in ways.items()
    }
    is_open = negated(any_of(decided.values()))
    asked = dict(_asked(guideline, edition, rails, possible))
    can_be_told = any_of(asked.values())
    needed, judged = all_of((is_open, can_be_told)), all_of((is_open, negated(can_be_told)))
    review = decided.get(Outcome.CLINICAL_REVIEW, NEVER)
    return Flags(
        decided | {Outcome.INFORMATION_NEEDED: needed, Outcome.CLINICAL_REVIEW: any_of((review, judged))},
        {
            reason: any_of((_led_by(ladder, first, review, reason), judged if reason is Reason.JUDGEMENT else NEVER))
            for reason in Reason
        },
        {fact: all_of((needed, flag)) for fact, flag in sorted(asked.items())},
        dict(sorted(_basis(guideline, edition, rails, first, decided).items())),
        rungs,
        first,
        is_open,
    )


def _led_by(ladder: tuple[Rung, ...], first: tuple[Boolean, ...], review: Boolean, reason: Reason) -> Boolean:
    """A review for this reason: that of the first rung surely met."""
    return any_of(all_of((review, flag)) for rung, flag in zip(ladder, first, strict=True) if rung.reason is reason)


def _asked(
    guideline: Guideline, edition: Edition, rails: RailsOf, possible: list[Boolean]
) -> Iterator[tuple[str, Boolean]]:
    """For each fact whether it is open, decides, and is the requester's to give."""
    open_facts: dict[str, list[Boolean]] = {}
    for number, rung in enumerate(edition.ladder):
        others = any_of(
            flag
            for later, flag in zip(edition.ladder[number + 1 :], possible[number + 1 :], strict=True)
            if later.outcome is not rung.outcome
        )
        decides = all_of((possible[number], others))
        for leaf, is_unknown in _unknown_leaves(rung.when, edition.clauses, rails):
            if not isinstance(leaf, Otherwise):
                flag = all_of((decides, is_unknown, _is_the_requesters(guideline, leaf)))
                open_facts.setdefault(_fact(leaf), []).append(flag)
    yield from ((fact, any_of(flags)) for fact, flags in open_facts.items())


def _unknown_leaves(node: Node, clauses: Mapping[str, Clause], rails: RailsOf) -> Iterator[tuple[Leaf, Boolean]]:
    """The leaves below a node, each with whether it and all parts on the way to it are unknown."""
    here = rails(node).unknown
    if isinstance(node, ClauseMet):
        below = [clauses[node.clause].rule]
    elif isinstance(node, COMBINATIONS):
        below = list(node.parts)
    else:
        yield node, here
        return
    for part in below:
        for leaf, flag in _unknown_leaves(part, clauses, rails):
            yield leaf, all_of((here, flag))


def _is_the_requesters(guideline: Guideline, leaf: Leaf) -> Boolean:
    """Ambiguous codes are a reviewer's to settle, missing ones the requester's to give."""
    if isinstance(leaf, InDiagnoses):
        return negated(SPEAKS)
    return all_of(()) if guideline.facts[_fact(leaf)].answered_by is Answerer.REQUESTER else NEVER


def _fact(leaf: Leaf) -> str:
    assert not isinstance(leaf, (ClauseMet, Otherwise)), "only a leaf asks about a fact"
    return leaf.fact


def _basis(
    guideline: Guideline,
    edition: Edition,
    rails: RailsOf,
    first: tuple[Boolean, ...],
    decided: Mapping[Outcome, Boolean],
) -> dict[str, Boolean]:
    """The clauses that decide an approval, a coverage or a limitation, and the lists in which a code is clear."""
    homes = sorted({row.home for row in guideline.diagnoses.of_clauses if row.home in guideline.clause_ids})
    found: dict[str, list[Boolean]] = {}
    for rung, flag in zip(edition.ladder, first, strict=True):
        if rung.outcome in (Outcome.APPROVED, Outcome.COVERED_WITHOUT_REVIEW) or rung.reason is Reason.LIMITATION:
            decides = all_of((flag, decided[rung.outcome]))
            for clause, is_met in _met_clauses(rung.when, rails):
                ground = all_of((decides, is_met))
                found.setdefault(clause, []).append(ground)
                for target, in_list in _met_lists(edition.clauses[clause].rule, rails):
                    for home in homes:
                        if is_below(home, target):
                            clear = OfIllness(Trait(Says.HOME, home))
                            found.setdefault(home, []).append(all_of((ground, in_list, clear)))
    return {clause: any_of(flags) for clause, flags in found.items()}


def _met_clauses(node: Node, rails: RailsOf) -> Iterator[tuple[str, Boolean]]:
    """The clauses that a rung names, each with whether all on the way to it is met; none of what it rules out."""
    here = rails(node).true
    if isinstance(node, ClauseMet):
        yield node.clause, here
    elif isinstance(node, COMBINATIONS) and not isinstance(node, NoneOf):
        for part in node.parts:
            for clause, flag in _met_clauses(part, rails):
                yield clause, all_of((here, flag))


def _met_lists(node: Node, rails: RailsOf) -> Iterator[tuple[str, Boolean]]:
    """The `diagnosis in` leaves on clauses in a rule, each with whether it is met; none of what it rules out."""
    if isinstance(node, InDiagnoses) and not node.is_set:
        yield node.target, rails(node).true
    if isinstance(node, COMBINATIONS) and not isinstance(node, NoneOf):
        for part in node.parts:
            yield from _met_lists(part, rails)
