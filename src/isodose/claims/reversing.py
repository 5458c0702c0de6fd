"""Lines that give back what they have drawn: which they are, by a file, and the file of what was given back."""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from isodose.batch.duckdb_files import connection_beside, lines_in, relation_of, types_of, written_to
from isodose.batch.job import Format, JobError, Source, Target
from isodose.claims.read_lines import without_space
from isodose.compile.duckdb.sql import name, text
from isodose.guideline.problem import did_you_mean, listed
from isodose.store.drawn import ClaimLine, Draw

_NAMED = ("claim_id", "line")
_GIVEN = {
    "claim": "claim_id",
    "line": "line",
    "authorization": "authorization_number",
    "units": "units",
    "day": "date_of_service",
}
"""A draw's fields, and the columns of a claim line that hold them."""


def lines_named(source: Source, names: Mapping[str, str]) -> list[ClaimLine]:
    """The lines of a file by claim and number, each once; ``names`` as in a claims job. Raises ``JobError``."""
    own = [names.get(column, column) for column in _NAMED]
    with TemporaryDirectory(prefix="isodose-") as folder, connection_beside(Path(folder)) as (connection, _):
        relation = _relation(source, own)
        types = types_of(connection, relation)
        if lacking := [column for column in own if column not in types]:
            near = did_you_mean(lacking[0], tuple(types))
            raise JobError(f"{source.files[0]}: lines that give back need the column {listed(lacking)}{near}")
        read = ", ".join(without_space(f"cast({name(column)} as varchar)") for column in own)
        rows = connection.execute(f"select distinct {read} from {relation} order by all").fetchall()
        return [(claim, line) for claim, line in rows if claim is not None and line is not None]


def write_given_back(given: Iterable[Draw], target: Target) -> None:
    """Which line gave back how many units of which authorization."""
    types = {"claim": "varchar", "line": "varchar", "authorization": "varchar", "units": "bigint", "day": "date"}
    columns = ", ".join(f"{name(own)} as {column}" for own, column in _GIVEN.items())
    with connection_beside(target.path.absolute().parent) as (connection, folder):
        file = folder / "given_back.jsonl"
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(json.dumps(asdict(one), default=str) + "\n" for one in given)
        connection.execute(f"copy (select {columns} from ({lines_in(file, types)})) to {written_to(target)}")


def _relation(source: Source, columns: Sequence[str]) -> str:
    files = "[" + ", ".join(text(str(file)) for file in source.files) + "]"
    match source.format:
        case Format.PARQUET:
            return relation_of(source)
        case Format.CSV:
            return f"read_csv({files}, header = true, all_varchar = true, delim = ',', quote = '\"')"
        case Format.JSON_LINES:
            fields = ", ".join(f"{text(one)}: 'varchar'" for one in columns)
            return f"read_json({files}, format = 'newline_delimited', columns = {{{fields}}})"
