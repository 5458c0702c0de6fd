"""The smallest case of a region of answers: the one that gives the fewest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from isodose.compile.among import About, Diagram, Diagrams
from isodose.compile.answer_classes import NOT_ANSWERED, AnswerClass, Only
from isodose.compile.expression import NEVER, Boolean
from isodose.guideline.facts import Facts
from isodose.guideline.guideline import DIAGNOSIS
from isodose.proof.difference_illness import NO
from isodose.proof.difference_space import Universe

Point = Mapping[About, AnswerClass]
"""The class of each answer."""


class Smallest:
    """Finds points of regions. What is no fact (where codes belong, whether a clause is met) costs nothing: it follows."""

    def __init__(self, universe: Universe, facts: Facts, diagrams: Diagrams) -> None:
        self._abouts, self._classes = list(universe), list(universe.values())
        self._facts, self._diagrams = facts, diagrams
        self._never = diagrams.of(NEVER)
        self._cost = cache(self._cost_of)

    def point(self, region: Boolean) -> Point | None:
        """The point at which the fewest facts are stated, or None if the region is empty."""
        diagram = self._diagrams.of(region)
        if diagram is self._never:
            return None
        point: dict[About, AnswerClass] = {}
        for place, about in enumerate(self._abouts):
            classes = self._classes[place]
            rests = diagram.rests if diagram.place == place else (diagram,) * len(classes)
            number = min(
                (number for number, rest in enumerate(rests) if rest is not self._never),
                key=lambda number: self._price(place, classes[number]) + self._cost(rests[number]),
            )
            point[about], diagram = classes[number], rests[number]
        return point

    def _price(self, place: int, one: AnswerClass) -> int:
        about = self._abouts[place]
        if about == DIAGNOSIS:
            return 0 if isinstance(one, Only) and isinstance(one.value, tuple) and set(one.value) == {NO} else 1
        return 1 if about in self._facts and one != NOT_ANSWERED else 0

    def _cost_of(self, diagram: Diagram) -> int:
        """How many facts are stated from here on."""
        if not diagram.rests:
            return 0
        classes = self._classes[diagram.place]
        return min(
            self._price(diagram.place, one) + self._cost(rest)
            for one, rest in zip(classes, diagram.rests, strict=True)
            if rest is not self._never
        )
