"""Flat cases as CSV (RFC 4180). A row that cannot be read is one fault; those after it are read all the same."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from isodose.batch.items import FOREIGN, NOT_UTF_8, Fault, FlatRow, Item, refused
from isodose.determination.cells import TEXT_CELLS
from isodose.determination.record import ADDED
from isodose.guideline.problem import listed

csv.field_size_limit(2**31 - 1)  # a cell may be as long as the file, whose size is limited before it is read

MOST_READ_AGAIN = 1_000_000
"""Lines that are read a second time after quotes that close in the wrong place; a file with more of them is no CSV."""

_OTHER_SEPARATORS = re.compile(r"[;\t|]")
_CLOSED_TOO_EARLY = "',' expected after '\"'"


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The cells of a row, and the lines of the file on which it starts and ends."""

    first: int
    last: int
    cells: list[str]


def csv_items(text: str, added: Iterable[str] = ADDED) -> Iterator[Item]:
    """A flat case for each row below the header, which names none of the columns that are added."""
    rows = csv_rows(text)
    header = _header(next(rows, None), added)
    if isinstance(header, Fault):
        yield header
        return
    row: CsvRow | Fault | None = None
    for row in rows:
        yield row if isinstance(row, Fault) else _item(header, row)
    if row is None and len(header) == 1:
        yield Fault("line 1", "this is neither JSON nor a CSV header with rows below it")


def csv_rows(text: str) -> Iterator[CsvRow | Fault]:
    """All rows but blank lines; a row of commas alone is a case of which nothing is known.

    A quote that nothing closes, or closes in the wrong place, would swallow the rows below it: only the line on which its row
    starts is given up, and reading goes on with the next.
    """
    lines = list(io.StringIO(text, newline=""))
    start = read_again = 0
    while start < len(lines):
        reader = csv.reader((lines[number] for number in range(start, len(lines))), strict=True)
        first = start
        try:
            for cells in reader:
                if len(cells) > 1 or any(map(str.strip, cells)):
                    yield _row(first + 1, start + reader.line_num, cells)
                first = start + reader.line_num
        except csv.Error as error:
            yield Fault(f"line {first + 1}", _says(error, is_one_line=start + reader.line_num == first + 1))
            read_again += start + reader.line_num - first
        if read_again > MOST_READ_AGAIN:
            yield Fault(f"line {first + 2}", "nothing is read from here on: too many quotes close in the wrong place")
            return
        start = first + 1


def _row(first: int, last: int, cells: list[str]) -> CsvRow | Fault:
    return Fault(f"line {first}", NOT_UTF_8) if any(map(FOREIGN.search, cells)) else CsvRow(first, last, cells)


def _says(error: csv.Error, *, is_one_line: bool) -> str:
    if is_one_line and str(error) == _CLOSED_TOO_EARLY:
        return "a quoted cell goes on after its closing quote; write a quote inside it twice"
    return "a quote opens a cell and does not close it before a comma or the end of a line; close or remove it"


def _header(row: CsvRow | Fault | None, added: Iterable[str]) -> list[str] | Fault:
    """The names of the columns, empty for one that has none."""
    if not isinstance(row, CsvRow):
        return row or Fault("", "the file is empty; give a header and a row for each case")
    place = f"line {row.first}"
    names = [name.strip() for name in row.cells]
    if len(names) == 1 and (other := _OTHER_SEPARATORS.search(names[0])):
        name = "tabs" if other[0] == "\t" else f"`{other[0]}`"
        return Fault(place, f"the columns are separated by {name}; save the file as CSV, with commas")
    if not any(names):
        return Fault(place, "the header names no column; start with a row of column names")
    if names[0].startswith("<"):
        return Fault(place, "this is XML or HTML; give JSON, JSON lines or CSV")
    twice = sorted(name for name, count in Counter(filter(None, names)).items() if count > 1)
    if twice:
        return Fault(place, f"the column {listed(twice)} stands twice; keep one")
    return refused(names, place, added) or names


def _item(header: list[str], row: CsvRow) -> Item:
    if len(row.cells) != len(header):
        to = f" (to line {row.last})" if row.last > row.first else ""
        count = f"{len(row.cells)} cell{'' if len(row.cells) == 1 else 's'}"
        wrong = f"the row{to} has {count}, the header {len(header)}; quote a cell that holds a comma"
        return Fault(f"line {row.first}", wrong)
    named = enumerate(zip(header, row.cells, strict=True), start=1)
    cells = {name or f"column {number}": cell for number, (name, cell) in named if name or cell.strip()}
    return FlatRow(f"line {row.first}", cells, TEXT_CELLS)
