"""What a rule is made of: four ways to combine, eight things to ask. A node knows nothing of engines.

Each interpreter (one case, SQL, proof, questions) is a function over these few shapes. Leaves name facts; the phrase that
the author wrote is kept, because people read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from isodose.guideline.units import Number


@dataclass(frozen=True, slots=True)
class All:
    """Met when every part is met."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Met when some part is met."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Met when no part is met."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Met when ``count`` parts or more are met."""

    count: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Yes:
    """A yes/no fact is yes."""

    fact: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Is:
    """A choice fact is this value."""

    fact: str
    value: str
    phrase: str


@dataclass(frozen=True, slots=True)
class IsAbsent:
    """A fact is known not to exist."""

    fact: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A number or a date fact against a bound. A number's bound is converted to the fact's own unit, exactly."""

    fact: str
    operator: str
    bound: Number | date
    phrase: str


@dataclass(frozen=True, slots=True)
class Period:
    """Dates of service, inclusive; None is unbounded."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class InList:
    """A code or choice is in a list that the text states as data, on the date of service."""

    fact: str
    members: frozenset[str]
    period: Period
    list_name: str
    phrase: str


@dataclass(frozen=True, slots=True)
class InDiagnoses:
    """A diagnosis belongs to a clause, or to one below it, or to a named set (``is_set``)."""

    fact: str
    target: str
    is_set: bool
    phrase: str


@dataclass(frozen=True, slots=True)
class ClauseMet:
    """Another clause is met."""

    clause: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The last rung's condition: always met."""

    phrase: str = "otherwise"


Combination = All | Any | NoneOf | AtLeast
Leaf = Yes | Is | IsAbsent | Compare | InList | InDiagnoses | ClauseMet | Otherwise
Node = Combination | Leaf

COMBINATIONS = (All, Any, NoneOf, AtLeast)
OPERATORS = ("<=", ">=", "<", ">", "=")


def leaves(node: Node) -> Iterator[Leaf]:
    """All leaves of a tree from left to right; a referred clause is one leaf, not walked into."""
    if isinstance(node, COMBINATIONS):
        for part in node.parts:
            yield from leaves(part)
    else:
        yield node


def is_below(clause: str, target: str) -> bool:
    """Whether a clause is the target or lies below it: ``1.a.iii`` is below ``1.a``."""
    return clause == target or clause.startswith(target + ".")


def clauses_reached(node: Node, rules: Mapping[str, Node]) -> set[str]:
    """The clauses that a tree looks at: referred ones, what these refer to, and those that a diagnosis leaf looks at."""
    reached: set[str] = set()
    waiting: list[Node] = [node]
    while waiting:
        for leaf in leaves(waiting.pop()):
            for clause in _looked_at(leaf, rules):
                if clause not in reached:
                    reached.add(clause)
                    waiting.append(rules[clause])
    return reached


def _looked_at(leaf: Leaf, rules: Mapping[str, Node]) -> list[str]:
    if isinstance(leaf, ClauseMet):
        return [leaf.clause] if leaf.clause in rules else []
    if isinstance(leaf, InDiagnoses) and not leaf.is_set:
        return [clause for clause in rules if is_below(clause, leaf.target)]
    return []
