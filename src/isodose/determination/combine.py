"""A rule made ready: from the findings of its leaves, and of the clauses that it names, to the finding of the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter

from isodose.determination.finding import Finding
from isodose.guideline.tree import All, Any, AtLeast, ClauseMet, Leaf, Node, NoneOf, Otherwise
from isodose.guideline.truth import MET, Truth, all_of, any_of, at_least, none_of

Combine = Callable[[tuple[Finding, ...]], Finding]
"""What is seen, in the order that was agreed on, and the finding that follows."""

_FINDINGS_OF_A_CLAUSE = 1 << 6
"""Of a clause that others name, so many findings are kept at hand."""


def combiner(node: Node, places: Mapping[Leaf, int]) -> Combine:
    """The function that combines; ``places`` says where in what is seen a leaf's finding stands, or a named clause's."""
    if isinstance(node, (All, Any, NoneOf, AtLeast)):
        return _combination(node, [combiner(part, places) for part in node.parts])
    if isinstance(node, Otherwise):
        always = Finding(node, MET)
        return lambda _: always
    return _named(node, places[node]) if isinstance(node, ClauseMet) else itemgetter(places[node])


def _combination(node: All | Any | NoneOf | AtLeast, parts: list[Combine]) -> Combine:
    def combine(seen: tuple[Finding, ...]) -> Finding:
        found = tuple([part(seen) for part in parts])
        return Finding(node, truth_from(node, [one.truth for one in found]), found)

    return combine


def _named(node: ClauseMet, place: int) -> Combine:
    """A reference has the truth of the clause, and the clause's finding as its only part."""
    refer: Combine = lru_cache(_FINDINGS_OF_A_CLAUSE)(lambda clause: Finding(node, clause.truth, (clause,)))
    return lambda seen: refer(seen[place])  # type: ignore[arg-type]


def truth_from(node: All | Any | NoneOf | AtLeast, parts: list[Truth]) -> Truth:
    """The truth of a combination, from that of its parts."""
    if isinstance(node, All):
        return all_of(parts)
    if isinstance(node, Any):
        return any_of(parts)
    return none_of(parts) if isinstance(node, NoneOf) else at_least(node.count, parts)
