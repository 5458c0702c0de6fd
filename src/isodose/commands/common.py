"""What several commands share: options, settings, the guideline in use, and how to print."""

from __future__ import annotations

import argparse
import io
import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from isodose.commands import CommandError

if TYPE_CHECKING:
    from isodose.determination.program import Program
    from isodose.guideline.edition import Edition
    from isodose.guideline.guideline import Guideline
    from isodose.settings import Settings
    from isodose.terminal.paper import Paper

FILES = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
FOLDERS = {"bash": "_shtab_compgen_dirs", "zsh": "_files -/", "tcsh": "d"}
"""How each shell completes such an argument: shtab's own words, which only its command needs to load."""


def write_data() -> None:
    """From here on standard output is data: UTF-8 with LF, whatever the machine."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def complain(text: str) -> None:
    """One line on standard error, if it can be written to."""
    from isodose.terminal.paper import printable

    with suppress(OSError):
        print(f"isodose: {printable(text)}", file=sys.stderr, flush=True)


def reason_of(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def add_as_known_on(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as-known-on", type=_date, metavar="DATE", help="answer as the plan would have on that day")


def add_edition(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--edition", metavar="ID", help="another edition than the newest, such as 2025-01-01@2025-02-05"
    )


def edition_of(guideline: Guideline, options: argparse.Namespace) -> Edition:
    """The edition that is asked for by its id, else the newest (as known on a day, where the command has that option)."""
    from isodose.guideline.choose import edition_on
    from isodose.guideline.problem import listed

    if options.edition:
        found = next((edition for edition in guideline.editions if edition.id == options.edition), None)
        if found is None:
            raise CommandError(f"no edition `{options.edition}`: it is {listed(one.id for one in guideline.editions)}")
        return found
    known_on = getattr(options, "as_known_on", None)
    ruling = edition_on(guideline.editions, date.max, known_on)
    if ruling is None:
        raise CommandError(f"no edition had been decided by {known_on}")
    return ruling


def _date(text: str) -> date:
    from isodose.guideline.dates import date_from

    day = date_from(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date: write it as YYYY-MM-DD")
    return day


def read_settings() -> Settings:
    from isodose.settings import SettingsError, settings_from

    try:
        return settings_from(Path.cwd(), os.environ)
    except SettingsError as error:
        raise CommandError(str(error)) from None


def folder_of(options: argparse.Namespace, settings: Settings) -> Path:
    from isodose.guideline.content import shipped

    chosen: Path | None = options.content or settings.content
    if chosen is None and not shipped(settings.guideline).is_dir():
        raise CommandError(f"no guideline `{settings.guideline}` is shipped; correct the setting `guideline`")
    return chosen or shipped(settings.guideline)


def guideline_of(options: argparse.Namespace, settings: Settings) -> Guideline:
    from isodose.guideline.content import expect_guideline
    from isodose.guideline.guideline import GuidelineError

    folder = folder_of(options, settings)
    try:
        expect_guideline(folder)
        return _read_guideline(folder, settings)
    except (GuidelineError, FileNotFoundError) as error:
        raise CommandError(str(error)) from None


def _read_guideline(folder: Path, settings: Settings) -> Guideline:
    if settings.keep:
        from isodose.kept import kept_guideline

        return kept_guideline(folder, os.environ)
    from isodose.guideline.load import load_or_raise

    return load_or_raise(folder)


def program_of(options: argparse.Namespace, settings: Settings) -> Program:
    from isodose.determination.program import Program

    return Program(guideline_of(options, settings))


def paper_of(options: argparse.Namespace, stream: TextIO) -> Paper:
    from isodose.terminal.paper import paper_for

    return paper_for(stream, os.environ, options.color)
