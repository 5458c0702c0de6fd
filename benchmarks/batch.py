"""Millions of rows on DuckDB: what the six columns cost beside rewriting the file, and beside a query written by hand.

The peer is the guideline as an engineer would write it in DuckDB for this table, with all six columns; that both agree on every row
is checked before they are timed. Usage: ``python -m benchmarks.batch [ROWS]``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

import isodose
from benchmarks.batch_peer import prepared
from benchmarks.measure import medians, table
from benchmarks.rows import write_rows
from isodose.batch.duckdb_engine import run
from isodose.batch.duckdb_files import MEMORY
from isodose.batch.job import Format, Job, Source, Target

ROWS = 1_000_000
ROUNDS = 3


def report(rows: int = ROWS) -> str:
    """The table of costs in Markdown. The two that answer agree on every row, or nothing is timed."""
    with tempfile.TemporaryDirectory() as folder, prepared() as by_hand:
        source, written, other = (Path(folder) / f"{name}.parquet" for name in ("rows", "written", "other"))
        write_rows(source, rows)
        job = Job(isodose.program("imrt").guideline, Source((source,), Format.PARQUET), Target(written, Format.PARQUET))
        rivals: dict[str, Callable[[int], object]] = {
            "read and rewritten by DuckDB": lambda _: _copy(f"from '{source}'", other),
            "written by hand": lambda _: by_hand(source, other),
            "isodose batch": lambda _: run(job, lambda *_: None),
        }
        run(job, lambda *_: None)
        by_hand(source, other)
        agree(written, other)
        costs = medians(rivals, ROUNDS)
    return f"All agree on {rows:,} rows, Parquet to Parquet, {MEMORY} for DuckDB:\n\n{table(costs, 's', 1)}"


def agree(answered: Path, other: Path) -> None:
    """Raises if the two files do not hold the same rows, in whatever order."""
    for first, second in ((answered, other), (other, answered)):
        with duckdb.connect() as connection:
            found = connection.execute(f"from '{first}' except all from '{second}' limit 3").fetchall()
        if found:
            raise SystemExit(f"the answers differ: {found}")


def _copy(query: str, target: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"copy ({query}) to '{target}' (format parquet)")


if __name__ == "__main__":
    print(report(*(int(rows) for rows in sys.argv[1:])))
