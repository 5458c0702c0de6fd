"""Conditions over answers, written as short as they can be: which classes of answers, one set for each thing that is answered.

The rails say in hundreds of parts what a reader says in three. A condition is laid out as a decision diagram (one step for each
answer, equal rests shared), which is the same for equal conditions however they were written; from it come the fewest sets
that say the same. Minato, "Fast generation of prime-irredundant covers from binary decision diagrams" (1993), for more than two
classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import combinations
from math import inf

from isodose.compile.conditions.answer_classes import AnswerClass
from isodose.compile.expression import (
    AllOf,
    AnyOf,
    Boolean,
    Constant,
    CountAtLeast,
    Not,
    all_of,
    any_of,
    node,
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Whether the diagnosis codes belong to a clause or set: clearly, perhaps, or not."""

    target: str


About = str | Listing
"""What is answered: a fact, by its name, or where the diagnosis codes belong."""

Classes = frozenset[AnswerClass]
Sets = Mapping[About, Classes]

_MOST_GROUPS = 5
"""Of more groups of classes that a condition tells apart, a set is one group or all: to try all sets would take too long."""


MOST_STEPS, MOST_SETS = 10_000, 100
"""A shortest form that takes more steps to find, or more alternatives to write, is none: nobody could read it."""


class TooLargeError(Exception):
    """A condition that has no short form."""


@node
class Among(Boolean):
    """The answer is in one of these classes."""

    about: About
    classes: Classes


class Diagram:
    """A step of a decision: what is answered (by its place in the order) and the diagram for each class of answers."""

    __slots__ = ("place", "rests")

    def __init__(self, place: int, rests: tuple[Diagram, ...]) -> None:
        self.place = place
        self.rests = rests


class Diagrams:
    """Conditions about these answers, asked in this order. Equal conditions are one diagram."""

    def __init__(self, universe: Mapping[About, Sequence[AnswerClass]]) -> None:
        self._abouts = tuple(universe)
        self._classes = tuple(tuple(classes) for classes in universe.values())
        self._never, self._always = Diagram(len(universe), ()), Diagram(len(universe), ())
        self._made: dict[tuple[int, tuple[Diagram, ...]], Diagram] = {}
        self._most_steps: float = inf
        self._most_sets: float = inf
        self.of = cache(self._of)
        self._both = cache(self._both_of)
        self._opposite = cache(self._opposite_of)
        self._cover = cache(self._cover_of)

    def shortest(self, asked: Boolean) -> Boolean:
        """The same condition as a conjunction of alternatives, or as alternatives of conjunctions, whichever is shorter.

        Raises ``TooLargeError`` if that is not short.
        """
        self._most_steps, self._most_sets = len(self._made) + MOST_STEPS, MOST_SETS
        try:
            found = self.of(asked)
            shown, hidden = self._sets(found), self._sets(self._opposite(found))
        finally:
            self._most_steps = self._most_sets = inf
        if _length(hidden) <= _length(shown):
            return all_of(any_of(self._among(about, sets[about], is_other=True) for about in sets) for sets in hidden)
        return any_of(all_of(self._among(about, sets[about]) for about in sets) for sets in shown)

    def alternatives(self, asked: Boolean, possible: Boolean) -> tuple[Sets, ...]:
        """Alternatives that together say the same of all that is possible; none of them can be left out."""
        lower, real = self._both(self.of(asked), self.of(possible)), self.of(possible)
        found, _ = self._cover(lower, self._either(lower, self._opposite(real)))
        return tuple(self._named(one) for one in found)

    def _among(self, about: About, classes: Classes, *, is_other: bool = False) -> Boolean:
        every = frozenset(self._classes[self._abouts.index(about)])
        return Among(about, every - classes if is_other else classes)

    def _of(self, asked: Boolean) -> Diagram:
        match asked:
            case Constant(value):
                return self._always if value else self._never
            case Among(about, classes):
                place = self._abouts.index(about)
                rests = (self._always if one in classes else self._never for one in self._classes[place])
                return self._step(place, tuple(rests))
            case Not(part):
                return self._opposite(self.of(part))
            case AllOf(parts):
                return reduce(self._both, map(self.of, parts))
            case AnyOf(parts):
                return reduce(self._either, map(self.of, parts))
            case CountAtLeast(count, parts):
                return self._at_least(count, tuple(map(self.of, parts)))
            case _:
                raise AssertionError(f"{asked} is no condition over answers")

    def _step(self, place: int, rests: tuple[Diagram, ...]) -> Diagram:
        """A step, or what follows it if it makes no difference."""
        first = rests[0]
        if all(rest is first for rest in rests):
            return first
        if len(self._made) > self._most_steps:
            raise TooLargeError
        return self._made.setdefault((place, rests), Diagram(place, rests))

    def _rests(self, diagram: Diagram, place: int) -> tuple[Diagram, ...]:
        return diagram.rests if diagram.place == place else (diagram,) * len(self._classes[place])

    def _both_of(self, one: Diagram, other: Diagram) -> Diagram:
        if one is other or other is self._always or one is self._never:
            return one
        if one is self._always or other is self._never:
            return other
        place = min(one.place, other.place)
        pairs = zip(self._rests(one, place), self._rests(other, place), strict=True)
        return self._step(place, tuple(self._both(*pair) for pair in pairs))

    def _opposite_of(self, one: Diagram) -> Diagram:
        if not one.rests:
            return self._never if one is self._always else self._always
        return self._step(one.place, tuple(map(self._opposite, one.rests)))

    def _either(self, one: Diagram, other: Diagram) -> Diagram:
        return self._opposite(self._both(self._opposite(one), self._opposite(other)))

    def _but_not(self, one: Diagram, other: Diagram) -> Diagram:
        return self._both(one, self._opposite(other))

    def _at_least(self, count: int, parts: tuple[Diagram, ...]) -> Diagram:
        """Holds the first and ``count`` - 1 of the others, or ``count`` of the others."""
        if count <= 0:
            return self._always
        if count > len(parts):
            return self._never
        first, others = parts[0], parts[1:]
        with_first = self._both(first, self._at_least(count - 1, others))
        return self._either(with_first, self._at_least(count, others))

    def _sets(self, diagram: Diagram) -> tuple[Sets, ...]:
        """Alternatives that together are the condition, none of which can be left out."""
        return tuple(self._named(one) for one in self._cover(diagram, diagram)[0])

    def _named(self, one: _Cube) -> Sets:
        return {self._abouts[place]: frozenset(self._classes[place][n] for n in numbers) for place, numbers in one}

    def _cover_of(self, lower: Diagram, upper: Diagram) -> tuple[tuple[_Cube, ...], Diagram]:
        """Alternatives that cover all of ``lower`` and nothing outside of ``upper``, and what they cover together."""
        if lower is self._never:
            return (), self._never
        if upper is self._always:
            return ((),), self._always
        place = min(lower.place, upper.place)
        groups = self._groups(lower, upper, place)
        waiting = {group: lower_rest for group, (lower_rest, _) in groups.items()}
        cubes: list[_Cube] = []
        covered = dict.fromkeys(groups, self._never)
        for chosen in _choices(tuple(groups)):
            within = reduce(self._both, (groups[group][1] for group in chosen))
            wider = self._wider(groups, chosen)
            needed = reduce(self._either, (self._but_not(waiting[group], wider) for group in chosen))
            found, cover = self._cover(self._both(needed, within), within)
            numbers = tuple(sorted(number for group in chosen for number in group))
            is_all = len(chosen) == len(groups)
            cubes += [one if is_all else ((place, numbers), *one) for one in found]
            if len(cubes) > self._most_sets:
                raise TooLargeError
            for group in chosen:
                waiting[group] = self._but_not(waiting[group], cover)
                covered[group] = self._either(covered[group], cover)
        rests = {number: cover for group, cover in covered.items() for number in group}
        return tuple(cubes), self._step(place, tuple(rests[number] for number in range(len(self._classes[place]))))

    def _groups(self, lower: Diagram, upper: Diagram, place: int) -> dict[_Group, _Bounds]:
        """The classes (by number) between which the condition makes no difference, each group with its bounds."""
        found: dict[tuple[Diagram, Diagram], list[int]] = {}
        for number, bounds in enumerate(zip(self._rests(lower, place), self._rests(upper, place), strict=True)):
            found.setdefault(bounds, []).append(number)
        return {tuple(numbers): bounds for bounds, numbers in found.items()}

    def _wider(self, groups: Mapping[_Group, _Bounds], chosen: tuple[_Group, ...]) -> Diagram:
        """What a larger set of groups, tried later, covers as well."""
        within = reduce(self._both, (groups[group][1] for group in chosen))
        others = [groups[group][1] for group in groups if group not in chosen]
        if not others:
            return self._never
        if len(groups) > _MOST_GROUPS:
            return reduce(self._both, others, within)
        return self._both(within, reduce(self._either, others))


_Group = tuple[int, ...]
_Bounds = tuple[Diagram, Diagram]
_Cube = tuple[tuple[int, _Group], ...]


def _choices(groups: tuple[_Group, ...]) -> Iterator[tuple[_Group, ...]]:
    """Sets of groups, the smaller ones first."""
    sizes: Iterable[int] = range(1, len(groups) + 1) if len(groups) <= _MOST_GROUPS else (1, len(groups))
    for size in sizes:
        yield from combinations(groups, size)


def _length(alternatives: Sequence[Sets]) -> int:
    return sum(map(len, alternatives))
