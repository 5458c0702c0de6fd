"""A finding: the truth of one clause, or of one part of its rule, for one case."""

from __future__ import annotations

from dataclasses import dataclass

from isodose.determination.case import Judgement
from isodose.guideline.edition import Clause
from isodose.guideline.facts import Answerer
from isodose.guideline.tree import COMBINATIONS, ClauseMet, Node, Otherwise
from isodose.guideline.truth import Truth


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """The truth of a clause or of a part, with the findings that it rests on; it holds nothing of the case itself.

    ``parts`` are those of a combination, the rule of a clause, the clause of a reference. ``asks`` says who can settle a leaf
    that is unknown. ``judgement`` is the reviewer's finding that replaced an unknown. Findings are told apart by identity:
    cases that find the same share them.
    """

    node: Node | Clause
    truth: Truth
    parts: tuple[Finding, ...] = ()
    asks: Answerer | None = None
    judgement: Judgement | None = None


def fact_of(leaf: Finding) -> str:
    """The fact that a leaf asks about."""
    assert not isinstance(leaf.node, (Clause, ClauseMet, Otherwise, *COMBINATIONS)), "only a leaf asks about a fact"
    return leaf.node.fact


def id_of(found: Finding) -> str:
    """The clause that a clause's finding is about."""
    assert isinstance(found.node, Clause), "only a clause has an id"
    return found.node.id
