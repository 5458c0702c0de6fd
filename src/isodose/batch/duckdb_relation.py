"""The six added columns on a relation of your own, in your own DuckDB connection, to be filtered, joined and grouped like any other.

>>> import duckdb, isodose
>>> from isodose.batch.duckdb_relation import determined
>>> connection = duckdb.connect()
>>> cases = connection.sql("select '77386' as procedure_code, date '2025-11-03' as date_of_service")
>>> determined(connection, cases, isodose.program("imrt")).project("outcome, missing").fetchall()
[('information-needed', ['product'])]
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from isodose.batch.columns import FlatCase, flat_case_in
from isodose.compile.diagnosis_classes import classes_of
from isodose.compile.duckdb.codes import Table
from isodose.compile.duckdb.query import Query, query_of
from isodose.compile.duckdb.sql import name
from isodose.compile.expression import Kind
from isodose.compile.rows.flat_case import added_columns
from isodose.guideline.guideline import Guideline

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from isodose.determination.program import Program

_NUMBERS = frozenset({
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
})  # fmt: skip
_KINDS = {"BOOLEAN": Kind.YES_NO, "DATE": Kind.DATE} | dict.fromkeys(_NUMBERS, Kind.NUMBER)
_AS_TEXT = ("ENUM", "UUID", "JSON")


def determined(
    connection: DuckDBPyConnection,
    relation: DuckDBPyRelation,
    program: Program,
    *,
    names: Mapping[str, str] | None = None,
    as_known_on: date | None = None,
) -> DuckDBPyRelation:
    """The relation with six columns more: outcome, review_reason, basis, missing, edition, problem.

    ``names`` says which name the relation has for a column of the flat case, where it is another. Types of columns are declared:
    text in the column of a date is read as a date. The connection gets a few temporary tables (``isodose_…``); the relation is read
    twice, so it has to be the same both times. Raises ``isodose.batch.job.JobError`` if the relation has no column of a flat case, or
    has one of the six already.
    """
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    case, query = query_over(program.guideline, "isodose_relation", types, names or {}, as_known_on, typed=True)
    assert case.kinds
    for called, table in query.tables.items():
        create(connection, called, table)
    answered = relation.query("isodose_relation", query.sql)
    assert answered is not None, "a query that selects gives a relation"
    return answered


def query_over(  # noqa: PLR0913 (what a table is, and how it is asked)
    guideline: Guideline,
    relation: str,
    types: Mapping[str, str],
    names: Mapping[str, str],
    as_known_on: date | None,
    *,
    typed: bool,
    closed: bool = False,
) -> tuple[FlatCase, Query]:
    """The flat case that a relation with these columns (name to DuckDB's type) holds, and the query that adds the columns.

    ``closed`` as in ``query_of``.
    """
    case = flat_case_in(guideline, {column: kind_of(type_) for column, type_ in types.items()}, names)
    added = added_columns(guideline, case.kinds, as_known_on, typed=typed)
    cells = {column: cell_of(own, types[own]) for column, own in case.names.items()}
    return case, query_of(added, classes_of(guideline), relation, cells, closed=closed)


def kind_of(type_: str) -> Kind:
    """What a column of the type holds. Of those that hold nothing that a fact can be, it is only said that they are wrong."""
    if type_.endswith("[]"):
        return Kind.TEXTS
    base = type_.partition("(")[0].upper()
    return Kind.TEXT if base == "VARCHAR" or base in _AS_TEXT else _KINDS.get(base, Kind.NUMBER)


def cell_of(own: str, type_: str) -> str:
    """A column's cells as its kind has them."""
    if type_.endswith("[]") and type_.upper() != "VARCHAR[]":
        return f"cast({name(own)} as varchar[])"
    return f"cast({name(own)} as varchar)" if type_.partition("(")[0].upper() in _AS_TEXT else name(own)


def create(connection: DuckDBPyConnection, called: str, table: Table) -> None:
    """A temporary table of data in the connection."""
    connection.execute(f"create or replace temporary table {called} as {table.rows}", list(table.values))
