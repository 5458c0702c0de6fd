"""CSV content with the line of each row; columns are checked by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from isodose.guideline.problem import Place, Problem, did_you_mean, listed, nearest


def rows_from(
    text: str, file: str, required: tuple[str, ...], optional: tuple[str, ...] | None, problems: list[Problem]
) -> Iterator[tuple[dict[str, str], Place]]:
    """Each row as column to trimmed cell, with its place. ``optional`` None allows any further column."""
    (header, _), *rows = _lines(text, file, problems) or [([], 1)]
    if _header_is_right(header, file, required, optional, problems):
        yield from _rows(rows, header, file, problems)


def _lines(text: str, file: str, problems: list[Problem]) -> list[tuple[list[str], int]]:
    """The trimmed cells of each row that is not blank, with the line where it starts; up to what is no CSV."""
    reader = csv.reader(io.StringIO(text), strict=True)
    found: list[tuple[list[str], int]] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.append(Problem(Place(file, line), f"this is not CSV: {error}"))
            return found
        if cells is None:
            return found
        if cells:
            found.append(([cell.strip() for cell in cells], line))


def _header_is_right(
    header: list[str], file: str, required: tuple[str, ...], optional: tuple[str, ...] | None, problems: list[Problem]
) -> bool:
    unknown = [name for name in header if optional is not None and name not in required + optional]
    lacking = [name for name in required if name not in header]
    if len(lacking) == len(required):
        unknown = []  # the first line is no header at all
    for name in unknown:
        near = did_you_mean(name, required + (optional or ()))
        problems.append(Problem(Place(file), f"{file} has no column `{name}`{near}", unknown=name))
    meant = [nearest(name, required + (optional or ())) for name in unknown]
    if untold := [name for name in lacking if name not in meant]:
        problems.append(Problem(Place(file), f"{file} lacks the column {listed(untold)}"))
    return not lacking


def _rows(
    rows: list[tuple[list[str], int]], header: list[str], file: str, problems: list[Problem]
) -> Iterator[tuple[dict[str, str], Place]]:
    lengths = {len(cells) for cells, _ in rows}
    if len(rows) > 1 and len(lengths) == 1 and len(header) not in lengths:
        problems.append(Problem(Place(file), f"the header has {len(header)} cells, the rows {lengths.pop()}"))
        return
    for cells, line in rows:
        if cells == header:
            problems.append(Problem(Place(file, line), "this row repeats the header"))
        elif len(cells) == len(header):
            yield dict(zip(header, cells, strict=True)), Place(file, line)
        else:
            message = f"this row has {len(cells)} cells, the header {len(header)}; quote a cell that holds a comma"
            problems.append(Problem(Place(file, line), message))
