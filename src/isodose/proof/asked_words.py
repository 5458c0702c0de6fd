"""What a rule asks, in words of the facts that it asks about: that it holds, or that it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from isodose.determination.leaf_words import DATE_SIGNS, SIGNS, value_says
from isodose.determination.words import name_of
from isodose.guideline.edition import Edition
from isodose.guideline.facts import Facts
from isodose.guideline.tree import (
    COMBINATIONS,
    All,
    Any,
    AtLeast,
    ClauseMet,
    Compare,
    InDiagnoses,
    InList,
    Is,
    IsAbsent,
    Leaf,
    Node,
    NoneOf,
    Otherwise,
    Yes,
)

OPPOSITE: Mapping[str, str] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def asked_says(node: Node, edition: Edition, facts: Facts, *, holds: bool = True) -> str:
    """The condition, or its opposite, as a part of a sentence."""
    match node:
        case All(parts):
            return _joined(parts, edition, facts, " and " if holds else " or ", holds=holds)
        case Any(parts):
            return _joined(parts, edition, facts, " or " if holds else " and ", holds=holds)
        case NoneOf(parts):
            return _joined(parts, edition, facts, " and " if holds else " or ", holds=not holds)
        case AtLeast(count, parts):
            of = _joined(parts, edition, facts, ", ", holds=True)
            return f"{'at least' if holds else 'fewer than'} {count} of these hold: {of}"
        case _:
            return _leaf(node, edition, facts, holds=holds)


def _joined(parts: Iterable[Node], edition: Edition, facts: Facts, between: str, *, holds: bool) -> str:
    return between.join(part_says(part, edition, facts, holds=holds) for part in parts)


def part_says(node: Node, edition: Edition, facts: Facts, *, holds: bool = True) -> str:
    """The condition as a part of a longer one: in brackets if it joins several."""
    words = asked_says(node, edition, facts, holds=holds)
    return f"({words})" if isinstance(node, COMBINATIONS) and len(node.parts) > 1 else words


def _leaf(leaf: Leaf, edition: Edition, facts: Facts, *, holds: bool) -> str:  # noqa: PLR0911 (one for each kind of leaf)
    match leaf:
        case Yes(fact=name):
            return facts[name].values["yes" if holds else "no"]
        case Is(fact=name, value=value):
            fact = facts[name]
            return fact.values.get(value, f"{lower(fact.title)} is `{value}`") if holds else other_than([leaf], facts)
        case IsAbsent(fact=name):
            absent = facts[name].absent or f"there is no {lower(facts[name].title)}"
            return absent if holds else f"it is not so that {absent}"
        case Compare(fact=name):
            return _compared(leaf, facts, holds=holds)
        case InList(fact=name, list_name=of):
            return f"the {lower(facts[name].title)} is {'' if holds else 'not '}in the list `{of}`"
        case InDiagnoses(fact=name, target=target, is_set=is_set):
            belongs = facts[name].sets[target] if is_set else f"listed in {target}"
            return f"{'a' if holds else 'no'} diagnosis is {belongs}"
        case ClauseMet(clause=clause):
            return f"{name_of(edition.clauses[clause])} is {'' if holds else 'not '}met"
        case Otherwise():
            return "otherwise"


def _compared(leaf: Compare, facts: Facts, *, holds: bool) -> str:
    fact = facts[leaf.fact]
    signs = DATE_SIGNS if isinstance(leaf.bound, date) else SIGNS
    bound = str(leaf.bound) if isinstance(leaf.bound, date) else value_says(leaf.bound, fact.unit)
    if not holds and leaf.operator not in OPPOSITE:
        return f"the {lower(fact.title)} is not {signs[leaf.operator]} {bound}"
    return f"the {lower(fact.title)} is {signs[leaf.operator if holds else OPPOSITE[leaf.operator]]} {bound}"


def other_than(excluded: Iterable[Is], facts: Facts) -> str:
    """That a choice is none of some values: what is left, where the choice is closed and two at most are left."""
    excluded = list(excluded)
    fact, values = facts[excluded[0].fact], [leaf.value for leaf in excluded]
    left = [words for value, words in fact.values.items() if value not in values]
    if not fact.open and 0 < len(left) <= _FEW:
        return " or ".join(left)
    return f"the {lower(fact.title)} is not {' or '.join(f'`{value}`' for value in values)}"


_FEW = 2


def lower(title: str) -> str:
    """A title inside a sentence; abbreviations keep their capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
