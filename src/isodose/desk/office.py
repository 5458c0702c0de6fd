"""The desk over the record: what somebody does is looked at, answered and stored, all of it or nothing.

Each act is folded over the events that are stored, the system's own answer is added, and both are appended in one transaction,
with where the request stands then. The office keeps nothing between two acts, so any number of programs may share one record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from isodose.desk.act import AnyAct, Refusal, act
from isodose.desk.acts import Decide, DisputeFact, Expedite, Forward, Judge, LookAgain, Send, Submit
from isodose.desk.again import content_after, content_of_request, content_of_step, key_of
from isodose.desk.around import arrival_day, forward_needs
from isodose.desk.authorization_acts import AskChange, TakeAway
from isodose.desk.automatic import settle, settle_change
from isodose.desk.case import Case
from isodose.desk.decision import NotRequired
from isodose.desk.delivered import Delivered, delivered_facts, deliveries_in, told_by
from isodose.desk.determined import determined, with_determinations
from isodose.desk.finding_needs import clause_needs, finding_needs
from isodose.desk.fold import after
from isodose.desk.head import head
from isodose.desk.number import Kind, request_number
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.desk.role import SYSTEM, THE_SYSTEM, By
from isodose.desk.second_look import not_drawn
from isodose.desk.state import OPEN
from isodose.desk.sweep import sweep
from isodose.desk.transitions import Do
from isodose.desk.written import Written, letter_facts
from isodose.determination.program import Program
from isodose.store.document import Document
from isodose.store.errors import StaleError
from isodose.store.event import Event
from isodose.store.record import Record

Events = tuple[Event, ...]
Documents = tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What an act brings along: documents, and the sender's key, by which the same sending is known again.

    For a request, a correction or an answer: ``needless`` is what stands around the guideline (``around.Continuity``),
    ``expedite`` the ask that came with it, which counts if it is not answered at once, and ``draft`` what it was typed as.
    """

    documents: Documents = ()
    key: str | None = None
    needless: NotRequired | None = None
    expedite: Expedite | None = None
    draft: str | None = None


_NOTHING = Sent()


@dataclass(frozen=True, slots=True)
class _Step:
    """Events that are not recorded yet, and the request as it stands after them."""

    request: Request
    events: Events = ()

    def then(self, events: Events) -> _Step:
        return _Step(reduce(after, events, self.request), (*self.events, *events))


@dataclass(frozen=True, slots=True)
class Office:
    """A guideline, a policy and a record. ``serial`` draws the number of a new request; one that is taken is drawn again."""

    record: Record
    program: Program
    policy: DeskPolicy
    serial: Callable[[], int]

    def case(self, tracking: str) -> Case | None:
        """A request with its history; None if there is none of this tracking number.

        Raises ``DamagedError``, and ``ImpossibleHistoryError`` for events that no request can have.
        """
        history = self.record.history(tracking)
        return Case.of(history) if history else None

    def submit(self, what: Submit, by: By, now: datetime, sent: Sent = _NOTHING) -> Case | Refusal:
        """A new request with the system's answer, or the one that the same submission became before, or why it is refused.

        The same content is the same submission until its request is withdrawn or dismissed; the same key always is.
        Raises ``KeyReusedError`` for a key that stands for another content.
        """
        step = self._step(Request(), what, by, now, sent)
        if isinstance(step, Refusal):
            return step
        key = key_of(by, sent.key) if sent.key else None
        content = content_of_request(step.events[0], sent.documents)
        while earlier := self.record.receipt(content=content):
            case = self._there(earlier.request)
            if not case.is_gone or (key and earlier.key == key):
                return case
            content = content_after(content, case.tracking)
        return self._numbered(step, sent, key, content)

    def act(self, case: Case, what: AnyAct, by: By, now: datetime, sent: Sent = _NOTHING) -> Case | Refusal:
        """A request after an act and the system's answer, or why the act is refused. Done again under its key, it is found.

        Raises ``StaleError`` with what came meanwhile if the case is not the newest, but for letters, which change nothing;
        ``KeyReusedError`` for a key that stands for another act.
        """
        try:
            return self._acted(case, what, by, now, sent)
        except StaleError:
            newest = self._there(case.tracking)
            if newest.came_since(case.request.number):
                raise
        return self.act(newest, what, by, now, sent)

    def _acted(self, case: Case, what: AnyAct, by: By, now: datetime, sent: Sent) -> Case | Refusal:
        key = key_of(by, sent.key) if sent.key else None
        content = content_of_step(case.tracking, what, by, now, key) if key else None
        if content and self.record.receipt(key, content):
            return self._there(case.tracking)
        step = self._step(case.request, what, by, now, sent)
        if isinstance(step, Refusal):
            return step
        if isinstance(what, LookAgain) and (wrong := not_drawn(case.tracking, case.request.decision, self.policy)):
            return Refusal((wrong,))
        return self._kept(case, step, sent, key, content)

    def sweep(self, case: Case, now: datetime) -> Case:
        """The request with what is late by now marked as such; the same if nothing is."""
        events = sweep(case.request, now, self.policy.zone)
        return self._kept(case, _Step(case.request).then(events)) if events else case

    def keep_letters(self, case: Case, letters: Iterable[Written], documents: Documents, at: datetime) -> Case:
        """The request with letters that were written at a moment. Raises ``StaleError`` if the case is not the newest."""
        events = tuple(Event(Do.WRITE_LETTER.value, at, SYSTEM, letter_facts(one)) for one in letters)
        return self._kept(case, _Step(case.request).then(events), Sent(documents))

    def keep_delivery(self, case: Case, delivered: Delivered, at: datetime) -> Case:
        """The request after one of its letters was delivered, with the notice that this was; as it is if that is recorded.

        Raises ``StaleError`` if the case is not the newest.
        """
        if delivered.letter in deliveries_in(case.history):
            return case
        step = _Step(case.request).then((Event(Do.DELIVER_LETTER.value, at, SYSTEM, delivered_facts(delivered)),))
        for what in told_by(case.history, delivered.letter, self.policy.zone):
            done = act(step.request, what, THE_SYSTEM, at, self.policy)
            assert not isinstance(done, Refusal), f"what a letter tells is recorded: {done}"
            step = step.then(done)
        return self._kept(case, step)

    def _step(self, request: Request, what: AnyAct, by: By, now: datetime, sent: Sent) -> _Step | Refusal:
        done = act(request, what, by, now, self.policy)
        if isinstance(done, Refusal):
            return done
        step = _Step(request).then(done)
        if wrong := self._wrong(request, step.request, what, now):
            return Refusal(wrong)
        if isinstance(what, Decide):
            answers = determined(request, self.program, now, self.policy)
            return _Step(request).then(with_determinations(done, answers))
        if isinstance(what, (Submit, Send)):
            step = step.then(settle(step.request, self.program, now, self.policy, sent.needless))
            return self._expedited(step, sent.expedite, by, now)
        if isinstance(what, AskChange):
            return step.then(settle_change(step.request, what.line, now, self.policy))
        return step

    def _wrong(self, request: Request, moved: Request, what: AnyAct, now: datetime) -> tuple[str, ...]:
        """What the guideline has against an act that is right without it, in words."""
        if isinstance(what, (Judge, DisputeFact)):
            return finding_needs(request, moved, self.program, now, self.policy)
        if isinstance(what, Forward):
            return forward_needs(what.to, arrival_day(request, self.policy.zone), self.program.guideline.around)
        return clause_needs(what.clauses, self.program) if isinstance(what, (Decide, TakeAway)) else ()

    def _expedited(self, step: _Step, ask: Expedite | None, by: By, now: datetime) -> _Step | Refusal:
        """The ask that came with what was not answered at once; asked already, it is not asked twice."""
        moved = step.request
        if ask is None or moved.standing.place not in OPEN or (moved.clock and moved.clock.asks):
            return step
        asked = act(moved, ask, by, now, self.policy)
        return asked if isinstance(asked, Refusal) else step.then(asked)

    def _numbered(self, step: _Step, sent: Sent, key: str | None, content: str) -> Case:
        while True:
            draft = Case(request_number(Kind.TRACKING, self.serial()), (), Request())
            try:
                return self._kept(draft, step, sent, key, content)
            except StaleError:  # another request has this number
                continue

    def _kept(
        self,
        case: Case,
        step: _Step,
        sent: Sent = _NOTHING,
        key: str | None = None,
        content: str | None = None,
    ) -> Case:
        appended = self.record.append(
            case.tracking,
            case.request.number,
            step.events,
            sent.documents,
            key,
            content=content,
            head=head(case.tracking, step.request, self.policy),
            draft=sent.draft,
        )
        if appended.repeated:
            return self._there(appended.request)
        return Case(case.tracking, (*case.history, *appended.events), step.request)

    def _there(self, tracking: str) -> Case:
        found = self.case(tracking)
        assert found is not None, "what was appended is there"
        return found
