"""`isodose load`: the plan's members, and the practices that send requests, from a file."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.commands import DONE, UNREADABLE, Command
from isodose.commands.common import FILES, complain
from isodose.commands.on_record import account, counted, now, on_record

if TYPE_CHECKING:
    from isodose.settings import Settings


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("members", "practices"), help="what the file lists")
    command.add_argument("file", type=Path, metavar="FILE", help="the whole list, .csv or .parquet").complete = FILES  # type: ignore[attr-defined]


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Make the file the list of members or of practices, if nothing is wrong with it."""
    from isodose.store.members import load_members, read_members
    from isodose.store.practices import load_practices, read_practices
    from isodose.store.record import open_record

    moment = now()
    with closing(open_record(settings.database)) as record:
        if options.what == "members":
            file, members, problems = read_members(options.file, moment.date())
            load = None if problems else load_members(record.database, file, members, account(), moment)
        else:
            file, practices, problems = read_practices(options.file)
            load = None if problems else load_practices(record.database, file, practices, account(), moment)
    if load is None:
        for problem in problems:
            complain(problem)
        complain(f"{options.file}: nothing was loaded, because of {counted(len(problems), 'problem')}")
        return UNREADABLE
    print(f"{load.entries:,} {options.what}: {load.added:,} added, {load.changed:,} changed, {load.removed:,} removed")
    return DONE


COMMAND = Command(
    run,
    "load the plan's members or practices from a file, all of it or nothing",
    ("load members members.csv", "load practices practices.parquet"),
    add_options,
)
