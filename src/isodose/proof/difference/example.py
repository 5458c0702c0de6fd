"""The smallest case of a region of answers: the one that gives the fewest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from isodose.compile.conditions.among import About, Diagram, Diagrams
from isodose.compile.conditions.answer_classes import NOT_ANSWERED, AnswerClass, Between, Only
from isodose.compile.expression import NEVER, Boolean
from isodose.guideline.facts import Facts
from isodose.guideline.guideline import DIAGNOSIS
from isodose.proof.difference.asked import SERVICE
from isodose.proof.difference.illness import NO
from isodose.proof.difference.space import Universe

Point = Mapping[About, AnswerClass]
"""The class of each answer."""


class Smallest:
    """Finds points of regions. What is no fact (where codes belong, whether a clause is met) costs nothing: it follows."""

    def __init__(self, universe: Universe, facts: Facts, diagrams: Diagrams, day: date) -> None:
        """``day`` is one near which an example's date of service had better lie."""
        self._abouts, self._classes = list(universe), list(universe.values())
        self._facts, self._diagrams = facts, diagrams
        self._day = day
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
                key=lambda number: (
                    self._price(place, classes[number]) + self._cost(rests[number]),
                    days_from(self._day, classes[number]) if about == SERVICE else 0,
                ),
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


def days_from(day: date, one: AnswerClass) -> int:
    """How far a class of days is from a day."""
    nearest = nearest_day(day, one)
    return abs((nearest - day).days)


def nearest_day(day: date, one: AnswerClass) -> date:
    """The day of a class that is nearest to a day."""
    if isinstance(one, Only) and isinstance(one.value, date):
        return one.value
    assert isinstance(one, Between), "a class of days is one or lies between two"
    if isinstance(one.low, date) and day <= one.low:
        return one.low + timedelta(1)
    return one.high - timedelta(1) if isinstance(one.high, date) and day >= one.high else day
