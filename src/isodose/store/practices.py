"""Practices that send requests, as the plan lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from isodose.store import roster
from isodose.store.database import Database
from isodose.store.event import Json
from isodose.store.npi import npi_problem
from isodose.store.roster import Kind
from isodose.store.roster_file import (
    Problems,
    RosterFile,
    Row,
    UnreadableCellError,
    optional_text_cell,
    read_roster_file,
    text_cell,
)

REQUIRED = ("practice_id", "name", "npi")
OPTIONAL = ("phone", "fax", "address")
"""The columns: a row for each practice."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice; ``npi`` is the organization's own."""

    practice_id: str
    name: str
    npi: str
    phone: str | None = None
    fax: str | None = None
    address: str | None = None


def find_practice(database: Database, practice_id: str, known_at: datetime | None = None) -> Practice | None:
    body = roster.entry(database, Kind.PRACTICES, practice_id, known_at)
    return None if body is None else _practice(practice_id, body)


def all_practices(database: Database) -> list[Practice]:
    """Those on the list now, by name."""
    found = [_practice(id_, body) for id_, body in roster.entries_of(database, Kind.PRACTICES).items()]
    return sorted(found, key=lambda practice: (practice.name.casefold(), practice.practice_id))


def read_practices(path: Path) -> tuple[RosterFile, list[Practice], list[str]]:
    """The practices of a file, and all that is wrong with it. Raises ``StoreError`` if it cannot be read at all."""
    problems = Problems(str(path))
    file = read_roster_file(path, REQUIRED, OPTIONAL, problems)
    found: dict[str, tuple[Practice, Row]] = {}
    of_npi: dict[str, Row] = {}
    for row in file.rows:
        practice = _read(row, problems)
        if practice and practice.practice_id in found:
            first = found[practice.practice_id][1].place
            problems.add(row.place, f"`practice_id`: {practice.practice_id} stands at {first} already")
        elif practice and practice.npi in of_npi:
            problems.add(
                row.place, f"`npi`: {practice.npi} is that of another practice, at {of_npi[practice.npi].place}"
            )
        elif practice:
            found[practice.practice_id], of_npi[practice.npi] = (practice, row), row
    return file, [practice for practice, _ in found.values()], problems.found


def load_practices(
    database: Database, file: RosterFile, practices: Iterable[Practice], by: str, now: datetime
) -> roster.Loaded:
    entries = {practice.practice_id: _body(practice) for practice in practices}
    return roster.load(database, Kind.PRACTICES, entries, roster.Source(file.name, file.sha256, by, now))


def npi_cell(raw: object) -> str:
    """An NPI as text or, as spreadsheets have it, as a number."""
    text = str(raw) if type(raw) is int else text_cell(raw)
    if problem := npi_problem(text):
        raise UnreadableCellError(f"`{text}`: {problem}")
    return text


def _read(row: Row, problems: Problems) -> Practice | None:
    practice_id, name = problems.read(row, "practice_id", text_cell), problems.read(row, "name", text_cell)
    npi = problems.read(row, "npi", npi_cell)
    phone, fax, address = (problems.read(row, column, optional_text_cell) for column in OPTIONAL)
    if not (practice_id and name and npi):
        return None
    return Practice(practice_id, name, npi, phone, fax, address)


def _body(practice: Practice) -> Json:
    return {name: getattr(practice, name) for name in (*REQUIRED[1:], *OPTIONAL)}


def _practice(practice_id: str, body: Any) -> Practice:
    return Practice(practice_id, **body)
