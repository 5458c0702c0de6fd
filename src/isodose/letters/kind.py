"""Which letters there are: for each act that somebody is told of, its kind and its titles for both readers. One table, no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from isodose.desk.request import NOTICE
from isodose.desk.transitions import Do
from isodose.store.event import Event


class Reader(StrEnum):
    """Who is written to. The member's copy has no code in it, the provider's all of them."""

    MEMBER = "member"
    PROVIDER = "provider"


class Kind(StrEnum):
    """What a letter tells; its value is the name of its template, for each reader."""

    RECEIVED = "received"
    INFORMATION_NEEDED = "information-needed"
    RETURNED = "returned"
    APPROVED = "approved"
    PARTLY_APPROVED = "partly-approved"
    DENIED = "denied"
    NOT_REQUIRED = "not-required"
    EXTENSION = "extension"
    EXPEDITE_REFUSED = "expedite-refused"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"
    OPEN_AGAIN = "open-again"
    DENIAL_REOPENED = "denial-reopened"
    APPROVAL_REOPENED = "approval-reopened"
    OVERDUE = "overdue"
    AMENDED = "amended"
    TAKEN_AWAY = "taken-away"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the table."""

    do: Do
    kind: Kind
    titles: Mapping[Reader, str]


def _told(do: Do, kind: Kind, member: str, provider: str) -> Told:
    return Told(do, kind, {Reader.MEMBER: member, Reader.PROVIDER: provider})


# fmt: off
TOLD = (
    _told(Do.SUBMIT, Kind.RECEIVED, "We got your request", "Request received"),
    _told(Do.EXPEDITE, Kind.RECEIVED, "We will decide faster", "Request expedited"),
    _told(Do.ASK, Kind.INFORMATION_NEEDED, "We asked for more facts", "Information needed"),
    _told(Do.RETURN, Kind.RETURNED, "Your request must be fixed", "Returned for correction"),
    _told(Do.APPROVE, Kind.APPROVED, "Your care is approved", "Authorization approved"),
    _told(Do.APPROVE_PARTLY, Kind.PARTLY_APPROVED, "Notice: we approved only part of your request", "Notice of partial approval"),
    _told(Do.DENY, Kind.DENIED, "Notice: we denied your request", "Notice of denial"),
    _told(Do.FIND_NOT_REQUIRED, Kind.NOT_REQUIRED, "You do not need our approval", "No authorization required"),
    _told(Do.EXTEND, Kind.EXTENSION, "We need more time to decide", "Time to decide extended"),
    _told(Do.REFUSE_EXPEDITE, Kind.EXPEDITE_REFUSED, "We will not speed up your request", "Expedited review refused"),
    _told(Do.WITHDRAW, Kind.WITHDRAWN, "Your request was taken back", "Request withdrawn"),
    _told(Do.DISMISS, Kind.DISMISSED, "We closed your request", "Request dismissed"),
    _told(Do.VACATE, Kind.OPEN_AGAIN, "Your request is open again", "Dismissal taken back"),
    _told(Do.REOPEN_DENIAL, Kind.DENIAL_REOPENED, "We will look at your request again", "Denial reopened"),
    _told(Do.LAPSE, Kind.OVERDUE, "Our answer is late", "Decision overdue"),
    _told(Do.AMEND, Kind.AMENDED, "Your approval has changed", "Authorization amended"),
    _told(Do.REFUSE_CHANGE, Kind.TAKEN_AWAY, "Notice: we denied a change to your approval", "Notice: change of authorization refused"),
    _told(Do.REDUCE, Kind.TAKEN_AWAY, "Notice: your approval will cover less", "Notice: authorization reduced"),
    _told(Do.END_EARLY, Kind.TAKEN_AWAY, "Notice: your approval will end early", "Notice: authorization ended early"),
    _told(Do.REOPEN, Kind.APPROVAL_REOPENED, "We will look at your approval again", "Authorization reopened"),
    _told(Do.CONFIRM, Kind.CONFIRMED, "Your approval stays as it is", "Authorization confirmed"),
    _told(Do.CANCEL, Kind.CANCELLED, "Your approval was cancelled", "Authorization cancelled"),
)
# fmt: on

LETTERS: Mapping[str, Told] = {one.do.value: one for one in TOLD}
"""The table by the kind of the event that a letter tells of."""


def told_of(event: Event) -> Told | None:
    """How an event is told of; None where it is not. What is late is told of the answer alone: a late letter goes out itself."""
    if event.kind == Do.LAPSE and event.facts["what"] != NOTICE:
        return None
    return LETTERS.get(event.kind)
