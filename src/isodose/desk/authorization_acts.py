"""What somebody does to an authorization, as values. ``line`` is the number of the line that it certifies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from isodose.desk.authorization import GoodCause
from isodose.desk.line import Line
from isodose.desk.physician import PhysiciansAct
from isodose.desk.qualification import Qualification
from isodose.desk.transitions import Do


@dataclass(frozen=True, slots=True)
class AskChange:
    """Other dates, more sessions, another provider, a new plan: an amendment, never a fresh review (reading A16)."""

    do: ClassVar[Do] = Do.ASK_CHANGE
    line: int
    wanted: Line
    why: str


@dataclass(frozen=True, slots=True)
class Amend:
    """What was wanted is certified, or more than before; ``since`` which day. None is from the start of the course."""

    do: ClassVar[Do] = Do.AMEND
    line: int
    to: Line
    why: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    do: ClassVar[Do] = Do.REOPEN
    line: int
    cause: GoodCause
    why: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """A reopening finds nothing to change."""

    do: ClassVar[Do] = Do.CONFIRM
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """Who asked needs it no longer; ``last`` is its last day."""

    do: ClassVar[Do] = Do.CANCEL
    line: int
    last: date
    why: str


@dataclass(frozen=True, slots=True)
class TakeAway:
    """A wanted change is refused, or what is certified is reduced or ended early. Adverse: it cannot be made unsigned.

    ``last`` is the last day on which what was certified stays so (not for a refused change); ``to`` what a reduction leaves;
    ``notice`` what the member and the provider are told, with the right to appeal. ``clauses`` and ``texts`` are as with a
    decision (``acts.Decide``).
    """

    do: Do
    line: int
    signed: PhysiciansAct
    notice: str
    qualification: Qualification | None = None
    opened: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()
    last: date | None = None
    to: Line | None = None
    clauses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.signed, PhysiciansAct):
            raise TypeError("what takes away needs a physician's act, with reason and credential")
        if self.do not in (Do.REFUSE_CHANGE, Do.REDUCE, Do.END_EARLY):
            raise ValueError(f"to {self.do.words} takes nothing away")
        if (self.do is Do.REDUCE) is not (self.to is not None):
            raise ValueError("a reduction, and nothing else, says what is left")
        if (self.do is Do.REFUSE_CHANGE) is not (self.last is None):
            raise ValueError("what ends has a last day")


AuthorizationAct: TypeAlias = AskChange | Amend | Reopen | Confirm | Cancel | TakeAway
