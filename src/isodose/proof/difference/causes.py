"""Which unit of a revision makes a change: the one whose new form alone, put into the old edition, gives the new answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from isodose.compile.expression import NEVER, Boolean, all_of, negated
from isodose.guideline.outcome import Outcome
from isodose.proof.difference.answers import Answer
from isodose.proof.difference.units import Unit, Version, mixed

_MOST_PARTS = 4
"""A change that falls into more parts than this by its causes is told as one, for all of them."""

IsReal = Callable[[Boolean], bool]
"""Whether some case fulfils a condition."""

AnswersOf = Callable[[Version], Mapping[Answer, Boolean]]
"""When a version gives each answer."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Units that make a change: each of them alone, or (``together``) none without another."""

    units: tuple[Unit, ...]
    together: bool = False


class Causes:
    """The old edition with each unit's new form alone, and the new one with each unit's old form."""

    def __init__(self, old: Version, new: Version, units: Sequence[Unit]) -> None:
        self._units = tuple(units)
        self._only = {unit: mixed(old, new, [unit]) for unit in units} if len(units) > 1 else {}
        self._without = (
            {unit: mixed(old, new, [other for other in units if other != unit]) for unit in units}
            if len(units) > 1
            else {}
        )

    @property
    def versions(self) -> list[Version]:
        """All editions between the two."""
        return [*self._only.values(), *self._without.values()]

    def parts(
        self, region: Boolean, before: Answer, after: Answer, answers: AnswersOf, is_real: IsReal
    ) -> Iterator[tuple[Boolean, Cause]]:
        """The cases of a change, apart by what makes it; those that lack a fact are not taken apart."""
        if len(self._units) <= 1:
            yield region, Cause(self._units)
            return
        parts: list[tuple[Boolean, tuple[Unit, ...]]] = [(region, ())]
        for unit, version in self._only.items():
            given = answers(version).get(after, NEVER)
            split = [
                (all_of((part, flag)), (*alone, unit) if flag is given else alone)
                for part, alone in parts
                for flag in (given, negated(given))
            ]
            parts = [(part, alone) for part, alone in split if is_real(part)]
        asks = Outcome.INFORMATION_NEEDED in (before.outcome, after.outcome)
        if len(parts) > (1 if asks else _MOST_PARTS):
            parts = [(region, tuple(unit for unit in self._units if any(unit in alone for _, alone in parts)))]
        for part, alone in parts:
            yield part, Cause(alone) if alone else self._together(part, after, answers, is_real)

    def _together(self, part: Boolean, after: Answer, answers: AnswersOf, is_real: IsReal) -> Cause:
        """The units without which some of the cases would not be answered so."""
        needed = [
            unit
            for unit, version in self._without.items()
            if is_real(all_of((part, negated(answers(version).get(after, NEVER)))))
        ]
        return Cause(tuple(needed or self._units), together=True)
