"""A request in the record: its tracking number, what happened to it, and what that makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isodose.desk.authorization_fold import of_line
from isodose.desk.fold import request_from
from isodose.desk.number import authorization_number, serial_of
from isodose.desk.request import Request
from isodose.desk.role import SYSTEM
from isodose.desk.state import GONE
from isodose.desk.transitions import Do
from isodose.store.event import Stored

LETTERS_ALONE = (Do.WRITE_LETTER, Do.DELIVER_LETTER)
_TOLD_BY_THEM = (Do.NOTIFY, Do.SEND_LETTER)
"""What the system records by itself as a letter is delivered, and people otherwise."""


def is_of_letters(stored: Stored) -> bool:
    """Whether the system wrote or delivered a letter, or told the member by it."""
    event = stored.event
    return event.kind in LETTERS_ALONE or (event.by == SYSTEM and event.kind in _TOLD_BY_THEM)


@dataclass(frozen=True, slots=True)
class Case:
    """``history`` are all events in order, ``request`` is what they make."""

    tracking: str
    history: tuple[Stored, ...]
    request: Request

    @classmethod
    def of(cls, history: Sequence[Stored]) -> Case:
        """The case of a request's events, of which there is at least one."""
        return cls(history[0].request, tuple(history), request_from(stored.event for stored in history))

    @property
    def is_gone(self) -> bool:
        """Whether it was withdrawn or dismissed: the same sent anew is a request of its own."""
        return self.request.standing.place in GONE

    def came_since(self, number: int) -> tuple[Stored, ...]:
        """What happened after an event. Letters are left out, written or delivered: they change nothing for who acts."""
        return tuple(one for one in self.history[number:] if not is_of_letters(one))

    def authorization(self, line: int) -> str | None:
        """The number under which a line is certified; None if it is not."""
        certified = of_line(self.request.authorizations, line)
        return authorization_number(serial_of(self.tracking), line) if certified else None
