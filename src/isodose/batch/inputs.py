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
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        yield Fault(f"line {line}", "this is not UTF-8 text; save the file as UTF-8")
        return
    if not text.strip():
        yield Fault("", "the file is empty; give a request, flat cases or a FHIR Bundle")
        return
    yield from _reader(PurePath(name).suffix.lower(), text)(text)


def _reader(suffix: str, text: str) -> Reader:
    if suffix in JSON_LINES:
        return _json_lines
    if suffix == ".csv":
        return _csv
    if text.lstrip()[0] not in "{[":
        return _json if suffix == ".json" else _csv
    return _json if suffix == ".json" or not _looks_like_lines(text) else _json_lines


def _looks_like_lines(text: str) -> bool:
    """Whether each of the first two lines is an object of its own."""
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
            yield _item(item, f"[{number}]", "an object")
    else:
        yield _item(value, "", "an object (a request, a flat case or a FHIR Bundle)")


def _json_lines(text: str) -> Iterator[Item]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield _item(parse(line), f"line {number}", "an object")
            except JsonError as error:
                yield Fault(f"line {number}, column {error.column}", str(error))


def _item(value: object, place: str, expected: str) -> Item:
    if not isinstance(value, dict):
        return Fault(place, f"{expected} is expected, not {shown(value)}")
    if "resourceType" in value:
        return FhirResource(place, value)
    if is_request(value):
        return RequestObject(place, value)
    return _refused(value, place) or FlatRow(place, value, JSON_CELLS)


def _csv(text: str) -> Iterator[Item]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        fault = _header_fault(header)
        if fault:
            yield fault
            return
        for cells in reader:
            if cells:
                yield _csv_row(header, cells, reader.line_num)
    except csv.Error as error:
        yield Fault(f"line {reader.line_num}", f"this is not CSV: {error}")


def _csv_row(header: list[str], cells: list[str], line: int) -> Item:
    if len(cells) != len(header):
        wrong = f"the row has {len(cells)} cells, the header {len(header)}; quote a cell that holds a comma"
        return Fault(f"line {line}", wrong)
    return FlatRow(f"line {line}", dict(zip(header, cells, strict=True)), TEXT_CELLS)


def _header_fault(header: list[str]) -> Fault | None:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        return Fault("line 1", f"the column {listed(twice)} stands twice; keep one")
    return _refused(dict.fromkeys(header), "line 1")


def _refused(row: Mapping[str, object], place: str) -> Fault | None:
    """An input column with the name of an added one would be lost."""
    taken = [name for name in ADDED if name in row]
    if taken:
        return Fault(place, f"the column {listed(taken)} is one that the answer adds; rename it")
    return None
