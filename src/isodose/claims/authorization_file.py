"""Reads a file of authorizations into the tables that a query of claims joins.

A cell that cannot be read would change somebody's answer, so the file is refused with its first such places.
"""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from isodose.batch.duckdb_files import relation_of, types_of
from isodose.batch.job import Format, JobError, Source
from isodose.claims.authorizations import COLUMNS, Status
from isodose.claims.by_member import BY_MEMBER
from isodose.claims.fits import ON_CLAIM
from isodose.claims.read_lines import without_space
from isodose.claims.services import ServiceBits
from isodose.compile.duckdb.sql import name, text, upper
from isodose.guideline.problem import did_you_mean, listed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OPTIONAL = ("from_date", "to_date", "ended_on", "units", "provider_npis", "decided")
"""Columns that a file may lack: no such bound, or nobody knows."""

_MOST_TOLD = 5
"""Rows that a refusal names."""


def read_authorizations(connection: DuckDBPyConnection, source: Source, bits: ServiceBits) -> None:
    """Makes the table ``isodose_authorizations`` and those of ``by_member.py``. Raises ``JobError``."""
    where = ", ".join(map(str, source.files[:1]))
    relation = _relation(source)
    types = types_of(connection, relation)
    lacking = [column for column in COLUMNS if column not in types and column not in OPTIONAL]
    if lacking:
        near = did_you_mean(lacking[0], tuple(types))
        raise JobError(f"{where}: authorizations need the column {listed(lacking)}{near}")
    connection.execute(f"create temporary table isodose_read as {_read(relation, types)}")
    wrong = list(_wrong(connection))
    if wrong:
        raise JobError(*(f"{where}: {one}" for one in wrong))
    connection.execute(
        f"create temporary table isodose_authorizations as {_AUTHORIZATIONS.format(bits=bits.of_authorization('codes'))}"
    )
    connection.execute("drop table isodose_read")
    for table, rows in BY_MEMBER.items():
        connection.execute(f"create temporary table {table} as {rows}")


def _relation(source: Source) -> str:
    if source.format is Format.PARQUET:
        return relation_of(source)
    files = "[" + ", ".join(text(str(file)) for file in source.files) + "]"
    if source.format is Format.CSV:
        return f"read_csv({files}, header = true, all_varchar = true, delim = ',', quote = '\"')"
    kinds = {"varchar[]": "varchar[]", "bigint": "bigint"}
    fields = ", ".join(f"{text(column)}: {text(kinds.get(type_, 'varchar'))}" for column, type_ in COLUMNS.items())
    return f"read_json({files}, format = 'newline_delimited', columns = {{{fields}}})"


def _read(relation: str, types: dict[str, str]) -> str:
    """Each column as its type, and beside it whether its cell says something else."""
    parts = ["row_number() over () as id"]
    for column, type_ in COLUMNS.items():
        read, wrong = _cell(name(column), types[column], type_) if column in types else ("null", "false")
        parts += [f"cast({read} as {type_}) as {column}", f"{wrong} as {name(f'wrong {column}')}"]
    return f"select {', '.join(parts)} from {relation}"


def _cell(cell: str, given: str, wanted: str) -> tuple[str, str]:
    """A cell read, and whether it is wrong."""
    if wanted == "varchar[]":
        entries = cell if given.endswith("[]") else f"string_split(cast({cell} as varchar), ';')"
        written = f"list_transform({entries}, lambda entry: {without_space('cast(entry as varchar)')})"
        found = f"list_filter({written}, lambda entry: entry is not null)"
        return f"case when len({found}) > 0 then {found} end", "false"
    if wanted == "varchar" or given.upper() == "VARCHAR":
        word = without_space(f"cast({cell} as varchar)")
        if wanted == "varchar":
            return word, "false"
        read = f"try_cast({word} as {wanted})"
        if wanted == "date":
            read = f"case when regexp_full_match({word}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') then {read} end"
        return read, f"({word} is not null and {read} is null)"
    return f"try_cast({cell} as {wanted})", f"({cell} is not null and try_cast({cell} as {wanted}) is null)"


def _wrong(connection: DuckDBPyConnection) -> Iterator[str]:
    """What is wrong, with the first rows in which it is."""
    asked = {f"`{column}` is not {_RIGHT[type_]}": name(f"wrong {column}") for column, type_ in COLUMNS.items()}
    asked |= {
        f"`{column}` is missing": f"({column} is null)"
        for column in COLUMNS
        if column not in OPTIONAL and column != "status"
    }
    offered = ", ".join(text(status) for status in Status)
    asked[f"`status` is none of {listed(Status)}"] = f"(coalesce(lower(status), '') not in ({offered}))"
    asked["`units` is below 0"] = "coalesce(units < 0, false)"
    for says, when in asked.items():
        query = f"select count(*), min(id, {_MOST_TOLD}) from isodose_read where {when}"
        count, rows = connection.execute(query).fetchone() or (0, [])
        if count:
            more = f" and {count - len(rows):,} more" if count > len(rows) else ""
            yield f"{says} in row {', '.join(map(str, rows))}{more}"


_RIGHT = {"varchar": "text", "varchar[]": "a list", "date": "a date like 2025-12-31", "bigint": "a whole number"}


_AUTHORIZATIONS = f"""
select id, authorization_number as number, {ON_CLAIM.format("authorization_number")} as on_claim, member_id as member,
    list_transform(procedure_codes, lambda code: {upper("code")}) as codes, {{bits}} as services,
    coalesce(from_date, date '0001-01-01') as since, coalesce(to_date, date '9999-12-31') as until, from_date, ended_on as ended,
    units, provider_npis as npis, lower(status) as status, decided
from isodose_read
"""
