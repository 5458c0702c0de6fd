"""`isodose batch`: the six added columns for every row of files, however many."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.commands import DONE, UNREADABLE, Command
from isodose.commands.common import (
    FILES,
    add_as_known_on,
    complain,
    guideline_of,
    paper_of,
    read_settings,
    write_data,
)
from isodose.commands.lacking import LACKING

if TYPE_CHECKING:
    from isodose.batch.job import Engine, Job, Summary
    from isodose.guideline.guideline import Guideline

ENGINES = {"duckdb": "batch", "polars": "batch", "spark": "spark"}
"""The engines, each with the extra that installs it."""


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "source", metavar="IN", help="a file, a quoted pattern or a folder: .parquet, .csv, .jsonl"
    ).complete = (  # type: ignore[attr-defined]
        FILES
    )
    command.add_argument("target", metavar="OUT", help="the file to write, in the format of its suffix").complete = (  # type: ignore[attr-defined]
        FILES
    )
    command.add_argument("--engine", choices=ENGINES, default="duckdb", help="what computes (default: duckdb)")
    command.add_argument(
        "--columns", type=Path, metavar="FILE", help="your own names of columns, `procedure_code: CPT` a line"
    )
    command.add_argument("--master", default="", metavar="URL", help="the Spark cluster (default: this machine)")
    command.add_argument("--json", action="store_true", help="the summary as JSON")
    add_as_known_on(command)


def run(options: argparse.Namespace) -> int:
    """The six added columns for every row."""
    from isodose.batch.job import JobError, LackingError

    try:
        engine = _engine(options.engine)
        guideline = guideline_of(options, read_settings())
        job = _job(options, guideline)
        summary, seconds = _done(job, engine, options)
    except JobError as error:
        for message in error.messages:
            complain(message)
        return UNREADABLE
    except (_MissingExtraError, LackingError) as error:
        complain(str(error))
        return LACKING
    for note in summary.notes:
        complain(note)
    for fault in summary.faults:
        complain(f"{fault.place}: {fault.message}")
    _print(summary, seconds, options)
    return UNREADABLE if summary.faults else DONE


class _MissingExtraError(Exception):
    """A library that is not installed, and the command that installs it."""


def _engine(name: str) -> Engine:
    """The engine of that name; its library is looked for first, so that nothing is read in vain."""
    try:
        found = import_module(f"isodose.batch.{name}_engine")
        for library in found.NEEDS:
            import_module(library)
    except ModuleNotFoundError as error:
        extra = ENGINES[name]
        says = f"the engine `{name}` needs `{error.name}`; install it with: python -m pip install 'isodose[{extra}]'"
        raise _MissingExtraError(says) from None
    engine: Engine = found.run
    return engine


def _job(options: argparse.Namespace, guideline: Guideline) -> Job:
    from isodose.batch.column_map import column_map
    from isodose.batch.columns import known_columns
    from isodose.batch.files import source_of, target_of
    from isodose.batch.job import Job, JobError

    source, target = source_of(options.source), target_of(options.target)
    if target.path.exists() and any(file.samefile(target.path) for file in source.files):
        raise JobError(f"{options.target}: this is read and cannot be written at the same time; choose another name")
    names = column_map(options.columns, known_columns(guideline)) if options.columns else {}
    return Job(guideline, source, target, names, options.as_known_on, options.master)


def _done(job: Job, engine: Engine, options: argparse.Namespace) -> tuple[Summary, float]:
    """The job's summary, and how many seconds it took. The output stands in its place once all of it is written."""
    from isodose.batch.placed import placed
    from isodose.terminal.progress import ProgressBar

    start = time.monotonic()
    bar = ProgressBar(sys.stderr, paper_of(options, sys.stderr), time.monotonic)
    with ended_like_ctrl_c(), placed(job.target.path) as path:
        try:
            summary = engine(replace(job, target=replace(job.target, path=path)), bar)
        finally:
            bar.close()
    return summary, time.monotonic() - start


@contextmanager
def ended_like_ctrl_c() -> Iterator[None]:
    """A run that is told to end (`kill`, a scheduler) cleans up as after Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _print(summary: Summary, seconds: float, options: argparse.Namespace) -> None:
    if options.json:
        write_data()
        counts = {"rows": summary.rows, "outcomes": summary.outcomes, "reasons": summary.reasons}
        print(json.dumps({**counts, "unreadable": len(summary.faults), "seconds": round(seconds, 3)}))
        return
    from isodose.terminal.batch_page import batch_page

    print(batch_page(summary, paper_of(options, sys.stdout), seconds))


COMMAND = Command(
    run,
    "the determination of every row of files, as six columns more",
    (
        "batch requests.parquet determined.parquet",
        "batch --columns names.yaml 'claims-*.csv.gz' determined.parquet",
        "batch --engine polars --as-known-on 2025-01-20 in.parquet out.parquet",
    ),
    add_options,
)
