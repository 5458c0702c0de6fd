"""More and more rows on DuckDB: what a whole run of `isodose batch` takes in processor time and memory, beside rewriting the file.

Each run is a process of its own, from its start to its end. Usage: ``python -m benchmarks.batch_memory [ROWS…]``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.rows import write_rows
from isodose.batch.duckdb_files import MEMORY

ROWS = (1_000_000, 10_000_000, 50_000_000)

_REWRITE = f"""
import sys, duckdb
with duckdb.connect() as connection:
    connection.execute("set memory_limit = '{MEMORY}'")
    connection.execute("set preserve_insertion_order = false")
    connection.execute("copy (from '" + sys.argv[1] + "') to '" + sys.argv[2] + "' (format parquet)")
"""


class Run(NamedTuple):
    """What a process took: seconds of processor, and the most memory that it held, in MiB."""

    cpu: float
    memory: float


def report(counts: Sequence[int] = ROWS) -> str:
    """A table in Markdown, a line for each count of rows."""
    lines = [
        "| rows | rewritten, CPU s | isodose batch, CPU s | CPU ratio | most memory, MiB |",
        "| --: | --: | --: | --: | --: |",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            rows = Path(folder) / "rows.parquet"
            write_rows(rows, count)
            lines.append(line(count, rows, Path(folder) / "written.parquet"))
    return "\n".join(lines)


def line(count: int, rows: Path, written: Path) -> str:
    """The line for a file of so many rows."""
    floor = taken([sys.executable, "-c", _REWRITE, str(rows), str(written)])
    batch = taken([sys.executable, "-m", "isodose", "batch", str(rows), str(written)])
    return f"| {count:,} | {floor.cpu:.1f} | {batch.cpu:.1f} | {batch.cpu / floor.cpu:.2f} | {batch.memory:.0f} |"


def taken(command: Sequence[str]) -> Run:
    """Runs the command. Raises if it fails."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own commands
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    print(report([int(rows) for rows in sys.argv[1:]] or ROWS))
