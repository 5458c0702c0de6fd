"""Members as on the plan's roster: who they are, and when they were covered by which product."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from isodose.guideline.text import as_word
from isodose.store import roster
from isodose.store.database import Database
from isodose.store.event import Json
from isodose.store.roster import Kind
from isodose.store.roster_file import (
    Problems,
    RosterFile,
    Row,
    date_cell,
    optional_date_cell,
    optional_text_cell,
    read_roster_file,
    text_cell,
)

REQUIRED = ("member_id", "birth_date", "product", "coverage_start")
OPTIONAL = ("coverage_end", "name", "address", "group")
"""The columns: a row for each span of coverage. An empty end is open."""

LONGEST_LIFE = 130
"""Years; a birth date before that is a slip."""


@dataclass(frozen=True, slots=True, order=True)
class Coverage:
    """A span of coverage, both days included; no end, as far as is known."""

    start: date
    end: date | None
    product: str

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Member:
    """One member; ``coverage`` in the order of its starts, no two spans on one day. ``address`` is where letters go, ``group`` whose primary care it is."""

    member_id: str
    birth_date: date
    name: str | None
    coverage: tuple[Coverage, ...]
    address: str | None = None
    group: str | None = None

    def product_on(self, day: date) -> str | None:
        """The product that covers the member on a day."""
        return next((span.product for span in self.coverage if span.holds_on(day)), None)


def find_member(
    database: Database, member_id: str, birth_date: date, known_at: datetime | None = None
) -> Member | None:
    """The member with this id who was born on this day. A wrong id and a wrong day are answered alike: there is none."""
    body = roster.entry(database, Kind.MEMBERS, member_id, known_at)
    found = None if body is None else _member(member_id, body)
    return found if found and found.birth_date == birth_date else None


def find_members(database: Database, wanted: Iterable[tuple[str, date]]) -> dict[tuple[str, date], Member]:
    """The same for many, each by id and birth date, in one look; those that are not there are left out."""
    asked = set(wanted)
    bodies = roster.some_entries(database, Kind.MEMBERS, {id_ for id_, _ in asked})
    found = ((id_, born, _member(id_, bodies[id_])) for id_, born in asked if id_ in bodies)
    return {(id_, born): member for id_, born, member in found if member.birth_date == born}


def read_members(path: Path, today: date) -> tuple[RosterFile, list[Member], list[str]]:
    """The members of a file, and all that is wrong with it. Raises ``StoreError`` if it cannot be read at all."""
    problems = Problems(str(path))
    file = read_roster_file(path, REQUIRED, OPTIONAL, problems)
    members: dict[str, tuple[Member, Row]] = {}
    for row in file.rows:
        if found := _read(row, today, problems):
            earlier = members.get(found.member_id)
            members[found.member_id] = (
                (_together(*earlier, found, row, problems), earlier[1]) if earlier else (found, row)
            )
    return file, [member for member, _ in members.values()], problems.found


def load_members(
    database: Database, file: RosterFile, members: Iterable[Member], by: str, now: datetime
) -> roster.Loaded:
    entries = {member.member_id: _body(member) for member in members}
    return roster.load(database, Kind.MEMBERS, entries, roster.Source(file.name, file.sha256, by, now))


def _read(row: Row, today: date, problems: Problems) -> Member | None:
    """The member of one row, with one span."""
    member_id = problems.read(row, "member_id", text_cell)
    birth_date = problems.read(row, "birth_date", date_cell)
    product = problems.read(row, "product", text_cell)
    start = problems.read(row, "coverage_start", date_cell)
    before = len(problems.found)
    end = problems.read(row, "coverage_end", optional_date_cell)
    name, address, group = (problems.read(row, column, optional_text_cell) for column in ("name", "address", "group"))
    if birth_date and (birth_date > today or birth_date.year < today.year - LONGEST_LIFE):
        problems.add(row.place, f"`birth_date`: nobody who is covered was born on {birth_date}")
    if start and end and end < start:
        problems.add(row.place, f"`coverage_end`: {end} is before the start, {start}")
    if not (member_id and birth_date and product and start) or len(problems.found) > before:
        return None
    coverage = (Coverage(start, end, as_word(product)),)
    return Member(member_id, birth_date, name, coverage, address, as_word(group) if group else None)


def _together(member: Member, first: Row, other: Member, row: Row, problems: Problems) -> Member:
    """The member of several rows: they say the same of the person, and their spans lie apart."""
    for what in ("birth_date", "name", "address", "group"):
        here, there = getattr(other, what), getattr(member, what)
        if here != there:
            problems.add(
                row.place,
                f"`{what}`: {other.member_id} has {here or 'none'} here and {there or 'none'} at {first.place}",
            )
    [new] = other.coverage
    for span in member.coverage:
        if new.start <= (span.end or date.max) and span.start <= (new.end or date.max):
            until = f"to {span.end}" if span.end else "without an end"
            problems.add(row.place, f"`coverage_start`: {other.member_id} is covered from {span.start} {until} already")
    return replace(member, coverage=tuple(sorted((*member.coverage, new), key=_start)))


def _start(span: Coverage) -> date:
    return span.start


def _body(member: Member) -> Json:
    coverage: list[Json] = [
        {"start": span.start.isoformat(), "end": span.end.isoformat() if span.end else None, "product": span.product}
        for span in member.coverage
    ]
    return {
        "birth_date": member.birth_date.isoformat(),
        "name": member.name,
        "address": member.address,
        "coverage": coverage,
        **({"group": member.group} if member.group else {}),
    }


def _member(member_id: str, body: Any) -> Member:
    coverage = tuple(
        Coverage(
            date.fromisoformat(span["start"]),
            date.fromisoformat(span["end"]) if span["end"] else None,
            span["product"],
        )
        for span in body["coverage"]
    )
    born, name = date.fromisoformat(body["birth_date"]), body["name"]
    return Member(member_id, born, name, coverage, body.get("address"), body.get("group"))
