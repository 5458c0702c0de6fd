"""The rows of a roster's file, CSV or Parquet, each with its place; all that cannot be read is said at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from isodose.batch.csv_source import csv_items
from isodose.batch.items import Fault, FlatRow
from isodose.determination.cells import shown
from isodose.guideline.dates import date_from
from isodose.guideline.problem import did_you_mean, listed
from isodose.guideline.text import trimmed
from isodose.store.errors import StoreError

T = TypeVar("T")

PARQUET, CSV = ".parquet", ".csv"


class UnreadableCellError(ValueError):
    """What is wrong with a cell, and what would be right."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by column, and where it stands in the file."""

    place: str
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A file as it was read: its name, its SHA-256, its rows."""

    name: str
    sha256: str
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Problems:
    """All that is wrong with a file, each with its place, in the order in which it was found."""

    file: str
    found: list[str] = field(default_factory=list)

    def add(self, place: str, message: str) -> None:
        self.found.append(": ".join(filter(None, (self.file, place, message))))

    def read(self, row: Row, column: str, reader: Callable[[object], T]) -> T | None:
        """A cell as its type, or None, and a problem."""
        try:
            return reader(row.cells.get(column))
        except UnreadableCellError as error:
            self.add(row.place, f"`{column}`: {error}")
            return None


def read_roster_file(path: Path, required: Sequence[str], optional: Sequence[str], problems: Problems) -> RosterFile:
    """The file's rows. Raises ``StoreError`` where it cannot be read at all, ``ModuleNotFoundError`` for Parquet without Polars."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    readers = {CSV: _csv_rows, PARQUET: _parquet_rows}
    if path.suffix.lower() not in readers:
        raise StoreError(f"{path}: the suffix does not say what is in it; name it .csv or .parquet")
    rows = tuple(readers[path.suffix.lower()](raw, problems))
    if rows and not _columns_are_right(rows[0], required, optional, problems):
        rows = ()
    elif not rows and not problems.found:
        problems.add("", f"the file has no rows; a header with {listed(required)} and a row below it are needed")
    return RosterFile(path.name, hashlib.sha256(raw).hexdigest(), rows)


def text_cell(raw: object) -> str:
    if raw is None or (isinstance(raw, str) and not trimmed(raw)):
        raise UnreadableCellError("it is empty")
    if not isinstance(raw, str) or not trimmed(raw).isprintable():
        raise UnreadableCellError(f"{shown(raw)} is not text")
    return trimmed(raw)


def optional_text_cell(raw: object) -> str | None:
    return None if raw is None or (isinstance(raw, str) and not trimmed(raw)) else text_cell(raw)


def date_cell(raw: object) -> date:
    found = raw if type(raw) is date else date_from(text_cell(raw)) if isinstance(raw, str) or raw is None else None
    if found is None:
        raise UnreadableCellError(f"{shown(raw)} is not a date: write it as YYYY-MM-DD")
    return found


def optional_date_cell(raw: object) -> date | None:
    return None if raw is None or (isinstance(raw, str) and not trimmed(raw)) else date_cell(raw)


def _csv_rows(raw: bytes, problems: Problems) -> Iterator[Row]:
    for item in csv_items(raw.decode("utf-8-sig", "surrogateescape")) if raw.strip() else ():
        if isinstance(item, Fault):
            problems.add(item.place, item.message)
        elif isinstance(item, FlatRow):
            yield Row(item.place, item.row)


def _parquet_rows(raw: bytes, problems: Problems) -> Iterator[Row]:
    import polars as pl

    try:
        table = pl.read_parquet(raw)
    except (pl.exceptions.PolarsError, OSError):
        problems.add("", "this is no Parquet file")
        return
    for number, cells in enumerate(table.iter_rows(named=True), start=1):
        yield Row(f"row {number}", cells)


def _columns_are_right(row: Row, required: Sequence[str], optional: Sequence[str], problems: Problems) -> bool:
    """Whether there is all that is required; a column that nobody knows is a problem, but its rows can be read."""
    known = [*required, *optional]
    for name in row.cells:
        if name not in known:
            problems.add("", f"there is no column `{name}`{did_you_mean(name, known)}")
    lacking = [name for name in required if name not in row.cells]
    if lacking:
        problems.add("", f"the column {listed(lacking)} is missing")
    return not lacking
