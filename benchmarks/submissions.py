"""Submissions with their determination, beside the same statements through ``sqlite3`` alone, in turns on one record.

The statements are those that the desk sends for other submissions into an empty record, with their values; beside them the peer
does nothing: no determination, no hash, no JSON.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event

from benchmarks.big_record import member
from benchmarks.measure import Cost, cost
from benchmarks.told import NOW, office_over
from isodose.desk.acts import Submit
from isodose.desk.case import Case
from isodose.desk.number import MOST_REQUESTS, Kind, request_number
from isodose.desk.office import Office, Sent
from isodose.desk.role import By, Role
from isodose.store.database import open_database
from isodose.store.record import Record, open_record
from isodose.store.schema import migrate
from isodose.web.demo import courses
from isodose.web.demo.courses import content_of, line_of, papers_of

COURSES = (courses.PROSTATE, courses.TONGUE, courses.LUNG, courses.BRAIN, courses.EAR, courses.PALLIATIVE)
START = NOW.date().replace(month=12, day=7)
KIM = By("kim", Role.REQUESTER, "elm-street")

Statements = list[tuple[str, Any]]
Submission = tuple[Submit, Sent]


def submissions(where: Path, record: Record, number: int) -> dict[str, list[Cost]]:
    """What each cost, the bare statements first."""
    random = Random()  # noqa: S311 (no secret; another run of it submits for others)
    ours, theirs = ([_submission(random) for _ in range(number + 1)] for _ in range(2))
    drawn = (random.randrange(MOST_REQUESTS) for _ in count())
    serials = iter(list(islice((one for one in drawn if _is_free(record, one)), 2 * number + 2)))
    office = office_over(record, serials)
    costs: dict[str, list[Cost]] = {"the same statements, sqlite3": [], "a submission, with its determination": []}
    with closing(_connected(where)) as raw:
        for one, written in zip(ours, _statements(theirs, serials), strict=True):
            costs["the same statements, sqlite3"].append(cost(_execution(raw, written)))
            costs["a submission, with its determination"].append(cost(_acting(office, one)))
    return {name: some[1:] for name, some in costs.items()}


def _is_free(record: Record, serial: int) -> bool:
    """Whether no request of the record has this number: the bare statements cannot draw another."""
    return not record.history(request_number(Kind.TRACKING, serial))


def _submission(random: Random) -> Submission:
    """A request with two documents, as a practice sends it."""
    course, who = random.choice(COURSES), member(random.randrange(250_000))
    papers = papers_of(course, who)
    what = Submit(
        (line_of(course, START),),
        content_of(course, who, START),
        NOW,
        documents=tuple(one.sha256 for one in papers.documents),
        evidence=papers.evidence,
        names=papers.names,
        details={"request": random.randbytes(8).hex()},
    )
    return what, Sent(papers.documents)


def _acting(office: Office, one: Submission) -> Callable[[], None]:
    def act() -> None:
        answer = office.submit(one[0], KIM, NOW, one[1])
        assert isinstance(answer, Case), answer

    return act


def _execution(raw: sqlite3.Connection, written: Statements) -> Callable[[], None]:
    """The statements; a transaction ends where the next one begins."""

    def execute() -> None:
        for statement, values in written:
            if statement.startswith("BEGIN") and raw.in_transaction:
                raw.execute("COMMIT")
            run = raw.executemany if isinstance(values, list) else raw.execute
            run(statement, values).fetchall()
        raw.execute("COMMIT")

    return execute


def _statements(some: list[Submission], serials: Iterator[int]) -> Iterator[Statements]:
    """What the desk sends to the database for each."""
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "empty.db")
        database = open_database(where)
        migrate(database)
        database.close()
        with closing(open_record(where)) as record:
            office = office_over(record, serials)
            for one in some:
                with _noted(record) as written:
                    _acting(office, one)()
                yield written


@contextmanager
def _noted(record: Record) -> Iterator[Statements]:
    written: Statements = []

    def note(*told: Any) -> None:
        _, _, statement, values, _, many = told
        written.append((statement, list(values) if many else values))

    event.listen(record.database.engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(record.database.engine, "before_cursor_execute", note)


def _connected(where: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(where, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {pragma}")
    return raw
