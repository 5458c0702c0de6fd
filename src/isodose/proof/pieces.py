"""Pieces of a region in words: each piece some conditions that hold together, what several pieces share said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from isodose.guideline.edition import Edition
from isodose.guideline.facts import Facts
from isodose.guideline.tree import Is, Leaf
from isodose.proof.asked_words import asked_says, other_than


@dataclass(frozen=True, slots=True)
class Condition:
    """A leaf, or a clause, that surely holds, or surely does not."""

    node: Leaf
    holds: bool


Piece = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class _Several:
    """Parts in whatever order."""

    parts: tuple[Said, ...] = field(compare=False)
    same: frozenset[Said] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "same", frozenset(self.parts))


class All(_Several):
    """Every part holds."""


class Either(_Several):
    """Some part holds."""


Said = Condition | All | Either


def pieces_say(pieces: Iterable[Piece], conditions: Sequence[Condition], edition: Edition, facts: Facts) -> str:
    """The pieces as one part of a sentence: where …, or where …; conditions in the order given, what is short first.

    Empty if a piece has no condition, which is everything.
    """
    pieces = list(pieces)
    if not all(pieces):
        return ""
    said = _in_order(factored(pieces), {condition: place for place, condition in enumerate(conditions)})
    alternatives = said.parts if isinstance(said, Either) else (said,)
    return ", or ".join(f"where {_words(part, edition, facts)}" for part in alternatives)


def _in_order(said: Said, places: Mapping[Condition, int]) -> Said:
    if isinstance(said, Condition):
        return said
    parts = [_in_order(part, places) for part in said.parts]
    return type(said)(
        tuple(sorted(parts, key=lambda part: (len(found := _conditions(part)), [places[one] for one in found])))
    )


def _conditions(said: Said) -> list[Condition]:
    return [said] if isinstance(said, Condition) else [one for part in said.parts for one in _conditions(part)]


def factored(pieces: list[Piece]) -> Said:
    """The same pieces with what most of them share taken out, again and again."""
    shared = Counter(condition for piece in pieces for condition in piece)
    first = max(shared, key=lambda condition: shared[condition], default=None)
    if first is None or shared[first] == 1:
        return _either([_all(piece) for piece in pieces])
    with_it = [tuple(other for other in piece if other != first) for piece in pieces if first in piece]
    rest = [piece for piece in pieces if first not in piece]
    here = _all((first, factored(with_it)))
    return _either([here, factored(rest)]) if rest else here


def _all(parts: Iterable[Said]) -> Said:
    found: list[Said] = []
    for part in parts:
        found.extend(part.parts if isinstance(part, All) else (part,))
    return found[0] if len(found) == 1 else All(tuple(dict.fromkeys(found)))


def _either(parts: Iterable[Said]) -> Said:
    """The alternatives; those that differ in their first condition only are one."""
    found: dict[frozenset[Said], list[Said]] = {}
    for part in parts:
        for one in part.parts if isinstance(part, Either) else (part,):
            first, rest = (one.parts[0], one.parts[1:]) if isinstance(one, All) else (one, ())
            found.setdefault(frozenset(rest), []).append(first)
    made = [_all((_one_of(firsts), *rest)) if rest else _one_of(firsts) for rest, firsts in found.items()]
    return _one_of(made)


def _one_of(parts: list[Said]) -> Said:
    flat = [one for part in parts for one in (part.parts if isinstance(part, Either) else (part,))]
    return flat[0] if len(flat) == 1 else Either(tuple(dict.fromkeys(flat)))


def _words(said: Said, edition: Edition, facts: Facts) -> str:
    match said:
        case All(parts):
            return _and([_in_brackets(part, Either, edition, facts) for part in _choices_together(parts, facts)])
        case Either(parts):
            return " or ".join(_in_brackets(part, All, edition, facts) for part in parts)
        case Condition(node, holds):
            return asked_says(node, edition, facts, holds=holds)


def _and(parts: list[str]) -> str:
    """All parts in a row, with commas where one is long."""
    return (", and " if any(part.startswith("(") for part in parts) else " and ").join(parts)


def _in_brackets(said: Said | str, kind: type[_Several], edition: Edition, facts: Facts) -> str:
    """The words, in brackets if they are several joined by the other word than those around them."""
    if isinstance(said, str):
        return said
    words = _words(said, edition, facts)
    return f"({words})" if isinstance(said, kind) else words


def _choices_together(parts: Iterable[Said], facts: Facts) -> list[Said | str]:
    """That a choice is none of several values, said as what is left."""
    excluded: dict[str, list[Is]] = {}
    found: dict[Said | str, None] = {}
    for part in parts:
        if isinstance(part, Condition) and isinstance(part.node, Is) and not part.holds:
            excluded.setdefault(part.node.fact, []).append(part.node)
        else:
            found[part] = None
    return [*(other_than(leaves, facts) for leaves in excluded.values()), *found]
