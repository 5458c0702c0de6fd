"""`isodose check`: all that is wrong with a guideline, at once, and what is proved of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.commands import DONE, FOUND_ERRORS, Command, CommandError
from isodose.commands.common import FOLDERS, folder_of, paper_of, read_settings, write_data

if TYPE_CHECKING:
    from isodose.determination.check import Report
    from isodose.proof.report import Proof

NOT_PROVED = "Nothing was proved: that needs Z3. Install it with: python -m pip install 'isodose[proof]'"


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", nargs="?", type=Path, help="a guideline's folder; the shipped one if left out"
    ).complete = FOLDERS  # type: ignore[attr-defined]
    command.add_argument("--json", action="store_true", help="one JSON object a line for each finding")
    command.add_argument(
        "--examples", action="store_true", help="show for each rung and clause a case that it alone decides"
    )


def run(options: argparse.Namespace) -> int:
    """All findings of the check of a guideline, then those of the proof."""
    from isodose.determination.check import check_guideline
    from isodose.guideline.content import expect_guideline
    from isodose.guideline.problem import Level, in_order
    from isodose.terminal.check_page import check_json, check_page, decides_page

    folder = options.folder or folder_of(options, read_settings())
    try:
        expect_guideline(folder)
        report = check_guideline(folder)
    except FileNotFoundError as error:
        raise CommandError(str(error)) from None
    proof = _proof_of(report)
    problems = in_order([*report.problems, *(proof.problems if proof else ())])
    if options.json:
        write_data()
        for problem in problems:
            print(check_json(problem))
    else:
        paper = paper_of(options, sys.stdout)
        if options.examples and proof:
            print(decides_page(proof.decides, paper))
        proved = [f"proved: {statement}" for statement in proof.statements] if proof else []
        print(check_page(problems, report.summary, paper, proved, _not_settled(report, proof)))
    return FOUND_ERRORS if any(problem.level is Level.ERROR for problem in problems) else DONE


def _proof_of(report: Report) -> Proof | None:
    """What is proved of a guideline that can be read; None without Z3."""
    if report.guideline is None:
        return None
    try:
        import z3  # type: ignore[import-untyped]  # noqa: F401 (whether it is here)
    except ImportError:
        return None
    from isodose.proof.report import prove

    return prove(report.guideline, [case.facts for case in report.cases])


def _not_settled(report: Report, proof: Proof | None) -> tuple[str, ...]:
    """What was not settled, a sentence each; or why nothing was proved."""
    if proof:
        return proof.not_settled
    return (NOT_PROVED,) if report.guideline else ()


COMMAND = Command(
    run,
    "check a guideline: words, codes, dates, text and cases; prove what holds of all",
    ("check", "check my-guideline", "check --examples", "check --json"),
    add_options,
)
