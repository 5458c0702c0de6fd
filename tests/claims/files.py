"""Files of claim lines and authorizations, written and read again by DuckDB for the tests."""

# ruff: noqa: S608 - the SQL is the tests' own
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from isodose.claims.authorizations import COLUMNS as AUTHORIZATION

LINE = {
    "claim_id": "varchar",
    "line": "integer",
    "member_id": "varchar",
    "member_birth_date": "date",
    "member_since": "date",
    "product": "varchar",
    "date_of_service": "date",
    "course_begun": "date",
    "procedure_code": "varchar",
    "modifiers": "varchar[]",
    "units": "integer",
    "provider_npi": "varchar",
    "technique": "varchar",
    "diagnosis_codes": "varchar[]",
    "authorization_number": "varchar",
    "note": "varchar",
}


def write(rows: list[dict[str, Any]], path: Path, types: dict[str, str]) -> Path:
    """The rows as a file in the format of its suffix."""
    raw = path.with_suffix(".raw")
    raw.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows), "utf-8")
    if path.suffix == ".jsonl":
        return raw.rename(path)
    fields = ", ".join(f"'{column}': '{type_}'" for column, type_ in types.items())
    lists = [column for column, type_ in types.items() if type_.endswith("[]")]
    joined = ", ".join(f"array_to_string({column}, ';') as {column}" for column in lists)
    chosen = f"* replace ({joined})" if path.suffix == ".csv" else "*"
    with duckdb.connect() as made:
        made.execute(
            f"copy (select {chosen} from read_json('{raw}', format = 'newline_delimited', columns = {{{fields}}})) to '{path}'"
        )
    return path


def write_lines(rows: list[dict[str, Any]], path: Path) -> Path:
    return write(rows, path, LINE)


def write_authorizations(rows: list[dict[str, Any]], path: Path) -> Path:
    return write(rows, path, AUTHORIZATION)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """What a Parquet file holds."""
    with duckdb.connect() as made:
        found = made.execute(f"from '{path}'")
        names = [one[0] for one in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
