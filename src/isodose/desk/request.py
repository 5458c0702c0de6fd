"""A request as its events have made it: a value that nothing edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from isodose.desk.authorization import Authorization
from isodose.desk.clock import Clock
from isodose.desk.line import Lines
from isodose.desk.recorded import Recorded
from isodose.desk.role import By, Role
from isodose.desk.state import Standing, State
from isodose.store.event import Json

NOTICE = "notice"
"""What is late where the member has no notice in time; everything else that can be late is a letter's name."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A reviewer has taken the case; the lock ends by itself."""

    account: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a stated fact rests on: a passage of a document (its SHA-256, page and words), or structured chart data.

    ``chart`` is the resource and its version; then there is no document.
    """

    fact: str
    document: str = ""
    page: int = 0
    words: str = ""
    chart: str = ""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a second person found of a drawn decision."""

    by: str
    at: datetime
    would_approve: bool
    why: str


_A_DRAFT = Standing()
_NOBODY = By("nobody", Role.REQUESTER)


@dataclass(frozen=True, slots=True)
class Request:
    """Everything that acts and pages need to know of one request.

    ``content`` is the request as ``isodose.determination.request`` reads it, without judgements and disputes. ``documents``
    are SHA-256 sums in order of arrival, ``names`` the files' own by sum. ``details`` is what no rule asks for: who orders,
    where, whom to call. ``questions`` are open ones. ``assigned`` is whose case it is, with or without a hold; ``forwarded`` to
    whom it was passed on last.
    ``refused_by`` are those whose denial was reopened: another physician decides now. ``second_look`` is of the decision that stands. ``late`` names what was late and is marked as such, ``letters`` what was
    written. ``number`` is that of the last event, ``last`` its moment.
    """

    standing: Standing = _A_DRAFT
    number: int = 0
    last: datetime | None = None
    asked_by: By = _NOBODY
    lines: Lines = ()
    content: Mapping[str, Json] | None = None
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    questions: tuple[str, ...] = ()
    judgements: tuple[Mapping[str, Json], ...] = ()
    disputes: tuple[Mapping[str, Json], ...] = ()
    clock: Clock | None = None
    decision: Recorded | None = None
    refused_by: frozenset[str] = frozenset()
    call_offered: bool = False
    authorizations: tuple[Authorization, ...] = ()
    hold: Hold | None = None
    assigned: str | None = None
    forwarded: str = ""
    second_look: SecondLook | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Json] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()

    def held_by(self, now: datetime) -> str | None:
        """Who holds the case; nobody once the lock has run out."""
        return self.hold.account if self.hold and now < self.hold.until else None

    @property
    def delegate(self) -> str:
        """Who has it in the plan's stead; empty while the plan itself has it."""
        return self.forwarded if self.standing.place is State.WITH_DELEGATE else ""
