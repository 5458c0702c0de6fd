"""What the plan tells the provider. A decision that gives less than was asked cannot be made without a physician's act.

An approval of less is no ``Approved``: its constructor refuses it. So no caller, by slip or by design, can write an adverse
decision that no physician has signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from isodose.desk.line import Lines, less_than_asked
from isodose.desk.physician import PhysiciansAct
from isodose.desk.transitions import Do


@dataclass(frozen=True, slots=True)
class Approved:
    """All that was asked, or more. ``reason`` is a reviewer's; empty where the determination decided by itself.

    ``needless`` are lines that need no authorization: they are answered so, and certified by none.
    """

    do: ClassVar[Do] = Do.APPROVE
    asked: Lines
    granted: Lines
    reason: str = ""
    needless: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        needed = tuple(line for line in self.asked if line.number not in self.needless)
        if less := less_than_asked(needed, self.granted):
            raise ValueError(f"that is less than was asked, which a physician decides: {'; '.join(less)}")
        if not needed:
            raise ValueError("an approval grants something; where no line needs authorization, that is the decision")


@dataclass(frozen=True, slots=True)
class NotRequired:
    """No authorization is needed, or the guideline says nothing of it; ``why`` in words."""

    do: ClassVar[Do] = Do.FIND_NOT_REQUIRED
    why: str


@dataclass(frozen=True, slots=True)
class PartlyApproved:
    """Less than was asked, and something."""

    do: ClassVar[Do] = Do.APPROVE_PARTLY
    asked: Lines
    granted: Lines
    signed: PhysiciansAct

    def __post_init__(self) -> None:
        _check_signed(self.signed)
        if not self.granted or not less_than_asked(self.asked, self.granted):
            raise ValueError("that grants nothing, or all that was asked: it is denied, or approved")

    @property
    def less(self) -> tuple[str, ...]:
        """In what it is less, in words."""
        return less_than_asked(self.asked, self.granted)


@dataclass(frozen=True, slots=True)
class Denied:
    """Nothing of what was asked."""

    do: ClassVar[Do] = Do.DENY
    asked: Lines
    signed: PhysiciansAct

    def __post_init__(self) -> None:
        _check_signed(self.signed)


Decision: TypeAlias = Approved | NotRequired | PartlyApproved | Denied


def _check_signed(signed: object) -> None:
    """Types are checked by tools before the program runs; this holds in a program that nobody checked, too."""
    if not isinstance(signed, PhysiciansAct):
        raise TypeError("an adverse decision needs a physician's act, with reason and credential")
