"""What somebody does to a request, as values. Each becomes one event; ``act.py`` says whether it may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias

from isodose.desk.clock import Ground
from isodose.desk.decision import Decision
from isodose.desk.line import Lines
from isodose.desk.qualification import Qualification
from isodose.desk.request import Evidence
from isodose.desk.transitions import Do
from isodose.store.event import Json


@dataclass(frozen=True, slots=True)
class Submit:
    """A request arrives. ``first`` is when it first reached the plan or its delegate: a fax may lie before it is entered.

    ``names`` are the files' own, by SHA-256. ``details`` is what people need and no rule asks for: who orders, where, whom to call.
    """

    do: ClassVar[Do] = Do.SUBMIT
    lines: Lines
    content: Mapping[str, Json]
    first: datetime
    channel: str = "portal"
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """More of a request: ``do`` is a correction, an answer, or information that nobody asked for.

    ``content`` and ``lines`` replace what was sent before, with its evidence; None leaves it, and the ``details`` too.
    """

    do: Do
    content: Mapping[str, Json] | None = None
    lines: Lines | None = None
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    do: ClassVar[Do] = Do.ASK
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """A reviewer's judgement on a clause or a leaf that facts leave unknown."""

    do: ClassVar[Do] = Do.JUDGE
    target: str
    met: bool
    why: str
    is_leaf: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class DisputeFact:
    """A reviewer finds by a document that a stated fact is wrong."""

    do: ClassVar[Do] = Do.DISPUTE
    fact: str
    why: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A reviewer marks a passage for a clause or a leaf: words on a page of a document of the request (its SHA-256)."""

    do: ClassVar[Do] = Do.MARK
    target: str
    document: str
    page: int
    words: str
    is_leaf: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    do: ClassVar[Do] = Do.TAKE
    until: datetime


@dataclass(frozen=True, slots=True)
class Assign:
    """The case is somebody's from now on: who is away hands it over, and who leads hands it out."""

    do: ClassVar[Do] = Do.ASSIGN
    account: str


@dataclass(frozen=True, slots=True)
class Forward:
    """The request was passed on to the delegate who decides for its member; ``how`` says by what way. The clock stays the plan's."""

    do: ClassVar[Do] = Do.FORWARD
    to: str
    how: str


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A second person has looked at a drawn decision, without knowing the first's answer."""

    do: ClassVar[Do] = Do.LOOK_AGAIN
    would_approve: bool
    why: str


@dataclass(frozen=True, slots=True)
class OfferCall:
    """A peer-to-peer conversation is offered, with times."""

    do: ClassVar[Do] = Do.OFFER_CALL
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Expedite:
    """Waiting endangers the member. ``physician`` is whose statement it is; empty for a member's ask. When it ``came``."""

    do: ClassVar[Do] = Do.EXPEDITE
    came: datetime
    words: str
    physician: str = ""


@dataclass(frozen=True, slots=True)
class RefuseExpedite:
    """A member's ask is refused; ``told`` is when the member was told so by word of mouth."""

    do: ClassVar[Do] = Do.REFUSE_EXPEDITE
    told: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Extend:
    do: ClassVar[Do] = Do.EXTEND
    days: int
    ground: Ground
    why: str


@dataclass(frozen=True, slots=True)
class Decide:
    """A decision. With an adverse one: what is on record of the physician, and what was opened.

    ``clauses`` are the parts of the guideline that it rests on, by their ids; ``texts`` are the guideline's own, which a reason
    must not merely repeat.
    """

    decision: Decision
    qualification: Qualification | None = None
    opened: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()

    @property
    def do(self) -> Do:
        return self.decision.do


@dataclass(frozen=True, slots=True)
class Notify:
    """The member was told of the decision, by word of mouth or in writing."""

    do: ClassVar[Do] = Do.NOTIFY
    oral: bool = False


@dataclass(frozen=True, slots=True)
class SendLetter:
    """A letter that was owed went out; ``name`` is the duty's (``clock.Duty``)."""

    do: ClassVar[Do] = Do.SEND_LETTER
    name: str


class DismissalGround(StrEnum):
    """Why a request is dismissed, with notice (42 CFR 422.568(g)); never a judgement of necessity."""

    NO_STANDING = "who asked is no proper party to the request"
    NOT_VALID = "the request does not say what is asked, and who asked was told so"
    DIED = "the member died and nobody has a remaining financial interest"


@dataclass(frozen=True, slots=True)
class Dismiss:
    do: ClassVar[Do] = Do.DISMISS
    ground: DismissalGround
    why: str
    notice: str


@dataclass(frozen=True, slots=True)
class Plainly:
    """An act that says no more than why: refer, send back, take back, record a call, release, withdraw, vacate, reopen; the system's."""

    do: Do
    why: str = ""


Act: TypeAlias = (
    Submit
    | Send
    | Ask
    | Judge
    | DisputeFact
    | Mark
    | Take
    | Assign
    | Forward
    | LookAgain
    | OfferCall
    | Expedite
    | RefuseExpedite
    | Extend
    | Decide
    | Notify
    | SendLetter
    | Dismiss
    | Plainly
)

PLAIN = frozenset(
    {
        Do.RETURN,
        Do.SEND_TO_REVIEW,
        Do.TAKE_BACK,
        Do.RELEASE,
        Do.REFER,
        Do.SEND_BACK,
        Do.RECORD_CALL,
        Do.WITHDRAW,
        Do.VACATE,
        Do.REOPEN_DENIAL,
        Do.NOTE,
    }
)
SENT = frozenset({Do.CORRECT, Do.ANSWER, Do.ADD})
