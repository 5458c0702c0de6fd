"""A list of requests as data: for programs, and for spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence

from isodose.store.event import Json
from isodose.web.spreadsheet import csv_text
from isodose.web.summary import Summary

COLUMNS = ("tracking", "state", "member", "codes", "diagnoses", "start", "why", "due", "last")


def as_data(rows: Sequence[Summary]) -> list[dict[str, Json]]:
    return [_row(row) for row in rows]


def as_csv(rows: Sequence[Summary]) -> str:
    return csv_text(COLUMNS, as_data(rows))


def _row(one: Summary) -> dict[str, Json]:
    values: tuple[Json, ...] = (
        one.tracking,
        one.state,
        one.member,
        list(one.codes),
        list(one.diagnoses),
        str(one.start) if one.start else None,
        one.reason.words,
        one.due.at.isoformat() if one.due else None,
        one.last.isoformat() if one.last else None,
    )
    return dict(zip(COLUMNS, values, strict=True))
