"""The desk over the record: what somebody does is looked at, answered and stored, all of it or nothing.

Each act is folded over the events that are stored, the system's own answer is added, and both are appended in one transaction,
with where the request stands then. The office keeps nothing between two acts, so any number of programs may share one record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from isodose.desk.act import AnyAct, Refusal, act
from isodose.desk.acts import Decide, Send, Submit
from isodose.desk.authorization_acts import AskChange
from isodose.desk.automatic import settle, settle_change
from isodose.desk.case import Case
from isodose.desk.decision import NotRequired
from isodose.desk.determined import with_determinations
from isodose.desk.fold import after
from isodose.desk.head import head
from isodose.desk.number import Kind, request_number
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.desk.role import By
from isodose.desk.sweep import sweep
from isodose.determination.program import Program
from isodose.store.document import Document
from isodose.store.errors import StaleError
from isodose.store.event import Event
from isodose.store.receipt import content_hash
from isodose.store.record import Appended, Record


@dataclass(frozen=True, slots=True)
class Sent:
    """What an act brings along: documents, and the sender's key, by which the same sending is known again."""

    documents: tuple[Document, ...] = ()
    key: str | None = None
    needless: NotRequired | None = None


_NOTHING = Sent()


@dataclass(frozen=True, slots=True)
class Office:
    """A guideline, a policy and a record. ``serial`` draws the number of a new request; one that is taken is drawn again."""

    record: Record
    program: Program
    policy: DeskPolicy
    serial: Callable[[], int]

    def case(self, tracking: str) -> Case | None:
        """A request with its history; None if there is none of this tracking number. Raises ``DamagedError``."""
        history = self.record.history(tracking)
        return Case.of(history) if history else None

    def submit(self, what: Submit, by: By, now: datetime, sent: Sent = _NOTHING) -> Case | Refusal:
        """A new request with the system's answer, or the one that the same submission became before, or why it is refused."""
        draft = Request()
        events = self._events(draft, what, by, now, sent)
        if isinstance(events, Refusal):
            return events
        content = content_hash((_without_time(events[0]),), sent.documents)
        while True:
            tracking = request_number(Kind.TRACKING, self.serial())
            try:
                return self._kept(tracking, draft, events, sent, content)
            except StaleError:  # another request has this number
                continue

    def act(self, case: Case, what: AnyAct, by: By, now: datetime, sent: Sent = _NOTHING) -> Case | Refusal:
        """A request after an act and the system's answer, or why the act is refused.

        Raises ``StaleError`` with what came meanwhile if the case is not the newest.
        """
        events = self._events(case.request, what, by, now, sent)
        if isinstance(events, Refusal):
            return events
        return self._kept(case.tracking, case.request, events, sent)

    def sweep(self, case: Case, now: datetime) -> Case:
        """The request with what is late by now marked as such; the same if nothing is."""
        events = sweep(case.request, now, self.policy.zone)
        return self._kept(case.tracking, case.request, events, _NOTHING) if events else case

    def _events(self, request: Request, what: AnyAct, by: By, now: datetime, sent: Sent) -> tuple[Event, ...] | Refusal:
        done = act(request, what, by, now, self.policy)
        if isinstance(done, Refusal):
            return done
        moved = reduce(after, done, request)
        if isinstance(what, Decide):
            return with_determinations(done, request, self.program, self.policy)
        if isinstance(what, (Submit, Send)):
            answered = settle(moved, self.program, now, self.policy, sent.needless)
            return (*done, *with_determinations(answered, moved, self.program, self.policy))
        if isinstance(what, AskChange):
            return (*done, *settle_change(moved, what.line, now, self.policy))
        return done

    def _kept(
        self, tracking: str, request: Request, events: Sequence[Event], sent: Sent, content: str | None = None
    ) -> Case:
        where = head(tracking, reduce(after, events, request), self.policy)
        appended = self.record.append(
            tracking, request.number, events, sent.documents, sent.key, content=content, head=where
        )
        return self._newest(appended)

    def _newest(self, appended: Appended) -> Case:
        found = self.case(appended.request)
        assert found is not None, "what was appended is there"
        return found


def _without_time(event: Event) -> Event:
    """What was sent, whenever it came: the same content on another day is the same submission."""
    return Event(
        event.kind, event.at, event.by, {name: value for name, value in event.facts.items() if name != "first"}
    )
