"""What each kind of letter tells beyond names and dates, as values. `tell.py` makes them from what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from isodose.desk.acts import DismissalGround
from isodose.desk.authorization import GoodCause
from isodose.desk.clock import Ground
from isodose.letters.asks import Asked
from isodose.letters.refusal import DAYS_TO_APPEAL, FAST_APPEAL_HOURS, STANDARD_APPEAL_DAYS, Refusal
from isodose.letters.service import Compared, Service


@dataclass(frozen=True, slots=True)
class Waiting:
    """The request is here, or waits for more: ``due`` is when the member has an answer at the latest."""

    services: tuple[Service, ...]
    due: str
    expedited: bool
    asks: tuple[Asked, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """Why it takes longer, and until when; the member may complain about that. ``told`` is when they heard it first."""

    ground: str
    ground_in_law: str
    why: str
    due: str
    days: int = 0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """What is certified; ``needless`` are lines that need no authorization. ``since`` is the first day of a change, ``was_asked`` for by somebody."""

    services: tuple[Service, ...]
    needless: tuple[Service, ...] = ()
    changes: tuple[Compared, ...] = ()
    why: str = ""
    since: str = ""
    was_asked: bool = False


@dataclass(frozen=True, slots=True)
class Adverse:
    """What is less than was asked, or than stood. ``last`` is the last day of what ends, ``services`` what stays certified.

    ``then`` and ``now`` head the two sides that are compared.
    """

    compared: tuple[Compared, ...]
    services: tuple[Service, ...]
    refusal: Refusal
    then: str = "What was asked for"
    now: str = "What is approved"
    last: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing is decided, or nothing needs to be. ``because`` is why without the names that lists have in the guideline's file."""

    services: tuple[Service, ...]
    why: str
    ground: str = ""
    ground_in_law: str = ""
    notice: str = ""
    because: str = ""
    days_to_appeal: int = DAYS_TO_APPEAL


@dataclass(frozen=True, slots=True)
class Again:
    """A denial that is looked at again; ``decided`` is its day."""

    services: tuple[Service, ...]
    decided: str
    why: str
    days_to_appeal: int = DAYS_TO_APPEAL


@dataclass(frozen=True, slots=True)
class Reopened:
    """An approval that is looked at again and stands meanwhile: for which good cause, and why in the physician's words."""

    services: tuple[Service, ...]
    cause: str
    cause_in_law: str
    why: str


@dataclass(frozen=True, slots=True)
class Late:
    """There is no answer, and ``due`` was when there should have been; that can be appealed as a denial can."""

    services: tuple[Service, ...]
    due: str
    rule: str
    last_day: str
    days_to_appeal: int = DAYS_TO_APPEAL
    standard_days: int = STANDARD_APPEAL_DAYS
    fast_hours: int = FAST_APPEAL_HOURS


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What who asked needs no longer. ``last`` is its last day, and ``stands`` what may be given until then; nothing before the start."""

    services: tuple[Service, ...]
    stands: tuple[Service, ...]
    last: str
    why: str


Content: TypeAlias = Waiting | MoreTime | Granted | Adverse | Closed | Again | Reopened | Late | Cancelled

GROUNDS: Mapping[str, str] = {
    Ground.MEMBER_ASKED: "You asked us for more time.",
    Ground.EVIDENCE: "We need records from a doctor or hospital that has no contract with us. They may help your case.",
    Ground.EXTRAORDINARY: "Something out of the ordinary happened. More time is in your interest.",
}
"""Why more time is taken, as a member reads it."""

DISMISSALS: Mapping[str, str] = {
    DismissalGround.NO_STANDING: "The person who sent it may not ask for you.",
    DismissalGround.NOT_VALID: "It did not say what care you asked for. We told the person who sent it.",
    DismissalGround.DIED: "The member has died. No one has a bill that is still open for this care.",
}
"""Why a request is closed, as a member reads it."""

GOOD_CAUSES: Mapping[str, str] = {
    GoodCause.NEW_EVIDENCE: "We got new facts about your care. We did not have them when we approved it.",
    GoodCause.OBVIOUS_ERROR: "The papers that we had show that we may have made a mistake.",
    GoodCause.FRAUD: "We have good reason to think that something we were told was not true.",
}
"""Why an approval is looked at again, as a member reads it."""
