"""Letters written: what has happened to a request and has none yet gets its own, stored with the request for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from isodose.desk.case import Case
from isodose.desk.days import day_of
from isodose.desk.fold import request_from
from isodose.desk.head import member_id
from isodose.desk.number import serial_of
from isodose.desk.office import Office
from isodose.desk.replay import Replayed
from isodose.desk.request import Request
from isodose.desk.written import Written, letters_in
from isodose.guideline.dates import date_from
from isodose.letters.kind import Reader
from isodose.letters.letter import letter_from, readers
from isodose.letters.plan import Plan
from isodose.letters.render import html_of, letter_for
from isodose.letters.sources import Sources
from isodose.letters.untold import untold
from isodose.letters.versions import VERSION
from isodose.store.chain import links
from isodose.store.document import Document
from isodose.store.event import Event, Stored, whole_milliseconds
from isodose.store.members import Member, find_member
from isodose.store.practices import find_practice

ALL = datetime.min.replace(tzinfo=UTC)
"""A moment before everything."""

PDF = "application/pdf"


class UnknownMemberError(ValueError):
    """Nobody can be written to: it is not said who the member is."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes a plan's letters: the office whose record they go into, and the plan's own names and texts."""

    office: Office
    plan: Plan

    def write(self, case: Case, now: datetime, since: datetime = ALL) -> Case:
        """The case with the letters that were lacking, of what happened from a moment on; itself if none was.

        All are stored or none. Raises ``StaleError`` if the case moved meanwhile, ``UnknownMemberError``, ``NoPangoError``.
        """
        at = max(whole_milliseconds(now), case.request.last or ALL)
        made = [one for event in untold(case.history, since) for one in self._made(case.history, event.number, at)]
        if not made:
            return case
        return self.office.keep_letters(case, [letter for letter, _ in made], tuple(pdf for _, pdf in made), at)

    def preview(self, case: Case, would_be: Event) -> dict[Reader, str]:
        """The letters that would tell of an event, did it happen now, as HTML for each reader. Nothing is stored.

        Raises ``UnknownMemberError``, and ``ImpossibleHistoryError`` for an event that cannot happen.
        """
        history = (*case.history, *links(case.tracking, [would_be], case.history[-1]))
        sources, on = self._sources(history, len(history), would_be.at), day_of(would_be.at, self.office.policy.zone)
        return {reader: html_of(letter_from(reader, sources, on)) for reader in readers(sources)}

    def again(self, case: Case) -> Iterator[Replayed]:
        """Each letter of a case made again, and whether it is the one that is stored, byte for byte."""
        for stored, letter in letters_in(case.history):
            at = stored.event.at
            sources = self._sources(case.history[: stored.number - 1], letter.of, at)
            differs = self._difference(letter, self._pdf(Reader(letter.reader), sources, at, letter.version))
            yield Replayed(stored.request, stored.number, stored.event.kind, differs)

    def _made(self, history: Sequence[Stored], of: int, at: datetime) -> Iterator[tuple[Written, Document]]:
        """The letters that tell of one event, to each reader."""
        sources = self._sources(history, of, at)
        for reader in readers(sources):
            pdf, name = self._pdf(reader, sources, at), f"{sources.told.titles[reader]}.pdf"
            yield Written(reader.value, sources.told.kind.value, of, pdf.sha256, name, self.plan.digest, VERSION), pdf

    def _pdf(self, reader: Reader, sources: Sources, at: datetime, version: int = VERSION) -> Document:
        return Document(PDF, letter_for(reader, sources, day_of(at, self.office.policy.zone), version).pdf)

    def _sources(self, history: Sequence[Stored], of: int, at: datetime) -> Sources:
        """What a letter on one event is made from, by all that was known at a moment."""
        database = self.office.record.database
        request = request_from(one.event for one in history)
        practice = request.asked_by.practice
        return Sources(
            history=tuple(one.event for one in history[:of]),
            serial=serial_of(history[0].request),
            program=self.office.program,
            policy=self.office.policy,
            plan=self.plan,
            member=self._member(request, at),
            practice=find_practice(database, practice, at) if practice else None,
        )

    def _member(self, request: Request, at: datetime) -> Member:
        """As on the roster at a moment; of one who is not on it, what the request says."""
        id_, born = member_id(request), _birth_date(request)
        if not id_ or born is None:
            raise UnknownMemberError("the request does not say who the member is, by number and birth date")
        return find_member(self.office.record.database, id_, born, at) or Member(id_, born, None, ())

    def _difference(self, stored: Written, made: Document) -> str | None:
        if made.sha256 == stored.sha256:
            return None
        if stored.plan != self.plan.digest:
            return "the plan’s own names and texts are others now"
        return "the same facts and texts give another letter"


def _birth_date(request: Request) -> date | None:
    member = (request.content or {}).get("member")
    said = member.get("member_birth_date") if isinstance(member, dict) else None
    return date_from(said) if isinstance(said, str) else None
