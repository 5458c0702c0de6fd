"""`isodose new`: a small guideline that passes the check and shows every construct."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from isodose.commands import DONE, Command, CommandError
from isodose.commands.common import FOLDERS


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", type=Path, metavar="GUIDELINE", help="the folder to make; its name is the guideline's"
    ).complete = FOLDERS  # type: ignore[attr-defined]


def run(options: argparse.Namespace) -> int:
    """A small guideline that passes the check and shows every construct."""
    from isodose.guideline.new import NewGuidelineError, new_guideline

    try:
        made = new_guideline(options.folder)
    except NewGuidelineError as error:
        raise CommandError(str(error)) from None
    for file in made:
        print(file)
    print(f"Next: isodose check {options.folder}", file=sys.stderr)
    return DONE


COMMAND = Command(
    run,
    "make a small guideline that passes the check and shows every construct",
    ("new my-guideline",),
    add_options,
)
