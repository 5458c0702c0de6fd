"""`isodose claims`: claim lines against authorizations, payable or why not and what would help, however many."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from datetime import time as time_of_day
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from isodose.commands import DONE, UNREADABLE, Command, CommandError
from isodose.commands.batch import ended_like_ctrl_c
from isodose.commands.claims_posting import posting_now, told_by_the_record
from isodose.commands.common import (
    FILES,
    add_as_known_on,
    complain,
    guideline_of,
    paper_of,
    program_of,
    read_settings,
    write_data,
)
from isodose.commands.lacking import LACKING, says_what_is_lacking
from isodose.commands.on_record import now

if TYPE_CHECKING:
    from isodose.batch.job import Progress, Source
    from isodose.claims.decisions import BetterDecision
    from isodose.claims.run import ClaimsJob, ClaimsSummary
    from isodose.store.drawn import Draw


ENGINES = ("duckdb", "spark")

NOON = time_of_day(12)
"""What is decided on a day is known then."""


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "source", metavar="IN", help="claim lines: a file, a quoted pattern or a folder: .parquet, .csv, .jsonl"
    ).complete = FILES  # type: ignore[attr-defined]
    command.add_argument("target", metavar="OUT", help="the file to write, in the format of its suffix").complete = (  # type: ignore[attr-defined]
        FILES
    )
    command.add_argument(
        "--authorizations",
        metavar="FILE",
        help="what was asked for and what came of it, in the same formats (default: those of the record)",
    ).complete = FILES  # type: ignore[attr-defined]
    command.add_argument(
        "--recheck",
        action="store_true",
        help="IN is what an earlier run wrote; OUT holds the lines that are answered better now, such as by an edition since",
    )
    keeping = command.add_mutually_exclusive_group()
    keeping.add_argument(
        "--post", action="store_true", help="keep in the record what each line draws; a line never draws twice"
    )
    keeping.add_argument(
        "--reverse",
        action="store_true",
        help="give back what the lines of IN have drawn, by `claim_id` and `line`; OUT holds what was given back",
    )
    command.add_argument(
        "--columns",
        type=Path,
        metavar="FILE",
        help="your own names of the lines' columns, `procedure_code: CPT` a line",
    ).complete = FILES  # type: ignore[attr-defined]
    command.add_argument("--engine", choices=ENGINES, default="duckdb", help="what computes (default: duckdb)")
    command.add_argument("--master", default="", metavar="URL", help="the Spark cluster (default: this machine)")
    command.add_argument("--json", action="store_true", help="the summary as JSON")
    add_as_known_on(command)


def run(options: argparse.Namespace) -> int:
    """Each line with its answer."""
    from isodose.batch.job import JobError, LackingError

    if options.reverse:
        from isodose.commands.claims_reversed import reverse

        return reverse(options)
    _expect_the_record(options)
    try:
        with _authorizations(options) as authorizations, _posting(options) as posting:
            job = _job(options, authorizations)
            summary, seconds = _done(replace(job, posted=posting.posted, post=posting.post), options)
    except JobError as error:
        for message in error.messages:
            complain(message)
        return UNREADABLE
    except LackingError as error:
        complain(str(error))
        return LACKING
    for note in summary.notes:
        complain(note)
    for fault in summary.faults:
        complain(f"{fault.place}: {fault.message}")
    _print(summary, _decisions(options), seconds, options)
    return UNREADABLE if summary.faults else DONE


def _expect_the_record(options: argparse.Namespace) -> None:
    if options.post and options.authorizations is not None:
        raise CommandError("--post: units are drawn from the authorizations of the record; leave --authorizations away")
    if options.post and options.recheck:
        raise CommandError("--post: what is answered anew is only told; post the lines themselves, without --recheck")
    if options.engine == "spark" and options.authorizations is None:
        raise CommandError(
            "--engine spark: give --authorizations FILE, which `isodose export authorizations FILE` writes of the record"
        )


@contextmanager
def _authorizations(options: argparse.Namespace) -> Iterator[Source]:
    """The file of authorizations that was given, or else those of the record as they are now, for as long as they are read."""
    from isodose.batch.files import source_of, target_of
    from isodose.commands.export_authorizations import write_from_record

    if options.authorizations is not None:
        yield source_of(options.authorizations)
        return
    beside = target_of(options.target).path.absolute().parent
    with TemporaryDirectory(prefix=".isodose-", dir=beside) as folder:
        file = str(Path(folder) / "authorizations.parquet")
        write_from_record(read_settings(), target_of(file))
        yield source_of(file)


@dataclass(frozen=True, slots=True)
class _Posting:
    """What lines have drawn by the record, and how what they draw now is kept there."""

    posted: Iterable[Draw] = ()
    post: Callable[[Iterable[Draw]], int] | None = None


@contextmanager
def _posting(options: argparse.Namespace) -> Iterator[_Posting]:
    """Nothing where the authorizations are those of a file: what the record keeps has no part in them."""
    from isodose.store.drawn import last_position, post, standing
    from isodose.store.record import open_record

    if options.authorizations is not None:
        yield _Posting()
        return
    with told_by_the_record(), closing(open_record(read_settings().database)) as record:
        database, since = record.database, last_position(record.database)

        def keep(draws: Iterable[Draw]) -> int:
            return post(database, draws, posting_now("post"), since)

        yield _Posting(standing(database), keep if options.post else None)


def _job(options: argparse.Namespace, authorizations: Source) -> ClaimsJob:
    from isodose.batch.column_map import column_map
    from isodose.batch.files import source_of, target_of
    from isodose.batch.job import JobError
    from isodose.claims.line import claim_columns
    from isodose.claims.run import ClaimsJob

    source, target = source_of(options.source), target_of(options.target)
    read = (*source.files, *authorizations.files)
    if target.path.exists() and any(file.samefile(target.path) for file in read):
        raise JobError(f"{options.target}: this is read and cannot be written at the same time; choose another name")
    guideline = guideline_of(options, read_settings())
    names = column_map(options.columns, claim_columns(guideline), "claim line") if options.columns else {}
    return ClaimsJob(guideline, source, authorizations, target, options.as_known_on, options.recheck, names)


def _done(job: ClaimsJob, options: argparse.Namespace) -> tuple[ClaimsSummary, float]:
    """The summary, and how many seconds it took. The output stands in its place once all of it is written."""
    from isodose.batch.placed import placed
    from isodose.terminal.progress import ProgressBar

    start = time.monotonic()
    bar = ProgressBar(sys.stderr, paper_of(options, sys.stderr), time.monotonic)
    with ended_like_ctrl_c(), placed(job.target.path) as path:
        try:
            summary = _engine(options)(replace(job, target=replace(job.target, path=Path(path))), bar)
        finally:
            bar.close()
    return summary, time.monotonic() - start


def _engine(options: argparse.Namespace) -> Callable[[ClaimsJob, Progress], ClaimsSummary]:
    if options.engine == "spark":
        from isodose.claims import spark

        return partial(spark.run, master=options.master)
    from isodose.claims.run import run as run_claims

    return run_claims


def _decisions(options: argparse.Namespace) -> tuple[BetterDecision, ...] | None:
    """Of the record's adverse decisions, those that would be better now; None where only lines are answered, or by a file."""
    from isodose.claims.decisions import better_decisions
    from isodose.desk.policy import DeskPolicy
    from isodose.store.record import open_record

    if not options.recheck or options.authorizations is not None:
        return None
    settings, policy, known = read_settings(), DeskPolicy(), options.as_known_on
    at = datetime.combine(known, NOON, policy.zone) if known else now()
    with told_by_the_record(), closing(open_record(settings.database)) as record:
        return tuple(better_decisions(record, program_of(options, settings), policy, at))


def _print(
    summary: ClaimsSummary, decisions: tuple[BetterDecision, ...] | None, seconds: float, options: argparse.Namespace
) -> None:
    if options.json:
        write_data()
        counts: dict[str, object] = {"lines": summary.lines, "reasons": summary.reasons, "payable": summary.payable}
        if summary.rechecked is not None:
            counts["rechecked"] = summary.rechecked
        if decisions is not None:
            counts["decisions"] = [asdict(one) for one in decisions]
        if summary.posted is not None:
            counts["posted"] = summary.posted
        print(json.dumps({**counts, "unreadable": len(summary.faults), "seconds": round(seconds, 3)}, default=str))
        return
    from isodose.terminal.claims_page import claims_page

    print(claims_page(summary, decisions or (), paper_of(options, sys.stdout), seconds))


COMMAND = Command(
    says_what_is_lacking(run),
    "claim lines against authorizations: payable, or why not and what would help",
    (
        "claims lines.parquet answered.parquet --authorizations a.parquet",
        "claims lines.parquet answered.parquet",
        "claims --post lines.parquet answered.parquet",
        "claims --reverse lines.parquet given_back.csv",
        "claims --engine spark --authorizations a.parquet in.parquet o.parquet",
        "claims --recheck answered.parquet better.parquet",
        "claims --as-known-on 2025-01-20 'lines-*.csv.gz' answered.csv",
    ),
    add_options,
)
