"""What happened to a request, as its practice is told: every step that is the practice's business, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from isodose.desk.case import Case
from isodose.desk.recorded import clauses_in
from isodose.desk.transitions import Do
from isodose.letters.words import listed
from isodose.store.event import Event, Stored, instant_from
from isodose.web.show import moment

_TOLD: Mapping[Do, str] = {
    Do.SUBMIT: "Sent",
    Do.RETURN: "Returned for correction",
    Do.CORRECT: "Corrected",
    Do.FORWARD: "Passed on to who decides for this member",
    Do.TAKE_BACK: "Taken back: the plan decides itself",
    Do.SEND_TO_REVIEW: "In review",
    Do.ASK: "The plan asks for more",
    Do.ANSWER: "Answered",
    Do.ADD: "More information sent",
    Do.REFER: "Laid before a physician",
    Do.OFFER_CALL: "A call with the plan's physician is offered",
    Do.RECORD_CALL: "A call with the plan's physician was held",
    Do.EXPEDITE: "Asked to be decided faster",
    Do.REFUSE_EXPEDITE: "The ask to decide faster was refused",
    Do.EXTEND: "The plan takes more time",
    Do.LAPSE: "Overdue: the plan's time for an answer has passed",
    Do.APPROVE: "Approved",
    Do.FIND_NOT_REQUIRED: "No authorization is required",
    Do.APPROVE_PARTLY: "Partly approved",
    Do.DENY: "Denied",
    Do.NOTIFY: "The member was told",
    Do.SEND_LETTER: "A letter was sent",
    Do.WITHDRAW: "Withdrawn",
    Do.DISMISS: "Dismissed",
    Do.VACATE: "The dismissal was taken back",
    Do.REOPEN_DENIAL: "The denial is looked at again",
    Do.ASK_CHANGE: "A change was asked for",
    Do.AMEND: "The authorization was changed",
    Do.REFUSE_CHANGE: "The change was refused",
    Do.REOPEN: "The authorization is looked at again",
    Do.CONFIRM: "The authorization was confirmed",
    Do.REDUCE: "The authorization was reduced",
    Do.END_EARLY: "The authorization was ended early",
    Do.CANCEL: "The authorization was cancelled",
    Do.RUN_OUT: "The authorization has run out",
}
"""What a practice is told of. What reviewers note, find, take and hand on among themselves is not in it."""

_REASONS = ("why", "reason", "words", "ground")


@dataclass(frozen=True, slots=True)
class Step:
    """``who`` is the practice's own person; of the plan's people it is told that it was the plan."""

    at: datetime
    words: str
    who: str
    said: tuple[str, ...]


def steps(case: Case) -> tuple[Step, ...]:
    """All that happened, the first first."""
    return tuple(_steps(case.history))


def told_since(case: Case, number: int) -> tuple[str, ...]:
    """What came after an event, in words."""
    return tuple(step.words for step in _steps(case.history[number:]))


def _steps(history: tuple[Stored, ...]) -> Iterator[Step]:
    for stored in history:
        event = stored.event
        do = Do(event.kind)
        if do in _TOLD:
            yield Step(event.at, _TOLD[do], _who(event), tuple(_said(event)))


def _who(event: Event) -> str:
    return event.by if event.facts.get("role") in ("requester", "intake") else "the plan"


def _said(event: Event) -> Iterator[str]:
    questions = event.facts.get("questions")
    yield from (str(one) for one in questions) if isinstance(questions, list) else ()
    if isinstance(to := event.facts.get("to"), str):
        yield f"to {to}"
    for name in _REASONS:
        if isinstance(words := event.facts.get(name), str) and words.strip():
            yield words
    if clauses := clauses_in(event):
        yield f"rests on {listed(clauses)}"
    times = event.facts.get("times")
    yield from (moment(instant_from(str(one))) for one in times) if isinstance(times, list) else ()
    documents = event.facts.get("documents")
    for one in documents if isinstance(documents, list) else ():
        if isinstance(one, dict):
            yield f"with {one.get('name') or 'a document'}"
