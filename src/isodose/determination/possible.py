"""What is possible: which rungs can still decide, whether they agree, and what is open if they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from isodose.determination.finding import Finding
from isodose.guideline.edition import Clause, Rung
from isodose.guideline.facts import Answerer
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN


class Open(NamedTuple):
    """An unknown leaf that decides between outcomes, and the clause in whose rule it stands (None: the ladder's own)."""

    leaf: Finding
    clause: Clause | None


class Answer(NamedTuple):
    """The outcome with its reason.

    ``rung`` is the first that is surely met. ``open`` is what decides, in the order of the ladder, each leaf once.
    """

    outcome: Outcome
    reason: Reason | None
    rung: int
    open: tuple[Open, ...]


def answer_from(ladder: Sequence[Rung], findings: Sequence[Finding]) -> Answer:
    """The answer that the ladder gives.

    A rung is possible if it is not surely not met and no earlier one is surely met. If all possible rungs lead to one
    outcome, that is it, whatever is missing. Otherwise the leaves that decide are found by walking down; if the requester
    can give none of them, a reviewer must judge.
    """
    first_met = next(number for number, finding in enumerate(findings) if finding.truth is MET)
    possible = [number for number in range(first_met + 1) if findings[number].truth is not NOT_MET]
    if len({ladder[number].outcome for number in possible}) == 1:
        outcome = ladder[first_met].outcome
        return Answer(outcome, ladder[first_met].reason, first_met, ())
    still_open = tuple(_deciding(ladder, findings, possible))
    if any(leaf.asks is Answerer.REQUESTER for leaf, _ in still_open):
        return Answer(Outcome.INFORMATION_NEEDED, None, first_met, still_open)
    return Answer(Outcome.CLINICAL_REVIEW, Reason.JUDGEMENT, first_met, still_open)


def _deciding(ladder: Sequence[Rung], findings: Sequence[Finding], possible: list[int]) -> Iterator[Open]:
    """Unknown leaves below each possible, unknown rung after which a rung with another outcome is still possible."""
    seen = set()
    for place, number in enumerate(possible):
        others = {ladder[later].outcome for later in possible[place + 1 :]} - {ladder[number].outcome}
        if others and findings[number].truth is UNKNOWN:
            for one in unknown_leaves(findings[number]):
                if one.leaf.node not in seen:
                    seen.add(one.leaf.node)
                    yield one


def unknown_leaves(finding: Finding, clause: Clause | None = None) -> Iterator[Open]:
    """The unknown leaves of a finding, walking through those parts only that are themselves unknown."""
    if finding.truth is UNKNOWN:
        if not finding.parts:
            yield Open(finding, clause)
        here = finding.node if isinstance(finding.node, Clause) else clause
        for part in finding.parts:
            yield from unknown_leaves(part, here)
