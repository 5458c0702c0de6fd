"""What a proof finds: a sentence, the place that it is about, and a case that shows it, which the engine has answered."""

from __future__ import annotations

from dataclasses import dataclass

from isodose.guideline.problem import Level, Place, Problem
from isodose.proof.example import Row


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``topic`` is the word by which a reading settles it; ``shown`` tells of the ``example`` in words."""

    topic: str
    place: Place
    message: str
    clause: str | None = None
    example: Row | None = None
    shown: str = ""

    @property
    def problem(self) -> Problem:
        """The finding as the check tells it."""
        return Problem(self.place, self.message, self.clause, Level.WARNING, self.topic, example=self.shown)
