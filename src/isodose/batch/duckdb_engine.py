"""A batch on DuckDB: rows flow through one query from the files to the output, however many there are.

Memory holds what different lists of diagnosis codes say, and is limited; the order of rows is not kept.
"""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from isodose.batch.duckdb_relation import create, query_over
from isodose.batch.job import Format, Job, JobError, Progress, Source, Summary, Target
from isodose.compile.duckdb_sql import text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEEDS = ("duckdb",)
"""The libraries that have to be installed."""

MEMORY = "700MiB"
"""What DuckDB may hold; the process needs some 200 MiB besides."""

_PATIENCE = 0.1
"""Seconds between two looks at the progress."""


def run(job: Job, progress: Progress) -> Summary:
    """The job's rows with six columns more. Raises ``JobError``."""
    with _connection(job.target.path.parent) as connection:
        relation = _relation(job.source)
        types = _types(connection, relation)
        case, query = query_over(
            job.guideline, relation, types, job.names, job.as_known_on, typed=job.source.format is not Format.CSV
        )
        for called, table in query.tables.items():
            create(connection, called, table)
        copy = f"copy ({query.sql}) to {text(str(job.target.path))} ({_written(job.target)})"
        _run(connection, copy, progress)
        return _summary(connection, job.target, case.notes)


@contextmanager
def _connection(beside: Path) -> Iterator[DuckDBPyConnection]:
    """A connection of its own; what does not fit into memory goes to a folder beside the output, which has room for it."""
    import duckdb

    with TemporaryDirectory(prefix=".isodose-", dir=beside) as folder, duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set enable_progress_bar = true")  # counted; printed it is by who asked for the job
        connection.execute("set enable_progress_bar_print = false")
        connection.execute(f"set temp_directory = {text(folder)}")
        try:
            yield connection
        except duckdb.Error as error:
            raise JobError(_said(error)) from None


def _said(error: Exception) -> str:
    """DuckDB's first line, without the name of its class."""
    return str(error).partition("\n")[0].partition("Error: ")[2] or str(error)


def _relation(source: Source) -> str:
    """The files as SQL that stands after ``from``."""
    files = "[" + ", ".join(text(str(file)) for file in source.files) + "]"
    in_paths = f"hive_partitioning = {str(source.folder is not None).lower()}, hive_types_autocast = false"
    return f"read_parquet({files}, {in_paths}, union_by_name = true)"


def _types(connection: DuckDBPyConnection, relation: str) -> dict[str, str]:
    described = connection.execute(f"describe from {relation}").fetchall()
    return {row[0]: row[1] for row in described}


def _written(target: Target) -> str:
    if target.format is Format.PARQUET:
        return "format parquet"
    compressed = ", compression gzip" if target.gzip else ""
    return f"format {'csv, header true' if target.format is Format.CSV else 'json'}{compressed}"


def _run(connection: DuckDBPyConnection, statement: str, progress: Progress) -> None:
    """The statement in a thread, so that this one can tell how far it is and hear Ctrl-C."""
    failed: list[Exception] = []

    def work() -> None:
        try:
            connection.execute(statement).fetchall()
        except Exception as error:  # noqa: BLE001 (raised again where it belongs)
            failed.append(error)

    thread = Thread(target=work, name="isodose batch")
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_PATIENCE)
            progress(max(connection.query_progress(), 0) / 100, None)
    except BaseException:
        connection.interrupt()
        thread.join()
        raise
    if failed:
        raise failed[0]


def _summary(connection: DuckDBPyConnection, target: Target, notes: tuple[str, ...]) -> Summary:
    """Counted in what was written: that is what the user gets."""
    counted = connection.execute(
        f"select outcome, review_reason, count(*) from {_read_again(target)} group by all order by all"
    ).fetchall()
    outcomes: dict[str, int] = {}
    for outcome, _, count in counted:
        outcomes[outcome] = outcomes.get(outcome, 0) + count
    reasons = {reason: count for _, reason, count in counted if reason}
    return Summary(outcomes, reasons, (), notes)


def _read_again(target: Target) -> str:
    return f"read_parquet({text(str(target.path))})"
