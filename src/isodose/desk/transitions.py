"""The life of a request and of an authorization: each act, from where to where, and who may do it. One table, no other.

The table says what *may* happen; ``act.py`` says what else an act needs. Nothing that is not a line here can happen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from isodose.desk.role import Role
from isodose.desk.state import DECIDED, GONE, OPEN, AuthorizationState, Standing, State


class Do(StrEnum):
    """An act; its value is the kind of the event that tells of it."""

    SUBMIT = "submitted"
    RETURN = "returned"
    CORRECT = "corrected"
    FORWARD = "forwarded"
    TAKE_BACK = "taken-back"
    SEND_TO_REVIEW = "sent-to-review"
    ASK = "asked"
    ANSWER = "answered"
    ADD = "information-added"
    JUDGE = "judged"
    DISPUTE = "disputed"
    TAKE = "taken"
    RELEASE = "released"
    ASSIGN = "assigned"
    REFER = "referred"
    SEND_BACK = "sent-back"
    OFFER_CALL = "call-offered"
    RECORD_CALL = "call-recorded"
    EXPEDITE = "expedite-asked"
    REFUSE_EXPEDITE = "expedite-refused"
    EXTEND = "extended"
    LAPSE = "overdue"
    APPROVE = "approved"
    FIND_NOT_REQUIRED = "found-not-required"
    APPROVE_PARTLY = "partly-approved"
    DENY = "denied"
    NOTIFY = "notified"
    WRITE_LETTER = "letter-written"
    DELIVER_LETTER = "letter-delivered"
    SEND_LETTER = "letter-sent"
    WITHDRAW = "withdrawn"
    DISMISS = "dismissed"
    VACATE = "dismissal-vacated"
    REOPEN_DENIAL = "denial-reopened"
    NOTE = "noted"
    MARK = "marked"
    LOOK_AGAIN = "looked-at-again"
    ASK_CHANGE = "change-asked"
    AMEND = "amended"
    REFUSE_CHANGE = "change-refused"
    REOPEN = "reopened"
    CONFIRM = "confirmed"
    REDUCE = "reduced"
    END_EARLY = "ended-early"
    CANCEL = "cancelled"
    RUN_OUT = "ran-out"

    @property
    def words(self) -> str:
        """As in `send to review`."""
        return self.name.lower().replace("_", " ")


S_co = TypeVar("S_co", bound=StrEnum, covariant=True)


@dataclass(frozen=True, slots=True)
class Row(Generic[S_co]):
    """One line of the table. ``after`` is None where the act leaves the place as it is."""

    do: Do
    before: tuple[S_co, ...]
    after: S_co | None
    who: tuple[Role, ...]


_R, _I, _N, _P, _S = Role.REQUESTER, Role.INTAKE, Role.NURSE, Role.PHYSICIAN, Role.SYSTEM
_A = AuthorizationState
_WORKED = (State.SUBMITTED, State.ASKED, State.IN_REVIEW, State.WITH_PHYSICIAN)
_LOOKED_AT = (State.IN_REVIEW, State.WITH_PHYSICIAN, State.WITH_DELEGATE)
_STANDS = (_A.ACTIVE, _A.AMENDED)
_STAYS = None

# fmt: off
REQUEST: tuple[Row[State], ...] = (
    # what is done        from                                      to                     who may
    Row(Do.SUBMIT,            (State.DRAFT,),                       State.SUBMITTED,       (_R, _I)),
    Row(Do.RETURN,            (State.SUBMITTED,),                   State.RETURNED,        (_S,)),
    Row(Do.CORRECT,           (State.RETURNED,),                    State.SUBMITTED,       (_R, _I)),
    Row(Do.FORWARD,           _WORKED,                              State.WITH_DELEGATE,   (_I, _N, _P)),
    Row(Do.TAKE_BACK,         (State.WITH_DELEGATE,),               State.IN_REVIEW,       (_N, _P)),
    Row(Do.SEND_TO_REVIEW,    (State.SUBMITTED,),                   State.IN_REVIEW,       (_S,)),
    Row(Do.ASK,               _WORKED,                              State.ASKED,           (_S, _N, _P)),
    Row(Do.ANSWER,            (State.ASKED,),                       State.IN_REVIEW,       (_R, _I)),
    Row(Do.ADD,               _LOOKED_AT,                           _STAYS,                (_R, _I)),
    Row(Do.JUDGE,             _WORKED,                              _STAYS,                (_N, _P)),
    Row(Do.DISPUTE,           _WORKED,                              _STAYS,                (_N, _P)),
    Row(Do.TAKE,              OPEN,                                 _STAYS,                (_N, _P)),
    Row(Do.RELEASE,           OPEN,                                 _STAYS,                (_N, _P, _S)),
    Row(Do.ASSIGN,            OPEN,                                 _STAYS,                (_N, _P)),
    Row(Do.REFER,             (State.ASKED, State.IN_REVIEW),       State.WITH_PHYSICIAN,  (_N, _P)),
    Row(Do.SEND_BACK,         (State.WITH_PHYSICIAN,),              State.IN_REVIEW,       (_P,)),
    Row(Do.OFFER_CALL,        (*_WORKED, *DECIDED),                 _STAYS,                (_N, _P)),
    Row(Do.RECORD_CALL,       (*_WORKED, *DECIDED),                 _STAYS,                (_P,)),
    Row(Do.EXPEDITE,          OPEN,                                 _STAYS,                (_R, _I)),
    Row(Do.REFUSE_EXPEDITE,   OPEN,                                 _STAYS,                (_N, _P)),
    Row(Do.EXTEND,            OPEN,                                 _STAYS,                (_N, _P)),
    Row(Do.LAPSE,             OPEN,                                 State.OVERDUE,         (_S,)),
    Row(Do.APPROVE,           OPEN,                                 State.APPROVED,        (_S, _N, _P)),
    Row(Do.FIND_NOT_REQUIRED, OPEN,                                 State.NOT_REQUIRED,    (_S, _N, _P)),
    Row(Do.APPROVE_PARTLY,    OPEN,                                 State.PARTLY_APPROVED, (_P,)),
    Row(Do.DENY,              OPEN,                                 State.DENIED,          (_P,)),
    Row(Do.NOTIFY,            DECIDED,                              _STAYS,                (_S, _I, _N, _P)),
    Row(Do.WRITE_LETTER,      (*OPEN, *DECIDED, *GONE),             _STAYS,                (_S,)),
    Row(Do.DELIVER_LETTER,    (*OPEN, *DECIDED, *GONE),             _STAYS,                (_S,)),
    Row(Do.SEND_LETTER,       (*OPEN, *DECIDED, State.DISMISSED),   _STAYS,                (_S, _I, _N, _P)),
    Row(Do.LAPSE,             DECIDED,                              _STAYS,                (_S,)),
    Row(Do.WITHDRAW,          OPEN,                                 State.WITHDRAWN,       (_R, _I)),
    Row(Do.DISMISS,           OPEN,                                 State.DISMISSED,       (_N, _P)),
    Row(Do.VACATE,            (State.DISMISSED,),                   State.IN_REVIEW,       (_N, _P)),
    Row(Do.REOPEN_DENIAL,     (State.DENIED,),                      State.WITH_PHYSICIAN,  (_P,)),
    Row(Do.NOTE,              (*OPEN, *DECIDED, *GONE),             _STAYS,                (_I, _N, _P)),
    Row(Do.MARK,              (*OPEN, *DECIDED),                    _STAYS,                (_N, _P)),
    Row(Do.LOOK_AGAIN,        DECIDED,                              _STAYS,                (_N, _P)),
)

AUTHORIZATION: tuple[Row[AuthorizationState], ...] = (
    Row(Do.ASK_CHANGE,        _STANDS,                              _STAYS,                (_R, _I)),
    Row(Do.AMEND,             (*_STANDS, _A.REOPENED),              _A.AMENDED,            (_S, _N, _P)),
    Row(Do.REFUSE_CHANGE,     _STANDS,                              _STAYS,                (_P,)),
    Row(Do.REOPEN,            _STANDS,                              _A.REOPENED,           (_P,)),
    Row(Do.CONFIRM,           (_A.REOPENED,),                       _A.ACTIVE,             (_P,)),
    Row(Do.REDUCE,            (_A.REOPENED,),                       _A.AMENDED,            (_P,)),
    Row(Do.END_EARLY,         (_A.REOPENED,),                       _A.ENDED,              (_P,)),
    Row(Do.CANCEL,            _STANDS,                              _A.ENDED,              (_R, _I)),
    Row(Do.RUN_OUT,           (*_STANDS, _A.REOPENED),              _A.ENDED,              (_S,)),
)
# fmt: on

ADVERSE = frozenset({Do.APPROVE_PARTLY, Do.DENY, Do.REFUSE_CHANGE, Do.REDUCE, Do.END_EARLY})
"""What gives less than was asked, or takes away: a physician's acts, each with a reason and a credential."""

_REQUEST_ROWS = {(row.do, before): row for row in REQUEST for before in row.before}
_AUTHORIZATION_ROWS = {(row.do, before): row for row in AUTHORIZATION for before in row.before}


def step(standing: Standing, do: Do, role: Role) -> Standing | None:
    """Where a request stands after the act; None where the table has no line for it."""
    row = _REQUEST_ROWS.get((do, standing.place))
    return standing_after(standing, do) if row and role in row.who else None


def standing_after(standing: Standing, do: Do) -> Standing:
    """Where a request stands after what was done. Raises ``KeyError`` where the table has no line for it."""
    after = _REQUEST_ROWS[do, standing.place].after
    if do is Do.LAPSE:
        return Standing(standing.place, untimely=True)
    return standing if after is None else Standing(after, standing.untimely)


def authorization_step(state: AuthorizationState, do: Do, role: Role) -> AuthorizationState | None:
    """Where an authorization stands after the act; None where the table has no line for it."""
    row = _AUTHORIZATION_ROWS.get((do, state))
    return (row.after or state) if row and role in row.who else None


def authorization_after(state: AuthorizationState, do: Do) -> AuthorizationState:
    """Where an authorization stands after what was done. Raises ``KeyError`` where the table has no line for it."""
    return _AUTHORIZATION_ROWS[do, state].after or state


def who_may(do: Do) -> tuple[Role, ...]:
    """The roles that may do an act anywhere, in the order of ``Role``."""
    may = {role for row in (*REQUEST, *AUTHORIZATION) if row.do is do for role in row.who}
    return tuple(role for role in Role if role in may)


def from_where(do: Do) -> tuple[StrEnum, ...]:
    """The places in which an act can be done."""
    return tuple(before for row in (*REQUEST, *AUTHORIZATION) if row.do is do for before in row.before)
