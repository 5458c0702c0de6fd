"""What happened to a case, for the plan's people: every event in words, and what was said with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from isodose.desk.case import LETTERS_ALONE
from isodose.desk.recorded import CLAUSES
from isodose.desk.transitions import Do
from isodose.letters.words import listed
from isodose.store.event import DOCUMENTS, Stored, instant_from
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.reviewer.desk.meaning import meaning
from isodose.web.show import counted, moment

_WORDS: Mapping[Do, str] = {
    Do.SUBMIT: "Received",
    Do.RETURN: "Returned for correction",
    Do.CORRECT: "Corrected by the practice",
    Do.FORWARD: "Passed on to who decides for this member",
    Do.TAKE_BACK: "Taken back from the delegate",
    Do.SEND_TO_REVIEW: "A clinician has to look at it",
    Do.ASK: "The practice was asked",
    Do.ANSWER: "Answered",
    Do.ADD: "More information came",
    Do.JUDGE: "Judged",
    Do.DISPUTE: "A stated fact was disputed",
    Do.TAKE: "Taken",
    Do.RELEASE: "Released",
    Do.ASSIGN: "Handed on",
    Do.REFER: "Sent to a physician",
    Do.SEND_BACK: "Sent back to review",
    Do.OFFER_CALL: "A call between physicians was offered",
    Do.RECORD_CALL: "The call between physicians",
    Do.EXPEDITE: "Asked to be decided faster",
    Do.REFUSE_EXPEDITE: "The ask to decide faster was refused",
    Do.EXTEND: "More time was taken",
    Do.LAPSE: "Overdue",
    Do.APPROVE: "Approved",
    Do.FIND_NOT_REQUIRED: "No authorization is required",
    Do.APPROVE_PARTLY: "Partly approved",
    Do.DENY: "Denied",
    Do.NOTIFY: "The member was told",
    Do.SEND_LETTER: "A letter went out",
    Do.WITHDRAW: "Withdrawn",
    Do.DISMISS: "Dismissed with notice",
    Do.VACATE: "The dismissal was taken back",
    Do.REOPEN_DENIAL: "The denial was reopened",
    Do.NOTE: "Note",
    Do.MARK: "A passage was marked",
    Do.LOOK_AGAIN: "Second look",
    Do.ASK_CHANGE: "A change of the authorization was asked for",
    Do.AMEND: "The authorization was amended",
    Do.REFUSE_CHANGE: "The change was refused",
    Do.REOPEN: "The authorization was reopened",
    Do.CONFIRM: "The authorization was confirmed",
    Do.REDUCE: "The authorization was reduced",
    Do.END_EARLY: "The authorization was ended early",
    Do.CANCEL: "The authorization was cancelled",
    Do.RUN_OUT: "The authorization has run out",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One event: when, what, by whom, and what was said."""

    number: int
    at: datetime
    words: str
    by: str
    said: tuple[str, ...]


def steps(history: Iterable[Stored], desk: Desk) -> tuple[Step, ...]:
    """The events in order, named as on the desk. Letters are not among them: they have a list of their own."""
    history = tuple(history)
    files = _file_names(history)
    return tuple(
        Step(
            one.number,
            one.event.at,
            _WORDS[Do(one.event.kind)],
            desk.named(one.event.by),
            tuple(_said(one, desk, files)),
        )
        for one in history
        if one.event.kind not in LETTERS_ALONE
    )


def _file_names(history: Iterable[Stored]) -> dict[str, str]:
    """The names of the documents that came, by SHA-256."""
    told: Iterator[Mapping[str, Any]] = (one.event.facts for one in history)
    return {one["sha256"]: one["name"] for facts in told for one in facts.get(DOCUMENTS) or () if one.get("name")}


def _said(stored: Stored, desk: Desk, files: Mapping[str, str]) -> Iterator[str]:
    facts: Mapping[str, Any] = stored.event.facts
    if documents := facts.get("documents"):
        yield f"with {counted(len(documents), 'document')}"
    for kind in ("clause", "leaf"):
        if kind in facts:
            target = meaning(desk, kind, facts[kind])
            yield f"{target}: {str(facts['truth']).replace('-', ' ')}" if "truth" in facts else f"for “{target}”"
    if page := facts.get("page"):
        yield f"{files.get(facts['document'], 'a document')}, page {page}"
    if fact := facts.get("fact"):
        yield meaning(desk, "fact", str(fact))
    if clauses := facts.get(CLAUSES):
        yield f"rests on {listed(clauses)}"
    if account := facts.get("to"):
        yield f"to {desk.named(account)}" if isinstance(account, str) else ""
    yield from map(str, facts.get("questions") or ())
    yield from (moment(instant_from(at)) for at in facts.get("times") or ())
    if "would_approve" in facts:
        yield "would approve it" if facts["would_approve"] else "would not approve it as asked"
    if "oral" in facts:
        yield "by word of mouth" if facts["oral"] else "in writing"
    yield from (
        str(facts[name])
        for name in ("letter", "ground", "cause", "words", "why", "reason", "notice")
        if facts.get(name)
    )
