"""Alternatives as a reader would say them: nothing that cannot be beside the rest, nothing that the rest says already.

To cover what is possible in few steps, alternatives name classes that cannot occur together with the others. They mean nothing,
and are taken out.
"""

from __future__ import annotations

from collections.abc import Collection

from isodose.compile.conditions.among import About, Among, Classes, Diagrams, Sets
from isodose.compile.expression import NEVER, Boolean, all_of
from isodose.proof.difference.space import Universe


class Reducer:
    """Reduces alternatives about these answers, of which ``real`` says which go together.

    ``last`` are those that are rather left out than others.
    """

    def __init__(self, universe: Universe, diagrams: Diagrams, real: Boolean, last: Collection[About]) -> None:
        self._abouts, self._classes = list(universe), list(universe.values())
        self._diagrams, self._real, self._last = diagrams, real, last
        self._never = diagrams.of(NEVER)

    def reduced(self, sets: Sets) -> Sets:
        """The same alternative in fewer words."""
        possible = self._possible(sets)
        kept = {about: classes & possible[about] for about, classes in sets.items()}
        for about in sorted(kept, key=lambda about: about not in self._last):
            others = {other: classes for other, classes in kept.items() if other != about}
            if self._possible(others)[about] <= kept[about]:
                kept = others
        return kept

    def _possible(self, sets: Sets) -> dict[About, Classes]:
        """The classes of each thing that can occur in an alternative."""
        found: list[set[int]] = [set() for _ in self._abouts]
        root = self._diagrams.of(all_of((self._real, *(Among(about, classes) for about, classes in sets.items()))))
        self._note_skipped(found, 0, root.place)
        seen = {root}
        waiting = [root]
        while waiting:
            diagram = waiting.pop()
            for number, rest in enumerate(diagram.rests):
                if rest is not self._never:
                    found[diagram.place].add(number)
                    self._note_skipped(found, diagram.place + 1, rest.place)
                    if rest not in seen:
                        seen.add(rest)
                        waiting.append(rest)
        return {
            about: frozenset(self._classes[place][number] for number in found[place])
            for place, about in enumerate(self._abouts)
        }

    def _note_skipped(self, found: list[set[int]], start: int, end: int) -> None:
        """Where a diagram does not ask, every class can be."""
        for place in range(start, end):
            found[place].update(range(len(self._classes[place])))
