"""The stored facts that a letter is made from. There is no clock among them: the same facts make the same letter for ever."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from isodose.desk.determined import Answers, determined
from isodose.desk.fold import request_from
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.determination.program import Program
from isodose.determination.request import ShapeError
from isodose.guideline.guideline import Guideline
from isodose.letters.kind import LETTERS, Told, told_of
from isodose.letters.plan import Plan
from isodose.store.event import Event
from isodose.store.members import Member
from isodose.store.practices import Practice


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What is on record when something is told.

    ``history`` are the request's events in order; the last is the one that the letter tells of. ``serial`` is the request's, from
    which its numbers are made. Without a ``practice`` nobody asked but the member.
    """

    history: tuple[Event, ...]
    serial: int
    program: Program
    policy: DeskPolicy
    plan: Plan
    member: Member
    practice: Practice | None = None

    def __post_init__(self) -> None:
        if not self.history or told_of(self.event) is None:
            last = self.event.kind if self.history else "nothing"
            raise ValueError(f"no letter tells of `{last}`; letters tell of {', '.join(LETTERS)}")

    @property
    def event(self) -> Event:
        """What the letter tells of."""
        return self.history[-1]

    @property
    def told(self) -> Told:
        return LETTERS[self.event.kind]

    @property
    def guideline(self) -> Guideline:
        return self.program.guideline

    @cached_property
    def request(self) -> Request:
        """The request after the event."""
        return request_from(self.history)

    @cached_property
    def before(self) -> Request:
        """The request as it stood before."""
        return request_from(self.history[:-1])

    @cached_property
    def answers(self) -> Answers:
        """The determination of each line as the request stands; none where it cannot be read."""
        answers = determined(self.request, self.program, self.event.at, self.policy)
        return () if isinstance(answers, ShapeError) else answers
