"""What the engine says of a case: the judge of every example."""

from __future__ import annotations

from isodose.determination.finding import Finding
from isodose.determination.program import Determination
from isodose.guideline.edition import Clause
from isodose.guideline.tree import Node
from isodose.guideline.truth import MET, UNKNOWN, Truth
from isodose.proof.example import Row
from isodose.proof.ruling import Ruling


def leads(ruling: Ruling, number: int, row: Row) -> bool:
    """The rung decides."""
    answer = ruling.determine(row)
    return answer is not None and answer.rung is ruling.edition.ladder[number]


def meets(ruling: Ruling, number: int, row: Row) -> bool:
    """The rung is surely met."""
    answer = ruling.determine(row)
    return answer is not None and answer.rungs[number].truth is MET


def finds(ruling: Ruling, clause: Clause, row: Row, truth: Truth = MET) -> bool:
    """The clause has this truth."""
    answer = ruling.determine(row)
    return answer is not None and any(_is_of(finding, clause, truth) for finding in answer.clauses)


def leaves_open(ruling: Ruling, clause: Clause, row: Row) -> bool:
    """The clause stays unknown."""
    return finds(ruling, clause, row, UNKNOWN)


def _is_of(finding: Finding, clause: Clause, truth: Truth) -> bool:
    return finding.node is clause and finding.truth is truth


def answer_of(ruling: Ruling, row: Row) -> Determination:
    """The engine's answer to an example."""
    answer = ruling.determine(row)
    assert answer is not None, "an example is ruled by the edition"
    return answer


def truths_of(ruling: Ruling, clause: Clause, row: Row) -> dict[Node, Truth]:
    """The truth of each part of a clause's rule."""
    answer = ruling.determine(row)
    found: dict[Node, Truth] = {}
    waiting = [part for one in answer.clauses if one.node is clause for part in one.parts] if answer else []
    while waiting:
        part = waiting.pop()
        if not isinstance(part.node, Clause):
            found[part.node] = part.truth
        waiting += part.parts
    return found
