"""Tables of rows for engines of columns, each with what the engine of single cases answers to its rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import inf, nan
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.compile.test_flat_case import (
    COMPLETE,
    KNOWN_ON,
    ODD_CELLS,
    TEXT,
    TYPED,
    as_text,
    conformance_cases,
    kinds_of,
    typed,
)
from tests.determination.imrt_cases import imrt

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.expression import Kind
from isodose.compile.rows.flat_case import Added, added_columns
from isodose.determination.cells import JSON_CELLS, TEXT_CELLS, Cells
from isodose.determination.program import Program
from isodose.determination.record import added
from isodose.guideline.load import load_or_raise
from isodose.guideline.worked_case import worked_cases

Row = Mapping[str, Any]

POLARS_TYPES: Mapping[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.YES_NO: pl.Boolean(),
    Kind.NUMBER: pl.Float64(),
    Kind.DATE: pl.Date(),
    Kind.TEXTS: pl.List(pl.String()),
}

IMRT = imrt()
ODD_NUMBERS = [
    "25",
    "25.0",
    "+25.1",
    "-3",
    "1e5",
    "25,5",
    "٢٥",
    "nan",
    "inf",
    " 4082.33133 ",
    "007",
    ".5",
    "5.",
    "9" * 30,
]


CLASSES = cache(DiagnosisClasses)
"""Of a guideline, made once."""


@dataclass(frozen=True)
class Table:
    """Rows whose cells are of these kinds, as people write them (``TEXT_CELLS``) or as JSON has them."""

    program: Program
    rows: Sequence[Row]
    kinds: Mapping[str, Kind]
    cells: Cells
    known_on: date | None = None

    @property
    def added(self) -> Added:
        return added_columns(self.program.guideline, self.kinds, self.known_on, typed=self.cells.typed)

    @property
    def right(self) -> list[dict[str, object]]:
        """What the engine of single cases says of each row."""
        return [added(self.program.determine(row, self.known_on, self.cells)) for row in self.rows]


FOR_EVERY_DAY = ("worked cases", "odd cells")
"""Of the tables that each engine answers; the others are slow."""


def each_table(*but: str) -> pytest.MarkDecorator:
    """A case for each table but these."""
    marks = {name: () if name in FOR_EVERY_DAY else pytest.mark.slow for name in TABLES if name not in but}
    return pytest.mark.parametrize("name", [pytest.param(name, marks=marks[name]) for name in marks])


def differences(table: Table, answers: Iterable[Row]) -> list[tuple[Row, dict[str, object], dict[str, object]]]:
    """The rows that are answered otherwise: the row, what is right, what was said."""
    answered = [{name: answer[name] for name in Added.__dataclass_fields__} for answer in answers]
    return [
        (row, right, said) for row, right, said in zip(table.rows, table.right, answered, strict=True) if right != said
    ]


@cache
def diabetes() -> Program:
    """The second guideline: numbers with units, months, at least N, absent."""
    return Program(load_or_raise(Path(__file__).parents[1] / "second_guideline" / "diabetes-screening"))


def worked(program: Program) -> Table:
    """Its worked cases, as CSV holds them; those with a reviewer's findings are no rows."""
    cases = worked_cases(program.guideline, [])
    rows = [case.facts for case in cases if not any(case.findings.values()) and case.as_known_on is None]
    assert len(rows) > 40
    return Table(program, rows, dict.fromkeys(program.guideline.columns, Kind.TEXT), TEXT_CELLS)


def conformance_typed(known_on: date | None) -> Table:
    rows = [cells for row in conformance_cases() if (cells := typed(row))]
    return Table(IMRT, rows, TYPED, JSON_CELLS, known_on)


def conformance_text() -> Table:
    return Table(IMRT, list(map(as_text, conformance_cases())), TEXT, TEXT_CELLS)


def odd_text() -> Table:
    """Every column with every odd cell, in a case that is complete else."""
    rows = [COMPLETE | {column: cell} for column in IMRT.guideline.columns for cell in ODD_CELLS]
    return Table(IMRT, rows, TEXT, TEXT_CELLS)


def odd_lists() -> Table:
    """Lists of codes as JSON has them, with what does not belong there."""
    lists = [
        None,
        [],
        [""],
        [None],
        ODD_CELLS,
        *([cell] for cell in ODD_CELLS),
        ["C61", None, "E11.9"],
    ]
    complete = typed({**COMPLETE, "diagnosis_codes": [], **dict.fromkeys(_YES_NO, True)})
    assert complete
    return Table(IMRT, [{**complete, "diagnosis_codes": entries} for entries in lists], TYPED, JSON_CELLS)


_YES_NO = [column for column, kind in TYPED.items() if kind is Kind.YES_NO]


def lacking() -> list[Table]:
    """A table for each column that it lacks."""
    rows = [{name: cell for name, cell in COMPLETE.items() if name != column} for column in COMPLETE]
    return [Table(IMRT, [row], dict.fromkeys(row, Kind.TEXT), TEXT_CELLS) for row in rows]


OTHER_CELLS = {
    Kind.NUMBER: 7.5,
    Kind.YES_NO: True,
    Kind.DATE: date(2025, 11, 3),
    Kind.TEXTS: ['C61"', "é\n\\", None],
    Kind.TEXT: "C61",
}


def of_another_kind() -> list[Table]:
    """As many tables as there are kinds: each column is of each kind once."""
    kinds = list(OTHER_CELLS)
    tables = []
    for turn in range(len(kinds)):
        of_column = {name: kinds[(place + turn) % len(kinds)] for place, name in enumerate(TYPED)}
        row = {name: OTHER_CELLS[kind] for name, kind in of_column.items()}
        tables.append(Table(IMRT, [row, dict.fromkeys(row)], of_column, JSON_CELLS))
    return tables


def odd_numbers() -> Table:
    """Every number of the second guideline as text, with every odd cell, in its worked cases of an approval."""
    table = worked(diabetes())
    case = next(row for row in table.rows if row.get("bmi"))
    columns = [column for column, fact in table.program.guideline.columns.items() if fact.type == "number"]
    rows = [{**case, column: cell} for column in columns for cell in ODD_NUMBERS]
    return Table(table.program, rows, table.kinds, TEXT_CELLS)


def typed_numbers() -> Table:
    """Numbers in columns of their own, on both sides of the bounds and where doubles are near them."""
    program = diabetes()
    kinds = kinds_of(program.guideline)
    case = {"date_of_service": date(2005, 6, 1), "procedure_code": "82947", "product": "part-b", "referral": True}
    numbers = [
        None,
        0.0,
        24.999999999999996,
        25.0,
        25.000000000000004,
        25.1,
        99.0,
        100.0,
        4082.33,
        4082.34,
        -1.0,
        1e29,
        nan,
        inf,
    ]
    columns = [column for column, kind in kinds.items() if kind is Kind.NUMBER]
    rows = [{**case, "early_detection": True, column: number} for column in columns for number in numbers]
    return Table(program, rows, kinds, JSON_CELLS)


def every_code() -> Table:
    """Every code of the release, in a case that its list decides."""
    case = {**COMPLETE, "treatment_intent": "curative"}
    rows = [case | {"diagnosis_codes": entry.code} for entry in IMRT.guideline.release.between("A", "Z")]
    return Table(IMRT, rows, TEXT, TEXT_CELLS)


TABLES: dict[str, Callable[[], list[Table]]] = {
    "worked cases": lambda: [worked(IMRT)],
    "worked cases of a second guideline": lambda: [worked(diabetes())],
    "conformance cases": lambda: [conformance_typed(known_on) for known_on in KNOWN_ON],
    "conformance cases as text": lambda: [conformance_text()],
    "odd cells": lambda: [odd_text()],
    "odd lists": lambda: [odd_lists()],
    "odd numbers": lambda: [odd_numbers()],
    "numbers in columns of their own": lambda: [typed_numbers()],
    "a column less": lacking,
    "a column of another kind": of_another_kind,
}
