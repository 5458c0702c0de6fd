"""A list of requests as data: for programs, and for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from isodose.store.event import Json
from isodose.web.summary import Summary

_FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for a formula; such a cell begins with an apostrophe."""


def as_data(rows: Sequence[Summary]) -> list[dict[str, Json]]:
    return [_row(row) for row in rows]


def as_csv(rows: Sequence[Summary]) -> str:
    """A row for each request under names; lists are joined with ``;``."""
    made = io.StringIO()
    writer = csv.writer(made)
    data = as_data(rows) or [_row(None)]
    writer.writerow(data[0])
    writer.writerows([_cell(value) for value in row.values()] for row in (data if rows else []))
    return made.getvalue()


def _row(one: Summary | None) -> dict[str, Json]:
    return {
        "tracking": one.tracking if one else None,
        "state": one.state if one else None,
        "member": one.member if one else None,
        "codes": list(one.codes) if one else None,
        "diagnoses": list(one.diagnoses) if one else None,
        "start": str(one.start) if one and one.start else None,
        "why": one.reason.words if one else None,
        "due": one.due.at.isoformat() if one and one.due else None,
        "last": one.last.isoformat() if one and one.last else None,
    }


def _cell(value: Json) -> str:
    text = ";".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
