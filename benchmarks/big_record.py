"""A record as it is after years: what the desk wrote of a few hundred requests, copied to as many others as are wanted.

A copy has a tracking number, a member, authorization numbers and a hash chain of its own; all else of it, down to the whole
determination, is what the desk wrote. Copies share the documents of what they were copied from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count, islice, product
from pathlib import Path

from benchmarks.told import NOW, PEOPLE, Told, tell_all
from isodose.desk.number import MOST_REQUESTS, Kind, authorization_number, request_number
from isodose.store.database import open_database
from isodose.store.document import Document
from isodose.store.event import GENESIS, hash_of, instant_text
from isodose.store.members import Member, load_members
from isodose.store.practices import load_practices
from isodose.store.roster_file import RosterFile
from isodose.store.schema import migrate
from isodose.web.demo.members import MEMBERS
from isodose.web.demo.people import PRACTICES, add_people
from isodose.web.sign_in.policy import Cost, Policy

SIGN_IN = Policy(cost=Cost(8, 1, 1), second_factor=frozenset())
"""Nobody signs in with a password here."""

_STEP = 38_196_601
"""Coprime to the number of all serials: multiples of it are all different, in no order that an index likes."""

_AT_ONCE = 5_000
"""Requests of one transaction."""

_FAST = ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-400000", "foreign_keys=OFF")
_MADE_LAST = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
"""Indexes and triggers cost less once than with each row."""

_EVENT = 'INSERT INTO event (request, number, kind, at, "by", facts, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'
_HEAD = (
    "INSERT INTO head (request, number, at, state, practice, member, due, assigned, decided_by)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_NUMBER = "INSERT INTO authorization_number (authorization, request) VALUES (?, ?)"
_CODE = "INSERT INTO head_code (code, request) VALUES (?, ?)"

_FIRST, _LAST = zip(*((one.name or "").split(" ", 1) for one in MEMBERS[:PEOPLE]), strict=True)
_NAMES = [f"{first} {last}-{other}" for first, last, other in product(_FIRST, _LAST, _LAST)]


@dataclass(frozen=True, slots=True)
class Size:
    """How many requests, and members on the roster."""

    open: int = 10_000
    closed: int = 1_000_000
    members: int = 250_000


def make(where: Path, size: Size) -> None:
    """The record, in a file that is not there yet."""
    _begin(where, size)
    told = tell_all()
    closed, open_ = (list(map(_Mould, some)) for some in (told.closed, told.open))
    with closing(sqlite3.connect(where, isolation_level=None)) as raw:
        for pragma in _FAST:
            raw.execute(f"PRAGMA {pragma}")
        last = raw.execute(_MADE_LAST).fetchall()
        for kind, name, _ in last:
            raw.execute(f"DROP {kind} {name}")
        _keep(raw, told.documents)
        moulds = (closed[place % len(closed)] if place >= size.open else open_[place % len(open_)] for place in count())
        places = range(size.open + size.closed)
        copies = (mould.copy(place, size) for place, mould in zip(places, moulds, strict=False))
        while some := list(islice(copies, _AT_ONCE)):
            _write(raw, some)
        for *_, made in last:
            raw.execute(made)
        raw.execute("PRAGMA journal_mode=WAL")


def member(number: int) -> Member:
    """A member of the roster: one of the demonstration's people, with an id and a name of their own."""
    return replace(MEMBERS[number % PEOPLE], member_id=member_id(number), name=_NAMES[number // PEOPLE % len(_NAMES)])


def member_id(number: int) -> str:
    return f"CP{1_000_000 + number}"


def tracking(place: int) -> str:
    """The tracking number of the request that was copied at a place: the open ones first, then the closed."""
    return request_number(Kind.TRACKING, _serial(place))


def _serial(place: int) -> int:
    return place * _STEP % MOST_REQUESTS


def _begin(where: Path, size: Size) -> None:
    database = open_database(str(where))
    migrate(database)
    source, began = RosterFile("made up for the benchmark", "0" * 64, ()), NOW - timedelta(days=400)
    add_people(database, SIGN_IN, NOW)
    load_practices(database, source, PRACTICES, "rosa", began)
    load_members(database, source, map(member, range(size.members)), "rosa", began)
    database.close()


@dataclass(frozen=True, slots=True)
class _Copy:
    events: list[tuple[str | int, ...]]
    head: tuple[str | int | None, ...]
    authorizations: list[tuple[str, str]]
    codes: list[tuple[str, str]]


class _Mould:
    """What was told of one request, as text that is cut where the member's id stands."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.last = instant_text(told.history[-1].event.at)
        self.due = instant_text(told.head.due) if told.head.due else None
        self.events = [
            (event.kind, instant_text(event.at), event.by, event.written.split(told.member.member_id))
            for event in (stored.event for stored in told.history)
        ]
        whole = "".join(stored.event.written for stored in told.history)
        numbers = (told.history[0].request, *told.head.authorizations)
        assert not any(number in whole for number in numbers), "facts name no number of their own request"

    def copy(self, place: int, size: Size) -> _Copy:
        serial = _serial(place)
        request, head = request_number(Kind.TRACKING, serial), self.told.head
        people = size.members // PEOPLE
        whose = member_id(place % people * PEOPLE + self.told.person)
        lines = range(1, len(head.authorizations) + 1)
        row = (head.state, head.practice, whose, self.due, head.assigned, head.decided_by)
        return _Copy(
            list(self._chain(request, whose)),
            (request, len(self.events), self.last, *row),
            [(authorization_number(serial, line), request) for line in lines],
            [(code, request) for code in head.codes],
        )

    def _chain(self, request: str, whose: str) -> Iterator[tuple[str | int, ...]]:
        previous = GENESIS
        for number, (kind, at, by, facts) in enumerate(self.events, 1):
            written = (kind, at, by, whose.join(facts))
            digest = hash_of(previous, request, number, written)
            yield (request, number, *written, previous, digest)
            previous = digest


def _keep(raw: sqlite3.Connection, documents: Sequence[Document]) -> None:
    rows = [(one.sha256, one.media_type, one.content) for one in documents]
    raw.executemany("INSERT INTO document (sha256, media_type, content) VALUES (?, ?, ?)", rows)


def _write(raw: sqlite3.Connection, copies: Sequence[_Copy]) -> None:
    raw.execute("BEGIN")
    raw.executemany(_EVENT, (row for copy in copies for row in copy.events))
    raw.executemany(_HEAD, (copy.head for copy in copies))
    raw.executemany(_NUMBER, (row for copy in copies for row in copy.authorizations))
    raw.executemany(_CODE, (row for copy in copies for row in copy.codes))
    raw.execute("COMMIT")
