"""A fault of meaning as a row of a table: what is changed, and what the proof says of it, with a case that the engine confirms."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.guideline.check.seed import Copy, change

from isodose.determination.program import Determination

IMRT, TEMPLATE, DIABETES = "imrt", "template", "diabetes-screening"
FILES = {IMRT: "2025-10-01.md", TEMPLATE: "2026-01-01.md", DIABETES: "2005-01-01.md"}

Shows = Callable[[Determination], bool]


@dataclass(frozen=True)
class Told:
    """A finding that is told of the changed guideline: its topic and clause, words of it, and what its example shows.

    ``shows`` is an outcome, or a claim about the engine's answer; None where there can be no example.
    """

    topic: str
    clause: str | None
    says: tuple[str, ...]
    shows: str | Shows | None


@dataclass(frozen=True)
class Slip:
    """One row."""

    name: str
    changes: tuple[tuple[str, str], ...]
    told: Told
    guideline: str = IMRT

    def into(self, copy: Copy) -> None:
        for old, new in self.changes:
            change(FILES[self.guideline], old, new).into(copy)

    def __str__(self) -> str:
        return self.name


def has(outcome: str, **facts: object) -> Shows:
    """The answer has this outcome, and the case these facts."""
    return lambda answer: answer.outcome == outcome and all(answer.case.facts.get(k) == v for k, v in facts.items())


def aged(outcome: str, low: int, high: int) -> Shows:
    """The answer has this outcome, and the member an age within bounds."""

    def shows(answer: Determination) -> bool:
        age = answer.case.facts.get("age")
        return answer.outcome == outcome and isinstance(age, int) and low <= age <= high

    return shows
