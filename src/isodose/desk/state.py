"""Where a request stands, and where an authorization does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a request stands. ``submitted`` lasts until the determination, in the same transaction."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ASKED = "information asked"
    RETURNED = "returned for correction"
    IN_REVIEW = "in review"
    WITH_PHYSICIAN = "with the physician"
    WITH_DELEGATE = "with a delegate"
    OVERDUE = "overdue"
    APPROVED = "approved"
    PARTLY_APPROVED = "partly approved"
    DENIED = "denied"
    NOT_REQUIRED = "not required"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"


class AuthorizationState(StrEnum):
    """Where an authorization stands; it certifies services in all of them but ``ended``."""

    ACTIVE = "active"
    AMENDED = "amended"
    REOPENED = "reopened"
    ENDED = "ended"


OPEN = (
    State.SUBMITTED,
    State.ASKED,
    State.RETURNED,
    State.IN_REVIEW,
    State.WITH_PHYSICIAN,
    State.WITH_DELEGATE,
)
"""The plan owes an answer, whoever has it."""

DECIDED = (State.APPROVED, State.PARTLY_APPROVED, State.DENIED, State.NOT_REQUIRED)

GONE = (State.WITHDRAWN, State.DISMISSED)
"""Nothing more is asked, or it never was a request."""

ADVERSE_STATES = frozenset({State.PARTLY_APPROVED, State.DENIED})


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose turn it is (``place``, never overdue), and whether the time for an answer has passed.

    An overdue request is worked on as any other, so both are kept; ``state`` is what everybody is shown. A request that
    was overdue is decided all the same, and stays untimely for ever.
    """

    place: State = State.DRAFT
    untimely: bool = False

    def __post_init__(self) -> None:
        if self.place is State.OVERDUE:
            raise ValueError("overdue says nothing of whose turn it is: give the place, and `untimely`")

    @property
    def state(self) -> State:
        return State.OVERDUE if self.untimely and self.place in OPEN else self.place
