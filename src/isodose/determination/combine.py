"""A rule made ready: from the findings of its leaves, and of the clauses that it names, to the finding of the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from isodose.determination.finding import Finding
from isodose.guideline.tree import COMBINATIONS, All, Any, AtLeast, Combination, Leaf, Node, Otherwise
from isodose.guideline.truth import MET, Truth, all_of, any_of, at_least, none_of

Seen = tuple[Finding, ...]
"""The findings that a rule looks at, each at a place that was agreed on."""


def combiner(node: Node, places: Mapping[Leaf, int]) -> Callable[[Seen], Finding]:
    """The function that combines; ``places`` says where in what is seen a leaf's finding stands."""
    if isinstance(node, COMBINATIONS):
        return _combination(node, _parts(node, places))
    if isinstance(node, Otherwise):
        always = Finding(node, MET)
        return lambda _: always
    return itemgetter(places[node])


def _combination(node: Combination, parts: Callable[[Seen], Seen]) -> Callable[[Seen], Finding]:
    def combine(seen: Seen) -> Finding:
        found = parts(seen)
        return Finding(node, truth_from(node, [one.truth for one in found]), found)

    return combine


def _parts(node: Combination, places: Mapping[Leaf, int]) -> Callable[[Seen], Seen]:
    """The function that finds the parts; where all are leaves, as in most rules, they are picked at once."""
    picked = [places[part] for part in node.parts if not isinstance(part, (*COMBINATIONS, Otherwise))]
    if len(picked) == len(node.parts):
        return picker(picked)
    combined = [combiner(part, places) for part in node.parts]
    return lambda seen: tuple([combine(seen) for combine in combined])


def picker(places: Sequence[int]) -> Callable[[Sequence[Finding]], Seen]:
    """A function that picks what stands at the places."""
    if len(places) > 1:
        return itemgetter(*places)
    if not places:
        return lambda _: ()
    [place] = places
    return lambda seen: (seen[place],)  # ``itemgetter`` would give no tuple


def truth_from(node: Combination, parts: list[Truth]) -> Truth:
    """The truth of a combination, from that of its parts."""
    if isinstance(node, All):
        return all_of(parts)
    if isinstance(node, Any):
        return any_of(parts)
    return at_least(node.count, parts) if isinstance(node, AtLeast) else none_of(parts)
