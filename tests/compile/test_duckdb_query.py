"""The six added columns as DuckDB computes them, against the engine of single cases."""

from collections.abc import Iterator, Sequence

import duckdb
import pytest
from tests.compile.tables import CLASSES, TABLES, Row, Table, differences, each_table, every_code

from isodose.compile.duckdb.codes import Table as DataTable
from isodose.compile.duckdb.query import query_of
from isodose.compile.duckdb.sql import name
from isodose.compile.expression import Kind

DUCKDB_TYPES = {
    Kind.TEXT: "varchar",
    Kind.YES_NO: "boolean",
    Kind.NUMBER: "double",
    Kind.DATE: "date",
    Kind.TEXTS: "varchar[]",
}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def create(connection: duckdb.DuckDBPyConnection, called: str, table: DataTable) -> None:
    connection.execute(f"create table {called} as {table.rows}", list(table.values))


def answers(connection: duckdb.DuckDBPyConnection, table: Table, *, closed: bool = False) -> Sequence[Row]:
    """The table's rows with the added columns, in their order."""
    given = DataTable(
        {"row": "integer"} | {column: DUCKDB_TYPES[kind] for column, kind in table.kinds.items()},
        [list(range(len(table.rows))), *([row.get(column) for row in table.rows] for column in table.kinds)],
    )
    create(connection, "given", given)
    cells = {column: name(column) for column in table.kinds}
    query = query_of(table.added, CLASSES(table.program.guideline), "given", cells, closed=closed)
    for called, data in query.tables.items():
        create(connection, called, data)
    rows = connection.execute(f'from ({query.sql}) order by "row"').fetchall()
    names = [one[0] for one in connection.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


@each_table()
@pytest.mark.parametrize("closed", [False, True], ids=["text", "enumerations"])
def test_each_row_is_answered_as_the_engine_answers_it(name: str, *, closed: bool) -> None:
    for one in TABLES[name]():
        with duckdb.connect() as connection:
            assert differences(one, answers(connection, one, closed=closed)) == []


@pytest.mark.slow
def test_every_code_of_the_release(connection: duckdb.DuckDBPyConnection) -> None:
    table = every_code()
    assert len(table.rows) > 90_000
    assert differences(table, answers(connection, table)) == []
