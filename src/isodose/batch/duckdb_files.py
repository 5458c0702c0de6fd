"""Files as DuckDB reads and writes them for a batch: a connection that keeps its measure, relations, output, progress."""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from isodose.batch.bytes_read import BytesRead
from isodose.batch.job import Format, JobError, Progress, Source, Target
from isodose.compile.duckdb.sql import name, text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "700MiB"
"""What DuckDB may hold; the process needs some 200 MiB besides."""

_LONGEST_LINE = 32 << 20
"""Bytes of a row of text."""

_PATIENCE = 0.1
"""Seconds between two looks at the progress."""


@contextmanager
def connection_beside(beside: Path, memory: str = MEMORY) -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """A connection of its own; what does not fit into memory goes to a folder beside the output, which has room for it."""
    import duckdb

    with TemporaryDirectory(prefix=".isodose-", dir=beside) as folder, duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{memory}'")
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


def relation_of(source: Source) -> str:
    """The files as SQL that stands after ``from``."""
    files = "[" + ", ".join(text(str(file)) for file in source.files) + "]"
    in_paths = f"hive_partitioning = {str(source.folder is not None).lower()}, hive_types_autocast = false"
    return f"read_parquet({files}, {in_paths}, union_by_name = true)"


def types_of(connection: DuckDBPyConnection, relation: str) -> dict[str, str]:
    """The columns of a relation with DuckDB's types."""
    described = connection.execute(f"describe from {relation}").fetchall()
    return {row[0]: row[1] for row in described}


def lines_in(path: Path, types: Mapping[str, str]) -> str:
    """The rows as they were written, each column of the one type that all its cells have, else as JSON."""
    fields = ", ".join(f"{text(column)}: {text(type_)}" for column, type_ in types.items())
    return (
        f"select * from read_json({text(str(path))}, format = 'newline_delimited', columns = {{{fields}}}, "
        f"maximum_object_size = {_LONGEST_LINE})"
    )


def one_type(found: set[str]) -> str:
    """The type of a column whose cells have these."""
    return next(iter(found)) if len(found) == 1 else "varchar" if not found else "json"


def flattened(query: str, types: Mapping[str, str], target: Target) -> str:
    """CSV has no lists; their entries are joined, as they are read."""
    lists = [column for column, type_ in types.items() if type_.endswith("[]")] if target.format is Format.CSV else []
    joined = ", ".join(f"array_to_string({name(column)}, ';') as {name(column)}" for column in lists)
    return f"select * replace ({joined}) from ({query})" if joined else query


def written_to(target: Target) -> str:
    """The output as SQL that stands after ``to``."""
    written = {Format.PARQUET: "parquet", Format.CSV: "csv, header true", Format.JSON_LINES: "json"}[target.format]
    compressed = ", compression gzip" if target.gzip else ""
    return f"{text(str(target.path))} (format {written}{compressed})"


def count_of(connection: DuckDBPyConnection, relation: str) -> int:
    """How many rows the files hold: Parquet says it at its end, so that no row is read."""
    counted = connection.execute(f"select count(*) from {relation}").fetchone()
    assert counted is not None, "a count is always one row"
    return int(counted[0])


def run_telling(
    connection: DuckDBPyConnection,
    statement: str,
    progress: Progress,
    read: BytesRead | None = None,
    rows: int | None = None,
) -> None:
    """The statement over so many rows in a thread, so that this one can tell how far it is and hear Ctrl-C."""
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
            share = read.share if read else None
            progress(max(connection.query_progress(), 0) / 100 if share is None else share, rows)
    except BaseException:
        connection.interrupt()
        thread.join()
        raise
    if failed:
        raise failed[0]


def read_again(target: Target, columns: Iterable[str]) -> str:
    """What was written, as SQL that stands after ``from``; at least these columns of text."""
    path, compressed = text(str(target.path)), f"compression = '{'gzip' if target.gzip else 'none'}'"
    if target.format is Format.PARQUET:
        return f"read_parquet({path})"
    if target.format is Format.CSV:
        return f"read_csv({path}, header = true, all_varchar = true, delim = ',', quote = '\"', {compressed})"
    fields = ", ".join(f"{text(column)}: 'varchar'" for column in columns)
    return f"read_json({path}, format = 'newline_delimited', columns = {{{fields}}}, {compressed})"
