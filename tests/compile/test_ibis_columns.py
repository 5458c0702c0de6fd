"""The six added columns as engines compute them that Ibis speaks to, Spark and DuckDB, against the engine of single cases."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import ibis
import polars as pl
import pytest
from ibis.expr import types
from tests.compile.tables import CLASSES, POLARS_TYPES, TABLES, Row, Table, differences, each_table, every_code

from isodose.compile.ibis.columns import add_columns

pytestmark = pytest.mark.filterwarnings("ignore:fetch_.* is deprecated:DeprecationWarning")
"""Ibis 12 speaks to DuckDB 2 in words of DuckDB 1."""

ROW = "row"
Read = Callable[[Path], types.Table]


ON_SPARK = ["worked cases", "odd cells"]
"""Spark plans the query of a table for minutes: it gets two, and they say most."""


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """Reads a Parquet file as a table of DuckDB."""
    backend = ibis.duckdb.connect()
    yield backend.read_parquet
    backend.disconnect()


def answers(table: Table, read: Read, folder: Path) -> Sequence[Row]:
    """Engines give rows in any order, so they are numbered."""
    schema = {ROW: pl.Int64(), **{name: POLARS_TYPES[kind] for name, kind in table.kinds.items()}}
    rows = [{ROW: number, **{name: row.get(name) for name in table.kinds}} for number, row in enumerate(table.rows)]
    file = folder / "rows.parquet"
    pl.DataFrame(rows, schema=schema).write_parquet(file)
    answered = add_columns(read(file), table.added, CLASSES(table.program.guideline))
    found: list[Row] = answered.to_pyarrow().to_pylist()
    return sorted(found, key=lambda row: int(row[ROW]))


@pytest.mark.slow
@each_table("a column less")  # what is not there is nothing that an engine writes
def test_each_row_is_answered_as_the_engine_answers_it(name: str, read: Read, tmp_path: Path) -> None:
    for table in TABLES[name]():
        assert differences(table, answers(table, read, tmp_path)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ON_SPARK)
def test_each_row_is_answered_on_spark_too(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    read = ibis.pyspark.connect(request.getfixturevalue("spark")).read_parquet
    for table in TABLES[name]():
        assert differences(table, answers(table, read, tmp_path)) == []


@pytest.mark.slow
def test_every_code_of_the_release(read: Read, tmp_path: Path) -> None:
    table = every_code()
    assert len(table.rows) > 90_000
    assert differences(table, answers(table, read, tmp_path)) == []
