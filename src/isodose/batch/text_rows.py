"""A batch of text, row by row: cells are read and determined exactly as `isodose decide` does, and what cannot be read is told.

JSON declares a type for each cell and not for a column, so its rows are no table that an engine of columns could take.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO

from isodose.batch.columns import flat_case_in
from isodose.batch.csv_source import csv_items
from isodose.batch.inputs import json_line
from isodose.batch.items import Fault, FlatRow, Item
from isodose.batch.job import Format, Job, JobError, Progress, Source, Summary
from isodose.compile.expression import Kind
from isodose.determination.case import is_case
from isodose.determination.program import Program
from isodose.determination.record import ADDED, added

_NO_ROW = "a batch takes flat cases; `isodose decide` takes requests and FHIR Bundles"
_NO_CASE = "no column of a flat case is in it; `isodose export csv-template` prints them"
_STEP = 1000
"""Rows between two reports of the progress."""


class Rows:
    """The rows of a job's files with the added columns; counts what it answers and keeps what it cannot read."""

    def __init__(self, job: Job, progress: Progress) -> None:
        self._job = job
        self._progress = progress
        self._program = Program(job.guideline)
        self._counts: Counter[tuple[str, str | None]] = Counter()
        self.faults: list[Fault] = []
        self.columns: dict[str, set[str]] = {}

    def __iter__(self) -> Iterator[dict[str, object]]:
        for file, item in text_items(self._job.source, self._progress):
            answered = self._answered(item)
            if isinstance(answered, Fault):
                self.faults.append(answered.in_file(file))
            else:
                yield answered
        if not self._counts:
            says = self.faults[0] if self.faults else Fault(str(self._job.source.files[0]), "no cases are in it")
            raise JobError(f"{says.place}: {says.message}")

    def summary(self) -> Summary:
        """What has been answered so far."""
        outcomes: Counter[str] = Counter()
        for (outcome, _), count in sorted(self._counts.items(), key=str):
            outcomes[outcome] += count
        reasons = {reason: count for (_, reason), count in sorted(self._counts.items(), key=str) if reason}
        return Summary(outcomes, reasons, tuple(self.faults), self._notes())

    def _answered(self, item: Item) -> dict[str, object] | Fault:
        if isinstance(item, Fault):
            return item
        if not isinstance(item, FlatRow):
            return Fault(item.place, _NO_ROW)
        names = self._job.names
        row = {ours: item.row[own] for ours in self._known(item.row) if (own := names.get(ours, ours)) in item.row}
        if not is_case(row, self._job.guideline):
            return Fault(item.place, _NO_CASE)
        for name, cell in item.row.items():
            self.columns.setdefault(name, set()).add(type_of(cell))
        answer = added(self._program.determine(row, self._job.as_known_on, item.cells))
        self._counts[str(answer["outcome"]), _text(answer["review_reason"])] += 1
        return {**item.row, **answer}

    def _known(self, row: Mapping[str, object]) -> list[str]:
        """The columns of a flat case that a row may have: its own names, and those that are mapped."""
        mapped = self._job.names
        return [*(name for name in row if name not in mapped and name not in mapped.values()), *mapped]

    def _notes(self) -> tuple[str, ...]:
        return flat_case_in(self._job.guideline, dict.fromkeys(self.columns, Kind.TEXT), self._job.names).notes


def text_items(source: Source, progress: Progress, added: Iterable[str] = ADDED) -> Iterator[tuple[Path, Item]]:
    """What the files of texts hold, in their order, each with its file; the share that is read is told now and then.

    A row that has one of the columns that are ``added`` is a fault.
    """
    sizes = {file: file.stat().st_size for file in source.files}
    before = 0
    for file in source.files:
        with file.open("rb") as raw, _unpacked(raw, file) as stream:
            if source.format is Format.CSV:
                for item in csv_items(stream.read().decode("utf-8-sig", "surrogateescape"), added):
                    yield file, item
            else:
                for number, line in enumerate(stream, start=1):
                    if number % _STEP == 0:
                        progress((before + raw.tell()) / max(1, sum(sizes.values())), None)
                    text = line.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape")
                    for item in json_line(text.removesuffix("\n"), number, added):
                        yield file, item
        before += sizes[file]


def _unpacked(raw: BinaryIO, file: Path) -> BinaryIO:
    return gzip.GzipFile(fileobj=raw) if file.suffix.lower() == ".gz" else raw  # type: ignore[return-value]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def type_of(cell: object) -> str:
    """The type of a column that can hold the cell."""
    if isinstance(cell, bool):
        return "boolean"
    if isinstance(cell, list) and all(entry is None or isinstance(entry, str) for entry in cell):
        return "varchar[]"
    return "" if cell is None else "varchar" if isinstance(cell, (str, date)) else "json"


def json_text(row: Mapping[str, object]) -> str:
    """A row on a line of JSON; numbers that were written with a point are written as they were."""
    return json.dumps(row, ensure_ascii=False, default=_number, separators=(", ", ": "))


def _number(value: object) -> object:
    number = float(str(value))
    return number if str(number) == str(value) else str(value)
