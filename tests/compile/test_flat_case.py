"""The six added columns, as expressions over a row, say of each row what the engine says of the case."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from tests.determination.imrt_cases import imrt
from tests.shared_data import needed

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.expression import Kind
from isodose.compile.python import value_of
from isodose.compile.rows.flat_case import Added, added_columns
from isodose.determination.cells import JSON_CELLS, TEXT_CELLS, Cells
from isodose.determination.record import added
from isodose.guideline.facts import FactType
from isodose.guideline.guideline import Guideline

Row = Mapping[str, Any]

IMRT = imrt()
COLUMNS = IMRT.guideline.columns
CLASSES = DiagnosisClasses(IMRT.guideline)

OF_THEIR_OWN = {
    FactType.YES_NO: Kind.YES_NO,
    FactType.DATE: Kind.DATE,
    FactType.CODES: Kind.TEXTS,
    FactType.NUMBER: Kind.NUMBER,
}


def kinds_of(guideline: Guideline) -> dict[str, Kind]:
    """The columns of a table with types."""
    return {column: OF_THEIR_OWN.get(fact.type, Kind.TEXT) for column, fact in guideline.columns.items()}


TYPED = kinds_of(IMRT.guideline)
TEXT = dict.fromkeys(COLUMNS, Kind.TEXT)

KNOWN_ON = [None, date(2025, 1, 20), date(2025, 2, 10)]

ODD_CELLS = [
    *("", "  ", " 77386 ", "7738", "77386;77385", "g6015", "\u2028", "absent", "x" * 60, "İmrt"),
    *("C61", "c61.", "C18", "C18;C61", "Z51.0", "Z51.0;E11.9", "C61 ;; c79.31", "61C", "C00.1;C00.1", "C61;nonsense;�"),
    *("imrt", " IMRT ", "imtr", "ma-hmo", "MA-PPO", "true", "False", "yes", "1", "curative"),
    *("2025-11-03", "2025-11-3", "20251103", "2025-02-29", "1890-01-01", "2026-03-01", "2025-10-01", " 2025-12-31 "),
]
"""Cells as people and programs write them; each is tried in each column."""

COMPLETE = {
    "date_of_service": "2025-11-03",
    "member_birth_date": "1960-05-01",
    "product": "ma-hmo",
    "procedure_code": "77386",
    "diagnosis_codes": "C61",
    "technique": "imrt",
    "treatment_intent": "curative",
    "dose_escalation_concern": "true",
    "previously_irradiated": "false",
    "radiation_required": "true",
    "concurrent_proton_therapy": "false",
}


def differences(
    rows: Iterable[Row], columns: Mapping[str, Kind], cells: Cells, known_on: date | None = None
) -> list[tuple[Row, dict[str, object]]]:
    """The rows of which the expressions say something else than the engine."""
    compiled = added_columns(IMRT.guideline, columns, known_on, typed=cells.typed)
    found = []
    for row in rows:
        answer = {field.name: value_of(getattr(compiled, field.name), row, CLASSES) for field in fields(Added)}
        if answer != added(IMRT.determine(row, known_on, cells)):
            found.append((row, answer))
    return found


def conformance_cases() -> list[dict[str, Any]]:
    folder = needed("guideline", "conformance")
    return [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]


def as_text(row: Row) -> Row:
    """The row as CSV writes it."""
    return {name: written(cell) for name, cell in row.items() if name in COLUMNS}


def written(cell: object) -> str | None:
    if isinstance(cell, bool):
        return str(cell).lower()
    return ";".join(code or "" for code in cell) if isinstance(cell, list) else None if cell is None else str(cell)


def typed(row: Row) -> Row | None:
    """The row as a table with types holds it; None where a date is none, which such a table cannot hold."""
    cells = dict(row)
    try:
        for column, kind in TYPED.items():
            if kind is Kind.DATE and isinstance(cells.get(column), str):
                cells[column] = date.fromisoformat(cells[column])
    except ValueError:
        return None
    return cells if not isinstance(cells.get("diagnosis_codes"), str) else None


@pytest.mark.slow
@pytest.mark.parametrize("known_on", KNOWN_ON)
def test_conformance_cases_in_a_table_with_types(known_on: date | None) -> None:
    rows = [cells for row in conformance_cases() if (cells := typed(row))]
    assert len(rows) > 1900
    assert differences(rows, TYPED, JSON_CELLS, known_on) == []


@pytest.mark.slow
def test_conformance_cases_as_text() -> None:
    assert differences(map(as_text, conformance_cases()), TEXT, TEXT_CELLS) == []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_cell_that_is_odd_or_wrong(column: str) -> None:
    assert differences([COMPLETE | {column: cell} for cell in ODD_CELLS], TEXT, TEXT_CELLS) == []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_that_the_table_lacks_is_unknown(column: str) -> None:
    row = {name: cell for name, cell in COMPLETE.items() if name != column}
    assert differences([row], dict.fromkeys(row, Kind.TEXT), TEXT_CELLS) == []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_of_another_kind_cannot_be_right(column: str) -> None:
    row = {**{name: cell for name, cell in COMPLETE.items() if TYPED[name] is Kind.TEXT}, column: 7}
    columns = {name: Kind.NUMBER if name == column else Kind.TEXT for name in row}
    assert differences([row, {**row, column: None}], columns, JSON_CELLS) == []


def test_the_same_expression_is_the_same_object() -> None:
    first, second = (added_columns(IMRT.guideline, TYPED, typed=True) for _ in range(2))
    assert first == second
