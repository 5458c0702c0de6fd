"""A tree as two rails: *surely true* and *surely false*, two yes-or-no expressions; what is neither is unknown.

This is the one place where Kleene's tables are written for compiled forms. Leaves that ask the same are one, whatever
their phrase, and a clause that others refer to is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from isodose.compile.atoms import Holds, Known, LeftOut, OfIllness, Within
from isodose.compile.expression import (
    ALWAYS,
    NEVER,
    Boolean,
    Says,
    Trait,
    all_of,
    any_of,
    count_at_least,
    negated,
)
from isodose.guideline.edition import Clause
from isodose.guideline.tree import ALWAYS as ALL_DAYS
from isodose.guideline.tree import (
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
    Period,
    Yes,
)


class Rails(NamedTuple):
    """Surely true, surely false; never both."""

    true: Boolean
    false: Boolean

    @property
    def unknown(self) -> Boolean:
        """Neither."""
        return all_of((negated(self.true), negated(self.false)))

    @property
    def possible(self) -> Boolean:
        """Not surely false."""
        return negated(self.false)


SPEAKS = OfIllness(Trait(Says.SPEAKS))

RailsOf = Callable[[Node], Rails]


def rails_of(clauses: Mapping[str, Clause], *, without: bool = False) -> RailsOf:
    """A function from a node of the edition's trees to its rails; ``without`` has it that any clause may be ``LeftOut``."""

    @cache
    def rails(node: Node) -> Rails:
        match node:
            case All(parts):
                return _all(tuple(map(rails, parts)))
            case Any(parts):
                return _any(tuple(map(rails, parts)))
            case NoneOf(parts):
                true, false = _any(tuple(map(rails, parts)))
                return Rails(false, true)
            case AtLeast(count, parts):
                return _at_least(count, tuple(map(rails, parts)))
            case ClauseMet(clause=clause):
                met = rails(clauses[clause].rule)
                return _unless(LeftOut(clause), met) if without else met
            case _:
                return leaf_rails(node)

    return rails


def _all(parts: tuple[Rails, ...]) -> Rails:
    return Rails(all_of(part.true for part in parts), any_of(part.false for part in parts))


def _any(parts: tuple[Rails, ...]) -> Rails:
    return Rails(any_of(part.true for part in parts), all_of(part.false for part in parts))


def _unless(left_out: Boolean, clause: Rails) -> Rails:
    """What is left out is never met."""
    return Rails(all_of((clause.true, negated(left_out))), any_of((clause.false, left_out)))


def _at_least(count: int, parts: tuple[Rails, ...]) -> Rails:
    """False if so many are false that ``count`` cannot be reached."""
    too_many = len(parts) - count + 1
    return Rails(
        count_at_least(count, (part.true for part in parts)), count_at_least(too_many, (part.false for part in parts))
    )


def leaf_rails(leaf: Leaf) -> Rails:
    """A leaf's rails: a known fact answers it."""
    match leaf:
        case Otherwise():
            return Rails(ALWAYS, NEVER)
        case InDiagnoses(target=target):
            return diagnosis_rails(target)
        case InList(fact=fact, period=period):
            asked = Holds(replace(leaf, phrase="", list_name="", period=ALL_DAYS))
            return _answered(fact, all_of((asked, within(period))))
        case Yes(fact=fact) | Is(fact=fact) | IsAbsent(fact=fact) | Compare(fact=fact):
            return _answered(fact, Holds(replace(leaf, phrase="")))
        case ClauseMet():
            raise AssertionError("a clause is no leaf of a rule")


def _answered(fact: str, asked: Boolean) -> Rails:
    return Rails(all_of((Known(fact), asked)), all_of((Known(fact), negated(asked))))


def diagnosis_rails(target: str) -> Rails:
    """Met if a code is clear in it; not met if one speaks of the illness, and none is clear or ambiguous in it."""
    clear, ambiguous = OfIllness(Trait(Says.CLEAR, target)), OfIllness(Trait(Says.OPEN, target))
    return Rails(clear, all_of((SPEAKS, negated(clear), negated(ambiguous))))


def within(period: Period) -> Boolean:
    """The date of service lies within the period."""
    return ALWAYS if period == ALL_DAYS else Within(period)
