"""The input of one file as items: flat rows, requests and Bundles, each with its place, and faults where nothing can be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from isodose.batch.strict_json import JsonError, parse
from isodose.determination.cells import JSON_CELLS, TEXT_CELLS, Cells, shown
from isodose.determination.record import ADDED
from isodose.determination.request import is_request
from isodose.guideline.problem import listed

JSON_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be read at all: where in the file (empty: the whole), what is wrong and what would be right."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class FlatRow:
    """One flat case."""

    place: str
    row: Mapping[str, object]
    cells: Cells


@dataclass(frozen=True, slots=True)
class RequestObject:
    """A request, not yet looked into."""

    place: str
    request: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FhirResource:
    """A FHIR resource, not yet looked into."""

    place: str
    resource: Mapping[str, object]


Item = Fault | FlatRow | RequestObject | FhirResource
Reader = Callable[[str], Iterator[Item]]


def items_in(raw: bytes, name: str) -> Iterator[Item]:
    """What a file holds, by the suffix of its name; without a known one by how it starts."""
    text = _text(raw)
    if isinstance(text, Fault):
        yield text
    else:
        yield from _reader(PurePath(name).suffix.lower(), text)(text)


def _text(raw: bytes) -> str | Fault:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Fault(f"line {raw.count(b'\n', 0, error.start) + 1}", "this is not UTF-8 text; save the file as UTF-8")
    if not text.strip():
        return Fault("", "the file is empty; give a request, flat cases or a FHIR Bundle")
    if _NOT_TEXT.search(text.partition("\n")[0]):
        return Fault("line 1", "this is not text; give JSON, JSON lines or CSV, saved as UTF-8")
    return text


def _reader(suffix: str, text: str) -> Reader:
    if suffix in JSON_LINES:
        return _json_lines
    if suffix == ".csv":
        return _csv
    if text.lstrip()[0] not in "{[":
        return _json if suffix == ".json" else _csv
    return _json_lines if _looks_like_lines(text) else _json


def _looks_like_lines(text: str) -> bool:
    """Whether each of the first two lines is an object of its own: no JSON value starts so."""
    first, _, rest = text.strip().partition("\n")
    second = rest.lstrip().partition("\n")[0]
    return all(
        line.strip().startswith("{") and line.rstrip().endswith("}") for line in (first, second) if line
    ) and bool(second)


def _json(text: str) -> Iterator[Item]:
    try:
        value = parse(text)
    except JsonError as error:
        yield Fault(f"line {error.line}, column {error.column}", str(error))
        return
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield _item(item, f"[{number}]")
    else:
        yield _item(value, "")


def _json_lines(text: str) -> Iterator[Item]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield _item(parse(line), f"line {number}")
            except JsonError as error:
                yield Fault(f"line {number}, column {error.column}", str(error))


def _item(value: object, place: str) -> Item:
    if not isinstance(value, dict):
        return Fault(place, f"a request, a flat case or a FHIR Bundle is an object, not {json_kind(value)}")
    if "resourceType" in value:
        return FhirResource(place, value)
    if is_request(value):
        return RequestObject(place, value)
    return _refused(value, place) or FlatRow(place, value, JSON_CELLS)


def _csv(text: str) -> Iterator[Item]:
    rows = csv_rows(text)
    first = next((row for row in rows if isinstance(row, Fault) or any(map(str.strip, row.cells))), None)
    header = _header(first)
    if isinstance(header, Fault):
        yield header
        return
    for row in rows:
        yield row if isinstance(row, Fault) else _csv_row(header, row)


def _header(row: CsvRow | Fault | None) -> list[str] | Fault:
    """The names of the columns; one without a name is called by its number."""
    if row is None or isinstance(row, Fault):
        return row or Fault("", "the file is empty; give a header and a row for each case")
    place = f"line {row.first}"
    if len(row.cells) == 1 and (other := re.search(r"[;\t|]", row.cells[0])):
        return Fault(place, f"the columns are separated by {_SEPARATORS[other[0]]}; save the file as CSV with commas")
    if row.cells[0].lstrip().startswith("<"):
        return Fault(place, "this is XML or HTML; give JSON, JSON lines or CSV")
    names = [name.strip() or f"column {number}" for number, name in enumerate(row.cells, start=1)]
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        return Fault(place, f"the column {listed(twice)} stands twice; keep one")
    return _refused(dict.fromkeys(names), place) or names


def _csv_row(header: list[str], row: CsvRow) -> Item:
    if len(row.cells) != len(header):
        to = f" (to line {row.last})" if row.last > row.first else ""
        wrong = f"the row{to} has {_cells(len(row.cells))}, the header {len(header)}; quote a cell that holds a comma"
        return Fault(f"line {row.first}", wrong)
    cells = dict(zip(header, row.cells, strict=True))
    return FlatRow(f"line {row.first}", cells, TEXT_CELLS)


def _cells(count: int) -> str:
    return f"{count} cell{'' if count == 1 else 's'}"


def _refused(row: Mapping[str, object], place: str) -> Fault | None:
    """An input column with the name of an added one would be lost."""
    taken = [name for name in ADDED if name in row]
    if taken:
        return Fault(place, f"the column {listed(taken)} is one that the answer adds; rename it")
    return None
