"""An authorization: one service line certified. It binds; what changes is appended, with what differs as data.

42 CFR 422.138(c): an approval may be reopened for good cause or fraud only. 42 CFR 422.112(b)(8): it stands for the course. So
an authorization is never ended or reduced for a day that has passed, and never by anybody but a physician, or who asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from isodose.desk.line import Line
from isodose.desk.state import AuthorizationState
from isodose.guideline.tree import Period
from isodose.store.event import Json

STANDS = frozenset({AuthorizationState.ACTIVE, AuthorizationState.AMENDED, AuthorizationState.REOPENED})


class GoodCause(StrEnum):
    """Why an approval may be looked at again (42 CFR 405.986, 405.902, by 422.138(c)). There is no other reason."""

    NEW_EVIDENCE = "new and material evidence that was not to be had when it was decided"
    OBVIOUS_ERROR = "the evidence that was considered shows an obvious error on its face"
    FRAUD = "reliable evidence of fraud or similar fault"


@dataclass(frozen=True, slots=True)
class Authorization:
    """What is certified now, and where it stands. ``wanted`` is a change that was asked for and not yet answered.

    ``ended`` is the last day on which it certified anything, None while it stands. ``earlier`` keeps what was certified
    before a change that takes something away, each with its last day: care given until then stays certified.
    """

    line: Line
    state: AuthorizationState = AuthorizationState.ACTIVE
    wanted: Line | None = None
    ended: date | None = None
    earlier: tuple[tuple[Line, date], ...] = ()

    def certified_on(self, day: date) -> Line | None:
        """What was, is or will be certified for a day; None if nothing."""
        before = next((line for line, last in self.earlier if day <= last), self.line)
        until = min(filter(None, (before.end, self.ended)), default=None)
        return before if Period(before.start, until).holds(day) else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two lines differ, before and after as an event holds them."""

    name: str
    before: Json
    after: Json


def differences(before: Line, after: Line) -> tuple[Difference, ...]:
    """All in which two lines differ, in the order of a line's fields."""
    return tuple(_differences(before, after))


def _differences(before: Line, after: Line) -> Iterator[Difference]:
    for field in fields(Line):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            yield Difference(field.name, _json(old), _json(new))


def _json(value: date | frozenset[str] | str | int | None) -> Json:
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value) if isinstance(value, date) else value


def moves_only_dates(before: Line, after: Line) -> bool:
    """Whether a change moves the course in time and nothing else: neither longer nor shorter."""
    only = {one.name for one in differences(before, after)} <= {"start", "end"}
    return only and _length(before) == _length(after)


def _length(line: Line) -> int | None:
    return None if line.end is None else (line.end - line.start).days
