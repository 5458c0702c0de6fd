"""A batch on DuckDB: rows flow through one query from the files to the output, however many there are.

Memory holds what different lists of diagnosis codes say, and is limited; the order of rows is not kept.
"""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.batch.bytes_read import BytesRead
from isodose.batch.columns import FlatCase
from isodose.batch.duckdb_files import (
    connection_beside,
    count_of,
    flattened,
    lines_in,
    one_type,
    read_again,
    relation_of,
    run_telling,
    types_of,
    written_to,
)
from isodose.batch.duckdb_relation import create, query_over
from isodose.batch.job import Format, Job, Progress, Summary, Target
from isodose.batch.text_rows import Rows, json_text
from isodose.determination.record import ADDED
from isodose.guideline.guideline import DIAGNOSIS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEEDS = ("duckdb",)
"""The libraries that have to be installed."""


def run(job: Job, progress: Progress) -> Summary:
    """The job's rows with six columns more. Raises ``JobError``."""
    with connection_beside(job.target.path.parent) as (connection, folder):
        if job.source.format is Format.PARQUET:
            return _columns(connection, job, progress)
        rows = Rows(job, progress)
        if job.target.format is Format.JSON_LINES:
            _write(rows, job.target.path, gzipped=job.target.gzip)
            return rows.summary()
        lines = folder / "rows.jsonl"
        _write(rows, lines, gzipped=False)
        types = {column: one_type(found - {""}) for column, found in rows.columns.items()} | ADDED_TYPES
        connection.execute(f"copy ({flattened(lines_in(lines, types), types, job.target)}) to {written_to(job.target)}")
        return rows.summary()


def _write(rows: Rows, path: Path, *, gzipped: bool) -> None:
    opened = gzip.open if gzipped else io.open
    with opened(path, "wt", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(f"{json_text(row)}\n")


def _columns(connection: DuckDBPyConnection, job: Job, progress: Progress) -> Summary:
    relation = relation_of(job.source)
    types = types_of(connection, relation)
    case, query = query_over(job.guideline, relation, types, job.names, job.as_known_on, typed=True, closed=True)
    for called, table in query.tables.items():
        create(connection, called, table)
    answered = flattened(query.sql, types | ADDED_TYPES, job.target)
    rows, read = count_of(connection, relation), BytesRead(connection, job.source.files, _read_twice(job, case))
    run_telling(connection, f"copy ({answered}) to {written_to(job.target)}", progress, read, rows)
    return _summary(connection, job.target, case.notes)


def _read_twice(job: Job, case: FlatCase) -> str | None:
    """The table's name for the column of diagnosis codes, of which each different list is looked into before the rows."""
    fact = job.guideline.facts.get(DIAGNOSIS)
    return case.names.get(fact.column) if fact else None


ADDED_TYPES = dict.fromkeys(ADDED, "varchar") | {"basis": "varchar[]", "missing": "varchar[]"}


def _summary(connection: DuckDBPyConnection, target: Target, notes: tuple[str, ...]) -> Summary:
    """Counted in what was written: that is what the user gets."""
    counted = connection.execute(
        f"select outcome, review_reason, count(*) from {read_again(target, ('outcome', 'review_reason'))} group by all order by all"
    ).fetchall()
    outcomes: dict[str, int] = {}
    for outcome, _, count in counted:
        outcomes[outcome] = outcomes.get(outcome, 0) + count
    reasons = {reason: count for _, reason, count in counted if reason}
    return Summary(outcomes, reasons, (), notes)
