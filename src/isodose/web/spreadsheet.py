"""A list as CSV, to be opened in a spreadsheet: nothing in it is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime

_FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for a formula; such a cell begins with an apostrophe."""


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """The columns' names, then a line for each row; lists are joined with ``;``, nothing is an empty cell."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return made.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = ";".join(map(str, value)) if isinstance(value, (list, tuple)) else as_text(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_text(value: object) -> str:
    """A moment as data has it; everything else as it is written."""
    return value.isoformat() if isinstance(value, datetime) else str(value)
