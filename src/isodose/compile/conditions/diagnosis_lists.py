"""Where diagnosis codes belong, as lists that a form can hold: ranges of codes, and codes one by one.

Whether a code can be in a clause follows from its letters alone, so ranges say it. Whether it is clear in it depends on what the
release of ICD-10-CM holds as billable, so each code is named; lists longer than ``MOST_CODES`` are not held, and a form then
asks more than it would need to.
"""

from __future__ import annotations

from dataclasses import dataclass

from isodose.compile.diagnosis_classes import classes_of
from isodose.compile.expression import Says, Trait
from isodose.guideline.guideline import Guideline

MOST_CODES = 4000

Range = tuple[str, str]
"""From a code on, up to before another; an empty one is unbounded."""


@dataclass(frozen=True, slots=True)
class Held:
    """Codes that say something: always, or only where no code stands for a treatment (``alone``)."""

    always: tuple[str, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranges:
    """The same in ranges."""

    always: tuple[Range, ...]
    alone: tuple[Range, ...]


class DiagnosisLists:
    """The lists of one guideline."""

    def __init__(self, guideline: Guideline) -> None:
        self._classes = classes_of(guideline)

    @property
    def that_speak(self) -> Ranges:
        """The codes that speak of the illness."""
        return self._ranges(Trait(Says.SPEAKS))

    @property
    def treatments(self) -> tuple[Range, ...]:
        """The codes that stand for a treatment."""
        return self._runs(self._classes.treatments)

    def clear_in(self, target: str) -> Held | None:
        """The codes that are clear in a clause or set; None if there are none, or too many to be held."""
        holders = self._classes.holders(Trait(Says.CLEAR, target))
        found = [
            (code, one) for code, one in self._classes.of_billable.items() if one in holders.listed | holders.unlisted
        ]
        if not 0 < len(found) <= MOST_CODES:
            return None
        always = tuple(code for code, one in found if one in holders.listed)
        return Held(always, tuple(code for code, one in found if one in holders.unlisted))

    def possible_in(self, target: str) -> Ranges:
        """The codes that are clear or ambiguous in a clause or set."""
        return self._ranges(Trait(Says.CLEAR, target), Trait(Says.OPEN, target))

    def _ranges(self, *traits: Trait) -> Ranges:
        holders = [self._classes.holders(trait) for trait in traits]
        listed = frozenset[int]().union(*(one.listed for one in holders))
        unlisted = frozenset[int]().union(*(one.unlisted for one in holders))
        # Alone, the listed ones say it too; together with them the ranges are fewer and larger.
        return Ranges(self._runs(listed), self._runs(listed | unlisted) if unlisted else ())

    def _runs(self, members: frozenset[int]) -> tuple[Range, ...]:
        """The ranges of codes whose classes are among these."""
        starts = self._classes.starts
        found: list[Range] = []
        for start, end, number in zip(starts, [*starts[1:], ""], self._classes.elsewhere, strict=True):
            if number in members:
                if found and found[-1][1] == start:
                    start = found.pop()[0]  # noqa: PLW2901 (one range)
                found.append((start, end))
        return tuple(found)
