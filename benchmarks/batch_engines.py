"""The engines of `isodose batch` on the same file: what a whole run takes on DuckDB, Polars and Spark, and that their answers are the same.

Each run is a process of its own, from its start to its end. Of Spark the clock alone is told: its work is done in Java, beside that
process. Usage: ``python -m benchmarks.batch_engines [ROWS]``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.batch import agree
from benchmarks.batch_memory import Run, taken
from benchmarks.rows import write_rows

ROWS = 1_000_000
ENGINES = ("duckdb", "polars", "spark")


def report(count: int = ROWS) -> str:
    """A table in Markdown, a line for each engine."""
    lines = ["| engine | CPU s | CPU ratio | wall s |", "| --- | --: | --: | --: |"]
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.parquet"
        write_rows(rows, count)
        first = _answered(rows, ENGINES[0])
        lines.append(_line(ENGINES[0], *first, first[0].cpu))
        for engine in ENGINES[1:]:
            run, wall = _answered(rows, engine)
            lines.append(_line(engine, run, wall, first[0].cpu))
            agree(_written(rows, ENGINES[0]), _written(rows, engine))
            print("\n".join(lines), flush=True, file=sys.stderr)
    return "\n".join([f"All agree on {count:,} rows, Parquet to Parquet:", "", *lines])


def _answered(rows: Path, engine: str) -> tuple[Run, float]:
    started = time.perf_counter()
    run = taken([sys.executable, "-m", "isodose", "batch", "--engine", engine, str(rows), str(_written(rows, engine))])
    return run, time.perf_counter() - started


def _written(rows: Path, engine: str) -> Path:
    return rows.with_name(f"{engine}.parquet")


def _line(engine: str, run: Run, wall: float, floor: float) -> str:
    if engine == "spark":
        return f"| {engine} | | | {wall:.1f} |"
    return f"| {engine} | {run.cpu:.1f} | {run.cpu / floor:.2f} | {wall:.1f} |"


if __name__ == "__main__":
    print(report(*(int(rows) for rows in sys.argv[1:])))
