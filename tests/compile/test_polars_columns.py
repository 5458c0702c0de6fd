"""The six added columns as Polars computes them, against the engine of single cases."""

from collections.abc import Sequence

import polars as pl
import pytest
from tests.compile.tables import CLASSES, POLARS_TYPES, TABLES, Row, Table, differences, each_table, every_code

from isodose.compile.polars.columns import add_columns


def frame_of(table: Table) -> pl.LazyFrame:
    rows = [{name: row.get(name) for name in table.kinds} for row in table.rows]
    return pl.LazyFrame(rows, schema={name: POLARS_TYPES[kind] for name, kind in table.kinds.items()})


def answers(table: Table) -> Sequence[Row]:
    classes = CLASSES(table.program.guideline)
    return add_columns(frame_of(table), table.added, classes).collect(engine="streaming").to_dicts()


@each_table()
def test_each_row_is_answered_as_the_engine_answers_it(name: str) -> None:
    for table in TABLES[name]():
        assert differences(table, answers(table)) == []


@pytest.mark.slow
def test_every_code_of_the_release() -> None:
    table = every_code()
    assert len(table.rows) > 90_000
    assert differences(table, answers(table)) == []
