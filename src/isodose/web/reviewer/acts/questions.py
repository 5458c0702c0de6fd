"""What could be asked of the practice: a line for each thing that is unknown, with the clause that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isodose.desk.determined import Answers
from isodose.determination.finding import fact_of
from isodose.determination.leaf_words import leaf_says
from isodose.determination.possible import Open, unknown_leaves
from isodose.determination.program import Determination
from isodose.guideline.facts import Answerer


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question, the clause from which it comes (empty: the ladder itself), and the leaf that waits for its answer.

    ``decides`` says that the answer can still change the outcome.
    """

    words: str
    clause: str
    leaf: str
    decides: bool


def drafted(answers: Answers) -> tuple[Drafted, ...]:
    """Each question once, those that decide first."""
    found: dict[str, Drafted] = {}
    for answer in answers:
        for one in _drafted(answer):
            if one.words not in found or one.decides:
                found[one.words] = one
    return tuple(sorted(found.values(), key=lambda one: not one.decides))


def _drafted(answer: Determination) -> Iterator[Drafted]:
    deciding = {one.leaf.node for one in answer.open}
    everything = [one for finding in (*answer.rungs, *answer.clauses) for one in unknown_leaves(finding)]
    for one in everything:
        phrase: str = one.leaf.node.phrase  # type: ignore[union-attr]
        clause = one.clause.id if one.clause else ""
        yield Drafted(_words(answer, one), clause, phrase, one.leaf.node in deciding and _is_theirs(one))


def _words(answer: Determination, one: Open) -> str:
    """The fact's own question; of what only a reviewer settles, what would help to settle it."""
    if _is_theirs(one):
        return answer.guideline.facts[fact_of(one.leaf)].question
    return f"Please send what shows {leaf_says(answer, one.leaf)}."


def _is_theirs(one: Open) -> bool:
    return one.leaf.asks is Answerer.REQUESTER
