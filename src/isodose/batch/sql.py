"""The query that adds the six columns to a table, as a text that runs in DuckDB alone: its data stands in it."""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from isodose.compile.diagnosis_classes import classes_of
from isodose.compile.duckdb.codes import Table
from isodose.compile.duckdb.query import query_of
from isodose.compile.duckdb.sql import name, text
from isodose.compile.expression import Kind
from isodose.compile.rows.flat_case import added_columns
from isodose.compile.rows.reading import OWN_KIND
from isodose.guideline.guideline import Guideline


def sql_text(guideline: Guideline, relation: str, names: Mapping[str, str], as_known_on: date | None) -> str:
    """The query over a table of that name, which has all columns of a flat case with their types, under these names."""
    kinds = {column: OWN_KIND.get(fact.type, Kind.TEXT) for column, fact in guideline.columns.items()}
    added = added_columns(guideline, kinds, as_known_on, typed=True)
    cells = {column: name(names.get(column, column)) for column in kinds}
    query = query_of(added, classes_of(guideline), name(relation), cells)
    data = ",\n".join(f"{called} as ({_values(table)})" for called, table in query.tables.items())
    return _head(guideline, relation, kinds, names) + query.sql.replace("with ", f"with {data},\n", 1) + "\n"


def _head(guideline: Guideline, relation: str, kinds: Mapping[str, Kind], names: Mapping[str, str]) -> str:
    lines = [
        f"-- {guideline.id}: the six columns of a determination, added to each row of {relation}.",
        "-- Its columns:",
    ]
    lines += [f"--   {names.get(column, column)}: {kind.value}" for column, kind in kinds.items()]
    return "\n".join([*lines, ""])


def _values(table: Table) -> str:
    rows = ",\n".join(f"({', '.join(map(_literal, row))})" for row in zip(*table.values, strict=True))
    columns = ", ".join(map(name, table.columns))
    typed = ", ".join(f"cast({name(column)} as {type_}) as {name(column)}" for column, type_ in table.columns.items())
    if not rows:
        return (
            f"select {typed} from (values ({', '.join(['null'] * len(table.columns))})) as empty({columns}) where false"
        )
    return f"select {typed} from (values {rows}) as data({columns})"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return text(value) if isinstance(value, str) else str(value)
