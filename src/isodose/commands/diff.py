"""`isodose diff`: what a revision changes in the text, in the decisions, and for the requests of a file."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.commands import DONE, UNREADABLE, Command, CommandError
from isodose.commands.common import FILES, complain, guideline_of, paper_of, read_settings, write_data
from isodose.commands.lacking import LACKING

if TYPE_CHECKING:
    from isodose.batch.touched_told import OnFile
    from isodose.guideline.guideline import Guideline
    from isodose.proof.difference.report import Edited, Report
    from isodose.settings import Settings


MOST_IDS = 5
"""Request ids that a page shows of each change; JSON has all."""


def add_options(command: argparse.ArgumentParser) -> None:
    for name, says in (("old", "the edition as it was"), ("new", "the revised edition")):
        command.add_argument(
            name, metavar=name.upper(), help=f"{says}: its id, its file, or a guideline's folder (its newest edition)"
        ).complete = FILES  # type: ignore[attr-defined]
    command.add_argument(
        "--on",
        metavar="FILE",
        help="count whom it touches among requests: .parquet, .csv, .jsonl, a pattern or a folder",
    ).complete = FILES  # type: ignore[attr-defined]
    command.add_argument(
        "--columns", type=Path, metavar="FILE", help="its own names of columns, `procedure_code: CPT` a line"
    ).complete = FILES  # type: ignore[attr-defined]
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="all of it as one JSON object")
    form.add_argument("--html", action="store_true", help="all of it as one HTML document, the texts side by side")


def run(options: argparse.Namespace) -> int:
    """The report of a revision; a difference is no error."""
    extra = next((extra for extra, library in _needs(options).items() if not find_spec(library)), None)
    if extra:
        library = _needs(options)[extra]
        complain(f"this needs `{library}`; install it with: python -m pip install 'isodose[{extra}]'")
        return LACKING
    from isodose.batch.job import JobError
    from isodose.proof.difference.report import report

    if options.columns and not options.on:
        raise CommandError("`--columns` says how the columns of a file are called; name the file with `--on`")
    settings = read_settings()
    old, new = (_edited(name, options, settings) for name in (options.old, options.new))
    if old.edition.guideline != new.edition.guideline:
        raise CommandError(
            f"{options.old} is an edition of `{old.edition.guideline}`, {options.new} of `{new.edition.guideline}`: "
            "give two editions of one guideline"
        )
    found = report(old, new)
    try:
        on_file = _on_file(found, options) if options.on else None
    except JobError as error:
        for message in error.messages:
            complain(message)
        return UNREADABLE
    _print(found, on_file, options)
    return _complained(on_file)


def _print(found: Report, on_file: OnFile | None, options: argparse.Namespace) -> None:
    if options.json:
        from isodose.proof.difference.json import report_json

        write_data()
        print(report_json(found, **({"touched": asdict(on_file)} if on_file else {})))
    elif options.html:
        from isodose.pages.diff_view import diff_document

        write_data()
        sys.stdout.write(diff_document(found, on_file))
    else:
        from isodose.terminal.diff_page import diff_page

        print(diff_page(found, paper_of(options, sys.stdout), on_file))


def _complained(on_file: OnFile | None) -> int:
    """What looks odd of the file, and what could not be read of it: only that is no success."""
    for note in on_file.notes if on_file else ():
        complain(note)
    for fault in on_file.faults if on_file else ():
        complain(f"{fault.place}: {fault.message}")
    return UNREADABLE if on_file and on_file.faults else DONE


def _needs(options: argparse.Namespace) -> dict[str, str]:
    """The extras that are needed, each with the library that it brings."""
    return {"proof": "z3", **({"batch": "duckdb"} if options.on else {})}


def _on_file(found: Report, options: argparse.Namespace) -> OnFile:
    """Whom it touches among the requests of a file; only JSON names them all."""
    from isodose.batch.files import source_of
    from isodose.batch.touched import Requests
    from isodose.batch.touched_told import on_file
    from isodose.terminal.progress import ProgressBar

    requests = Requests(source_of(options.on), _names(found, options))
    bar = ProgressBar(sys.stderr, paper_of(options, sys.stderr), time.monotonic)
    try:
        return on_file(found, requests, bar, None if options.json else MOST_IDS)
    finally:
        bar.close()


def _names(found: Report, options: argparse.Namespace) -> dict[str, str]:
    """The file's own names of the columns that either edition reads."""
    from isodose.batch.column_map import column_map
    from isodose.batch.columns import known_columns

    if options.columns is None:
        return {}
    editions = found.difference.old, found.difference.new
    known = dict.fromkeys(column for one in editions for column in known_columns(one.guideline))
    return column_map(options.columns, tuple(known))


def _edited(name: str, options: argparse.Namespace, settings: Settings) -> Edited:
    """The edition that a name means: an id of the guideline in use, else a file or a folder."""
    from isodose.proof.difference.report import Edited

    path = Path(name)
    if path.suffix != ".md" and not path.is_dir():
        guideline = guideline_of(options, settings)
        found = next((edition for edition in guideline.editions if edition.id == name), None)
        if found is not None:
            return Edited(guideline, found)
        raise CommandError(_unknown(name, guideline))
    folder = path.parent if path.suffix == ".md" else path
    if not path.exists():
        raise CommandError(f"{name}: no file is there")
    guideline = guideline_of(argparse.Namespace(content=folder), settings)
    edition = next((one for one in guideline.editions if one.file == path.name), guideline.editions[-1])
    return Edited(guideline, edition)


def _unknown(name: str, guideline: Guideline) -> str:
    from isodose.guideline.problem import did_you_mean, listed

    ids = [edition.id for edition in guideline.editions]
    return f"`{name}` is no edition of {guideline.id}, no file and no folder{did_you_mean(name, ids)}; editions: {listed(ids)}"


COMMAND = Command(
    run,
    "what a revision changes: the text, and exactly which decisions",
    (
        "diff 2025-01-01@2025-02-05 2025-10-01",
        "diff 2025-10-01 my-imrt/2026-07-01.md",
        "diff --on requests.parquet 2025-10-01 my-imrt",
        "diff --on lines.csv --columns names.yaml 2025-10-01 my-imrt",
        "diff --html 2025-10-01 my-imrt > revision.html",
    ),
    add_options,
)
