"""Claim lines as CSV or JSON lines: brought into one file of rows, with each cell as it was written and as the text that is read of it.

JSON declares a type for each cell. What has none that its column could have becomes a text that cannot be read, so that its line is
returned for correction and not answered by guessing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from isodose.batch.duckdb_files import lines_in, one_type
from isodose.batch.items import Fault, FlatRow, Item
from isodose.batch.job import JobError, Progress, Source
from isodose.batch.text_rows import json_text, text_items, type_of
from isodose.claims.line import NEEDED, TEXTS
from isodose.claims.read_lines import Table
from isodose.guideline.facts import FactType
from isodose.guideline.guideline import Guideline

_READ = "isodose read "
_ROW = "isodose row number"
_NO_LINE = "this is no claim line; give a row or an object for each line"


@dataclass(frozen=True, slots=True)
class _Read:
    """What a column is called in the lines, and whether a number may stand in it."""

    name: str
    number: bool


@dataclass(slots=True)
class _Found:
    """What the rows have: their columns with the types of their cells, and what could not be read."""

    columns: dict[str, set[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0


def table_of_text(
    guideline: Guideline, source: Source, names: Mapping[str, str], folder: Path, progress: Progress
) -> tuple[Table, list[Fault]]:
    """The lines as a table in the folder, and what could not be read. Raises ``JobError`` if no line is there.

    ``names`` are the columns that the lines call otherwise.
    """
    known = {column: _Read(names.get(column, column), number) for column, number in _known(guideline).items()}
    found, path = _Found(), folder / "lines.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in _rows(source, progress, known, found):
            stream.write(f"{json_text(row)}\n")
    if not found.rows:
        says = found.faults[0] if found.faults else Fault(str(source.files[0]), "no claim lines are in it")
        raise JobError(f"{says.place}: {says.message}")
    own = {column: _READ + column for column, read in known.items() if read.name in found.columns}
    types = {column: one_type(kinds - {""}) for column, kinds in found.columns.items()}
    all_types = types | dict.fromkeys(own.values(), "varchar")
    relation = f"({lines_in(path, all_types | {_ROW: 'bigint'})})"
    return Table(relation, all_types, f'"{_ROW}"', typed=False, own=own, shown=tuple(types)), found.faults


def _known(guideline: Guideline) -> dict[str, bool]:
    """The columns that are read, each with whether a number may stand in it."""
    facts = {column: fact.type is FactType.NUMBER for column, fact in guideline.columns.items()}
    return facts | dict.fromkeys(TEXTS, True)


def _rows(source: Source, progress: Progress, known: Mapping[str, _Read], found: _Found) -> Iterator[dict[str, object]]:
    needed = {known[column].name for column in NEEDED}
    for file, item in text_items(source, progress, added=()):  # what a line may not have is told of the whole table
        row = _row(item, needed)
        if isinstance(row, Fault):
            found.faults.append(row.in_file(file))
            continue
        found.rows += 1
        for column, cell in row.items():
            found.columns.setdefault(column, set()).add(type_of(cell))
        read = {
            _READ + one: _as_text(row[own.name], number=own.number) for one, own in known.items() if own.name in row
        }
        yield {**row, **read, _ROW: found.rows}


def _row(item: Item, needed: set[str]) -> Mapping[str, object] | Fault:
    if isinstance(item, Fault):
        return item
    if not isinstance(item, FlatRow):
        return Fault(item.place, _NO_LINE)
    return item.row if needed & item.row.keys() else Fault(item.place, _NO_LINE)


def _as_text(cell: object, *, number: bool) -> str | None:
    """What is read of a cell: a text as it stands, the entries of a list joined, a number where one belongs."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, list) and all(one is None or isinstance(one, str) for one in cell):
        return ";".join(one or "" for one in cell) or None
    written = json.dumps(cell, default=str, ensure_ascii=False)
    is_number = not isinstance(cell, (bool, list, dict))
    return written if number and is_number else f"{written} without quotes"
