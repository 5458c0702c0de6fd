"""CSV content with the line of each row; columns are checked by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from isodose.guideline.problem import Place, Problem, did_you_mean, listed


def rows_from(
    text: str, file: str, required: tuple[str, ...], optional: tuple[str, ...] | None, problems: list[Problem]
) -> Iterator[tuple[dict[str, str], Place]]:
    """Each row as column to trimmed cell, with its place. ``optional`` None allows any further column."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if _header_is_right(header, file, required, optional, problems):
            yield from _rows(reader, header, file, problems)
    except csv.Error as error:
        problems.append(Problem(Place(file, reader.line_num), f"this is not CSV: {error}"))


def _header_is_right(
    header: list[str], file: str, required: tuple[str, ...], optional: tuple[str, ...] | None, problems: list[Problem]
) -> bool:
    missing = [name for name in required if name not in header]
    if missing:
        problems.append(Problem(Place(file), f"{file} lacks the column {listed(missing)}"))
    for name in header:
        if optional is not None and name not in required + optional:
            near = did_you_mean(name, required + optional)
            problems.append(Problem(Place(file), f"{file} has no column `{name}`{near}"))
    return not missing


def _rows(
    reader: Iterator[list[str]], header: list[str], file: str, problems: list[Problem]
) -> Iterator[tuple[dict[str, str], Place]]:
    line = 1
    for cells in reader:
        line = getattr(reader, "line_num", line + 1)
        if not cells:
            continue
        if len(cells) != len(header):
            message = f"this row has {len(cells)} cells, the header {len(header)}; quote a cell that holds a comma"
            problems.append(Problem(Place(file, line), message))
            continue
        yield {name: cell.strip() for name, cell in zip(header, cells, strict=True)}, Place(file, line)
