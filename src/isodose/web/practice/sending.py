"""From a draft to the desk: what is sent, by whom, with which documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from isodose.desk.act import Refusal
from isodose.desk.acts import Expedite, Send, Submit
from isodose.desk.again import key_of
from isodose.desk.case import Case
from isodose.desk.office import Sent
from isodose.desk.role import By, Role
from isodose.desk.state import State
from isodose.desk.transitions import Do
from isodose.store.document import Document
from isodose.store.draft_documents import attached_document
from isodose.web.practice.arrival import PRACTICE, channel, first_arrival
from isodose.web.practice.draft.people import URGENT, URGENT_PHYSICIAN, URGENT_WORDS, is_expedited
from isodose.web.practice.draft.typed import Typed
from isodose.web.practice.draft.view import View
from isodose.web.visit import Visit

SENDS_AS = {State.ASKED: Do.ANSWER, State.RETURNED: Do.CORRECT}
"""What more of a request is, by where it stands; anything else is information that nobody asked for."""


def send_new(visit: Visit, shown: View) -> Case | Refusal:
    """A new request. Raises ``StoreError``."""
    reading = shown.reading
    what = Submit(
        reading.lines,
        reading.content,
        first=first_arrival(visit, shown.typed),
        channel=channel(visit, shown.typed),
        documents=tuple(one.sha256 for one in shown.attached),
        evidence=reading.evidence,
        names={one.sha256: one.name for one in shown.attached},
        details=reading.details,
    )
    return visit.services.office.submit(what, by_whom(visit, shown), visit.now, _along(visit, shown, what.first))


def send_more(visit: Visit, shown: View, case: Case) -> Case | Refusal:
    """An answer, a correction, or more information: all is stated anew. Raises ``StaleError``, ``StoreError``."""
    reading = shown.reading
    what = Send(
        SENDS_AS.get(case.request.standing.place, Do.ADD),
        reading.content,
        reading.lines,
        documents=tuple(one.sha256 for one in shown.attached),
        evidence=reading.evidence,
        names={one.sha256: one.name for one in shown.attached},
        details=reading.details,
    )
    return visit.services.office.act(case, what, visit.by, visit.now, _along(visit, shown, visit.now))


def sent_before(visit: Visit) -> str | None:
    """The request that a draft became whose answer was lost; None if it became none of this sender's."""
    receipt = visit.services.office.record.receipt(key_of(visit.by, _key(visit.path["draft"])))
    return receipt.request if receipt else None


def by_whom(visit: Visit, shown: View) -> By:
    """Who sends it; what intake enters is the practice's that sent the letter, called, or telefaxed."""
    practice = shown.typed.text(PRACTICE)
    return replace(visit.by, practice=practice) if visit.by.role is Role.INTAKE and practice else visit.by


def _along(visit: Visit, shown: View, came: datetime) -> Sent:
    return Sent(
        tuple(_document(visit, shown, one.sha256) for one in shown.attached),
        key=_key(shown.draft.id),
        needless=shown.reading.needless,
        expedite=_expedite(shown.typed, came),
        draft=shown.draft.id,
    )


def _expedite(typed: Typed, came: datetime) -> Expedite | None:
    if not is_expedited(typed):
        return None
    physician = typed.text(URGENT_PHYSICIAN) if typed.text(URGENT) == "physician" else ""
    return Expedite(came, typed.text(URGENT_WORDS), physician)


def _key(draft: str) -> str:
    """By what the sending of a draft is known again."""
    return f"draft {draft}"


def _document(visit: Visit, shown: View, sha256: str) -> Document:
    return attached_document(visit.services.database, shown.draft.id, sha256)
