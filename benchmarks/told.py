"""Stories of the demonstration, told by the desk at many moments: what a record of years is copied from."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count, product
from pathlib import Path

import isodose
from isodose.desk.office import Office
from isodose.desk.policy import DeskPolicy
from isodose.store.database import open_database
from isodose.store.document import Document, named_by
from isodose.store.event import Stored
from isodose.store.find import by_number
from isodose.store.head import Head
from isodose.store.members import Member
from isodose.store.record import Record, open_record
from isodose.store.schema import migrate
from isodose.web.demo import courses, stories
from isodose.web.demo.courses import Course
from isodose.web.demo.members import MEMBERS
from isodose.web.demo.people import people
from isodose.web.demo.stories import Story, Telling

NOW = datetime(2026, 11, 27, 14, tzinfo=UTC)
"""The moment at which the record stands."""

PEOPLE = 12
"""How many of the demonstration's members requests are told of: grown-ups all."""

Stories = Sequence[tuple[Story, Course]]

CLOSED: Stories = (
    (stories.approved_at_once, courses.PROSTATE),
    (stories.approved_at_once, courses.TONGUE),
    (stories.approved_at_once, courses.LUNG),
    (stories.approved_at_once, courses.BRAIN),
    (stories.approved_at_once, courses.AGAIN),
    (stories.asked_and_approved, courses.BRAIN),
    (stories.asked_and_approved, courses.LUNG),
    (stories.judged_and_approved, courses.EAR),
    (stories.judged_and_approved, courses.METASTASIS),
    (stories.denied, courses.PALLIATIVE),
    (stories.partly_approved, courses.PROTON),
    (stories.withdrawn, courses.EAR),
)
OPEN: Stories = (
    (stories.for_review, courses.PALLIATIVE),
    (stories.for_review, courses.EAR),
    (stories.for_review, courses.PROTON),
    (stories.taken, courses.METASTASIS),
    (stories.with_physician, courses.PALLIATIVE),
    (stories.without_papers, courses.PROSTATE),
    (stories.without_papers, courses.BRAIN),
    (stories.asked, courses.UNSAID),
    (stories.returned, courses.TONGUE),
)
CLOSED_DAYS = tuple(15 + 30 * number for number in range(11))
OPEN_DAYS = tuple(0.1 + number / 2 for number in range(13))
OVERDUE_DAYS = (8,)
"""How many days ago each story begins."""


@dataclass(frozen=True, slots=True)
class Told:
    """A request of the desk: its events, its head, and who it is of."""

    history: tuple[Stored, ...]
    head: Head
    member: Member
    person: int


@dataclass(frozen=True, slots=True)
class All:
    """Everything that was told, with the documents."""

    closed: tuple[Told, ...]
    open: tuple[Told, ...]
    documents: tuple[Document, ...]


def tell_all() -> All:
    """Each story from each of its days on."""
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "told.db")
        database = open_database(where)
        migrate(database)
        database.close()
        record = open_record(where)
        serials = count(1)
        office = office_over(record, serials)
        closed = tuple(_told(office, CLOSED, CLOSED_DAYS))
        open_ = (*_told(office, OPEN, OPEN_DAYS), *_told(office, OPEN[:1], OVERDUE_DAYS))
        named = {sha256 for one in (*closed, *open_) for sha256 in _documents(one)}
        documents = tuple(record.document(sha256) for sha256 in sorted(named))
        record.close()
    return All(closed, open_, documents)


def office_over(record: Record, serials: Iterator[int]) -> Office:
    """The desk over a record, as the demonstration has it."""
    return Office(record, isodose.program("imrt"), DeskPolicy(), lambda: next(serials))


def _told(office: Office, told: Stories, days: Sequence[float]) -> Iterator[Told]:
    who = {account.name: account for account in people(NOW)}
    for number, ((story, course), ago) in enumerate(product(told, days)):
        member = replace(MEMBERS[number % PEOPLE], member_id=f"CP{9_000_000 + number}")
        telling = Telling(office, who, course, member, NOW - timedelta(days=ago), NOW)
        story(telling)
        case = office.sweep(telling.told, NOW)
        found = by_number(office.record.database, case.tracking)
        assert found is not None, "what was told is in the record"
        yield Told(office.record.history(case.tracking), found.head, member, number % PEOPLE)


def _documents(one: Told) -> Iterator[str]:
    for stored in one.history:
        yield from named_by(stored.event)
