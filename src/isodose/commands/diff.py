"""`isodose diff`: what a revision changes in the text, in the decisions, and for the requests of a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.commands import DONE, Command, CommandError
from isodose.commands.common import FILES, guideline_of, paper_of, read_settings, write_data

if TYPE_CHECKING:
    from isodose.guideline.guideline import Guideline
    from isodose.proof.difference_report import Edited
    from isodose.settings import Settings


def add_options(command: argparse.ArgumentParser) -> None:
    for name, says in (("old", "the edition as it was"), ("new", "the revised edition")):
        command.add_argument(
            name, metavar=name.upper(), help=f"{says}: its id, its file, or a guideline's folder (its newest edition)"
        ).complete = FILES  # type: ignore[attr-defined]
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="all of it as one JSON object")
    form.add_argument("--html", action="store_true", help="all of it as one HTML document, the texts side by side")


def run(options: argparse.Namespace) -> int:
    """The report of a revision; a difference is no error."""
    from isodose.proof.difference_report import report

    settings = read_settings()
    old, new = (_edited(name, options, settings) for name in (options.old, options.new))
    if old.edition.guideline != new.edition.guideline:
        raise CommandError(
            f"{options.old} is an edition of `{old.edition.guideline}`, {options.new} of `{new.edition.guideline}`: "
            "give two editions of one guideline"
        )
    found = report(old, new)
    if options.json:
        from isodose.proof.difference_json import report_json

        write_data()
        print(report_json(found))
    elif options.html:
        from isodose.pages.diff_view import diff_document

        write_data()
        sys.stdout.write(diff_document(found))
    else:
        from isodose.terminal.diff_page import diff_page

        print(diff_page(found, paper_of(options, sys.stdout)))
    return DONE


def _edited(name: str, options: argparse.Namespace, settings: Settings) -> Edited:
    """The edition that a name means: an id of the guideline in use, else a file or a folder."""
    from isodose.proof.difference_report import Edited

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
        "diff --html 2025-10-01 my-imrt > revision.html",
    ),
    add_options,
)
