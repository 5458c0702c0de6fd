"""A batch on DuckDB: rows flow through one query from the files to the output, however many there are.

Memory holds what different lists of diagnosis codes say, and is limited; the order of rows is not kept.
"""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

import gzip
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from isodose.batch.duckdb_relation import create, query_over
from isodose.batch.job import Format, Job, JobError, Progress, Source, Summary, Target
from isodose.batch.text_rows import Rows, json_text
from isodose.compile.duckdb.sql import name, text
from isodose.determination.record import ADDED

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEEDS = ("duckdb",)
"""The libraries that have to be installed."""

MEMORY = "700MiB"
"""What DuckDB may hold; the process needs some 200 MiB besides."""

_LONGEST_LINE = 32 << 20
"""Bytes of a row of text."""

_PATIENCE = 0.1
"""Seconds between two looks at the progress."""


def run(job: Job, progress: Progress) -> Summary:
    """The job's rows with six columns more. Raises ``JobError``."""
    with _connection(job.target.path.parent) as (connection, folder):
        if job.source.format is Format.PARQUET:
            return _columns(connection, job, progress)
        rows = Rows(job, progress)
        if job.target.format is Format.JSON_LINES:
            _write(rows, job.target.path, gzipped=job.target.gzip)
            return rows.summary()
        lines = folder / "rows.jsonl"
        _write(rows, lines, gzipped=False)
        types = {column: _one_type(found - {""}) for column, found in rows.columns.items()} | ADDED_TYPES
        connection.execute(f"copy ({_flat(_lines(lines, types), types, job.target)}) to {_to(job.target)}")
        return rows.summary()


def _write(rows: Rows, path: Path, *, gzipped: bool) -> None:
    opened = gzip.open if gzipped else io.open
    with opened(path, "wt", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(f"{json_text(row)}\n")


def _columns(connection: DuckDBPyConnection, job: Job, progress: Progress) -> Summary:
    relation = _relation(job.source)
    types = _types(connection, relation)
    case, query = query_over(job.guideline, relation, types, job.names, job.as_known_on, typed=True)
    for called, table in query.tables.items():
        create(connection, called, table)
    _run(connection, f"copy ({_flat(query.sql, types | ADDED_TYPES, job.target)}) to {_to(job.target)}", progress)
    return _summary(connection, job.target, case.notes)


@contextmanager
def _connection(beside: Path) -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """A connection of its own; what does not fit into memory goes to a folder beside the output, which has room for it."""
    import duckdb

    with TemporaryDirectory(prefix=".isodose-", dir=beside) as folder, duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set enable_progress_bar = true")  # counted; printed it is by who asked for the job
        connection.execute("set enable_progress_bar_print = false")
        connection.execute(f"set temp_directory = {text(folder)}")
        try:
            yield connection, Path(folder)
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


ADDED_TYPES = dict.fromkeys(ADDED, "varchar") | {"basis": "varchar[]", "missing": "varchar[]"}


def _lines(path: Path, types: Mapping[str, str]) -> str:
    """The rows as they were written, each column of the one type that all its cells have, else as JSON."""
    fields = ", ".join(f"{text(column)}: {text(type_)}" for column, type_ in types.items())
    return (
        f"select * from read_json({text(str(path))}, format = 'newline_delimited', columns = {{{fields}}}, "
        f"maximum_object_size = {_LONGEST_LINE})"
    )


def _flat(query: str, types: Mapping[str, str], target: Target) -> str:
    """CSV has no lists; their entries are joined, as they are read."""
    lists = [column for column, type_ in types.items() if type_.endswith("[]")] if target.format is Format.CSV else []
    joined = ", ".join(f"array_to_string({name(column)}, ';') as {name(column)}" for column in lists)
    return f"select * replace ({joined}) from ({query})" if joined else query


def _to(target: Target) -> str:
    written = {Format.PARQUET: "parquet", Format.CSV: "csv, header true", Format.JSON_LINES: "json"}[target.format]
    compressed = ", compression gzip" if target.gzip else ""
    return f"{text(str(target.path))} (format {written}{compressed})"


def _one_type(found: set[str]) -> str:
    return next(iter(found)) if len(found) == 1 else "varchar" if not found else "json"


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
    path, compressed = text(str(target.path)), f"compression = '{'gzip' if target.gzip else 'none'}'"
    if target.format is Format.PARQUET:
        return f"read_parquet({path})"
    if target.format is Format.CSV:
        return f"read_csv({path}, header = true, all_varchar = true, delim = ',', quote = '\"', {compressed})"
    columns = "columns = {outcome: 'varchar', review_reason: 'varchar'}"
    return f"read_json({path}, format = 'newline_delimited', {columns}, {compressed})"
