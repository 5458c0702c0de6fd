"""What is possible: which rungs can still decide, whether they agree, and what is open if they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from isodose.determination.finding import Finding, fact_of
from isodose.guideline.edition import Clause, Rung
from isodose.guideline.facts import Answerer
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import Node, Otherwise
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN


class Open(NamedTuple):
    """An unknown leaf that decides between outcomes, and the clause in whose rule it stands (None: the ladder's own)."""

    leaf: Finding
    clause: Clause | None


class Answer(NamedTuple):
    """The outcome with its reason.

    ``rung`` is the first that is surely met. ``open`` is what decides, in the order of the ladder, each leaf once;
    ``missing`` are the facts that the requester can give of it, sorted.
    """

    outcome: Outcome
    reason: Reason | None
    rung: int
    open: tuple[Open, ...] = ()
    missing: tuple[str, ...] = ()


_NOT_MET = Finding(Otherwise(), NOT_MET)


def that_decide(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What an answer follows from, of the rungs' findings: those up to the first that is met.

    Of one that is not met it is no more than that; all of those are one finding here.
    """
    decide = []
    for finding in findings:
        decide.append(_NOT_MET if finding.truth is NOT_MET else finding)
        if finding.truth is MET:
            break
    return tuple(decide)


def answer_from(ladder: Sequence[Rung], findings: Sequence[Finding]) -> Answer:
    """The answer that the ladder gives.

    A rung is possible if it is not surely not met and no earlier one is surely met. If all possible rungs lead to one
    outcome, that is it, whatever is missing. Otherwise the leaves that decide are found by walking down; if the requester
    can give none of them, a reviewer must judge.
    """
    first_met = next(number for number, finding in enumerate(findings) if finding.truth is MET)
    possible = [number for number in range(first_met + 1) if findings[number].truth is not NOT_MET]
    if len({ladder[number].outcome for number in possible}) == 1:
        return Answer(ladder[first_met].outcome, ladder[first_met].reason, first_met)
    still_open = _deciding(ladder, findings, possible)
    missing = {fact_of(leaf) for leaf, _ in still_open if leaf.asks is Answerer.REQUESTER}
    if missing:
        return Answer(Outcome.INFORMATION_NEEDED, None, first_met, still_open, tuple(sorted(missing)))
    return Answer(Outcome.CLINICAL_REVIEW, Reason.JUDGEMENT, first_met, still_open)


def _deciding(ladder: Sequence[Rung], findings: Sequence[Finding], possible: list[int]) -> tuple[Open, ...]:
    """Unknown leaves below each possible, unknown rung after which a rung with another outcome is still possible."""
    found: dict[Node | Clause, Open] = {}
    for place, number in enumerate(possible):
        if findings[number].truth is UNKNOWN:
            here = ladder[number].outcome
            if any(ladder[later].outcome is not here for later in possible[place + 1 :]):
                for one in unknown_leaves(findings[number]):
                    found.setdefault(one.leaf.node, one)
    return tuple(found.values())


def unknown_leaves(finding: Finding, clause: Clause | None = None) -> Iterator[Open]:
    """The unknown leaves of a finding, walking through those parts only that are themselves unknown."""
    waiting = [(finding, clause)]
    while waiting:
        one, within = waiting.pop()
        if one.truth is UNKNOWN:
            if one.parts:
                here = one.node if isinstance(one.node, Clause) else within
                waiting += [(part, here) for part in reversed(one.parts)]
            else:
                yield Open(one, within)
