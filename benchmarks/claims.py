"""Claim lines against authorizations: what the answers cost beside DuckDB's bare join of the two files, and the memory that they take.

Each rival is a process of its own, so that its peak of memory is its own. Usage: ``python -m benchmarks.claims [LINES]``.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import duckdb

import isodose
from benchmarks.claim_rows import write_claims
from isodose.batch.job import Format, Source, Target
from isodose.claims.run import MEMORY, ClaimsJob, run

LINES = 1_000_000

_JOIN = "'{lines}' as lines left join '{authorizations}' as authorizations using (member_id)"

JOINED = f"select * from {_JOIN}"  # noqa: S608 - all texts are of this file
"""The bare join of the two files: each line with each authorization of its member, all columns of both, as a join gives them."""

NUMBERED = f"select lines.*, authorizations.authorization_number as matched from {_JOIN}"  # noqa: S608
"""The same with one column of the authorization: the least that says anything."""


class Cost(NamedTuple):
    """Seconds of processor and of the clock on the wall, and the peak of memory."""

    cpu: float
    wall: float
    mib: float


def report(count: int = LINES) -> str:
    """The table of costs in Markdown."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        files = Path(folder) / "lines.parquet", Path(folder) / "authorizations.parquet", Path(folder) / "out.parquet"
        write_claims(files[0], files[1], count)
        costs = {name: _alone(rival, files) for name, rival in _RIVALS.items()}
        with duckdb.connect() as connection:
            counted = f"select claim_reason, count(*) from '{files[2]}' group by all order by all"  # noqa: S608 (a folder of our own)
            counts = connection.execute(counted).fetchall()
    head = f"{count:,} lines, {count // 10:,} authorizations, Parquet to Parquet, {MEMORY} for DuckDB:\n"
    first = next(iter(costs.values()))
    rows = [
        f"| {name} | {cost.cpu:.1f} | {cost.wall:.1f} | {cost.cpu / first.cpu:.2f} | {cost.mib:,.0f} |"
        for name, cost in costs.items()
    ]
    table = ["| | CPU s | wall s | CPU ratio | peak MiB |", "| --- | --: | --: | --: | --: |", *rows]
    return "\n".join([head, *table, "", ", ".join(f"{number:,} {reason}" for reason, number in counts), ""])


Files = tuple[Path, Path, Path]


def _copied(query: str, lines: Path, authorizations: Path, out: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        written = query.format(lines=lines, authorizations=authorizations)
        connection.execute(f"copy ({written}) to '{out}' (format parquet)")


def _answered(lines: Path, authorizations: Path, out: Path) -> None:
    guideline = isodose.program("imrt").guideline
    parquet = Format.PARQUET
    job = ClaimsJob(guideline, Source((lines,), parquet), Source((authorizations,), parquet), Target(out, parquet))
    run(job, lambda *_: None)


_RIVALS: dict[str, Callable[[Path, Path, Path], None]] = {
    "bare join by DuckDB, all columns of both files": partial(_copied, JOINED),
    "the same, of the authorization its number alone": partial(_copied, NUMBERED),
    "isodose claims": _answered,
}


def _alone(rival: Callable[[Path, Path, Path], None], files: Files) -> Cost:
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(rival, files, sender))
    process.start()
    cost: Cost = receiver.recv()
    process.join()
    return cost


def _measured(rival: Callable[[Path, Path, Path], None], files: Files, sender: object) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    rival(*files)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sender.send(Cost(time.process_time() - cpu, time.perf_counter() - wall, peak))  # type: ignore[attr-defined]


if __name__ == "__main__":
    print(report(*(int(count) for count in sys.argv[1:])))
