"""`isodose check`: all that is wrong with a guideline, at once."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from isodose.commands import DONE, FOUND_ERRORS, Command, CommandError
from isodose.commands.common import FOLDERS, folder_of, paper_of, read_settings, write_data


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", nargs="?", type=Path, help="a guideline's folder; the shipped one if left out"
    ).complete = FOLDERS  # type: ignore[attr-defined]
    command.add_argument("--json", action="store_true", help="one JSON object a line for each finding")


def run(options: argparse.Namespace) -> int:
    """All findings of the check of a guideline."""
    from isodose.determination.check import check_guideline
    from isodose.guideline.content import expect_guideline
    from isodose.guideline.problem import Level
    from isodose.terminal.check_page import check_json, check_page

    folder = options.folder or folder_of(options, read_settings())
    try:
        expect_guideline(folder)
        report = check_guideline(folder)
    except FileNotFoundError as error:
        raise CommandError(str(error)) from None
    if options.json:
        write_data()
        for problem in report.problems:
            print(check_json(problem))
    else:
        print(check_page(report.problems, report.summary, paper_of(options, sys.stdout)))
    return FOUND_ERRORS if any(problem.level is Level.ERROR for problem in report.problems) else DONE


COMMAND = Command(
    run,
    "check a guideline: words, references, codes, dates, text and worked cases",
    ("check", "check my-guideline", "check --json"),
    add_options,
)
