"""The input of one file as items, by the suffix of its name and by how it starts: CSV, JSON lines or JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath

from isodose.batch.csv_source import csv_items
from isodose.batch.items import FOREIGN, NOT_UTF_8, Fault, FhirResource, FlatRow, Item, RequestObject, refused
from isodose.batch.strict_json import JsonError, parse
from isodose.determination.cells import JSON_CELLS
from isodose.determination.record import ADDED
from isodose.determination.request import is_request, json_kind

__all__ = ["Fault", "FhirResource", "FlatRow", "Item", "RequestObject", "items_in"]

JSON_LINES = (".jsonl", ".ndjson")

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


def items_in(raw: bytes, name: str) -> Iterator[Item]:
    """What a file holds."""
    text = _text(raw)
    if isinstance(text, Fault):
        yield text
        return
    read = _reader(PurePath(name).suffix.lower(), text)
    foreign = FOREIGN.search(text)
    if foreign and read is _json:
        yield Fault(f"line {text.count(chr(10), 0, foreign.start()) + 1}", NOT_UTF_8)
    else:
        yield from read(text)


def _text(raw: bytes) -> str | Fault:
    """The text; a byte that is not UTF-8 stands in it as ``FOREIGN`` finds it, so that it costs its own row only."""
    text = raw.decode("utf-8-sig", "surrogateescape")
    if not text.strip():
        return Fault("", "the file is empty; give a request, flat cases or a FHIR Bundle")
    if _NOT_TEXT.search(text.partition("\n")[0]):
        return Fault("line 1", "this is not text; give JSON, JSON lines or CSV, saved as UTF-8")
    return text


def _reader(suffix: str, text: str) -> Callable[[str], Iterator[Item]]:
    if suffix in JSON_LINES:
        return _json_lines
    if text.lstrip()[0] in "{[":
        return _json_lines if _looks_like_lines(text) else _json
    return _json if suffix == ".json" else csv_items


def _looks_like_lines(text: str) -> bool:
    """Whether the first line is an object of its own and another line follows: no single JSON value looks so."""
    first, _, rest = text.strip().partition("\n")
    first, rest = first.strip(), rest.lstrip()
    if not rest or not (first.startswith("{") and first.endswith("}")):
        return False
    return rest.startswith("{") or _is_json(first)


def _is_json(text: str) -> bool:
    try:
        parse(text)
    except JsonError:
        return False
    return True


def _json(text: str) -> Iterator[Item]:
    try:
        value = parse(text)
    except JsonError as error:
        yield Fault(f"line {error.line}, column {error.column}", str(error))
        return
    if isinstance(value, list):
        yield from (_item(item, f"[{number}]") for number, item in enumerate(value))
    else:
        yield _item(value, "")


def _json_lines(text: str) -> Iterator[Item]:
    for number, line in enumerate(text.split("\n"), start=1):
        yield from json_line(line, number)


def json_line(line: str, number: int, added: Iterable[str] = ADDED) -> Iterator[Item]:
    """What one of JSON lines holds: an item, or nothing if it is blank. A flat case has none of the columns that are added."""
    if FOREIGN.search(line):
        yield Fault(f"line {number}", NOT_UTF_8)
    elif line.strip():
        try:
            yield _item(parse(line), f"line {number}", added)
        except JsonError as error:
            yield Fault(f"line {number}, column {error.column}", str(error))


def _item(value: object, place: str, added: Iterable[str] = ADDED) -> Item:
    if not isinstance(value, dict):
        return Fault(place, f"a request, a flat case or a FHIR Bundle is an object, not {json_kind(value)}")
    if "resourceType" in value:
        return FhirResource(place, value)
    if is_request(value):
        return RequestObject(place, value)
    return refused(value, place, added) or FlatRow(place, value, JSON_CELLS)
