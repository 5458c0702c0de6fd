"""`isodose restore`: the record from a backup, where there is none yet."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.commands import DONE, Command
from isodose.commands.common import FILES, complain
from isodose.commands.on_record import checkpoints_of, counted, on_record, what_was_looked_at

if TYPE_CHECKING:
    from isodose.settings import Settings


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="what `isodose backup` wrote").complete = FILES  # type: ignore[attr-defined]


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Put a backup where the record belongs, and verify it."""
    from isodose.desk.head import head_by
    from isodose.desk.policy import DeskPolicy
    from isodose.store.database import open_database
    from isodose.store.restore import restore

    with closing(open_database(settings.database)) as database:
        found = restore(options.file, database, checkpoints_of(settings), head_of=head_by(DeskPolicy()))
    print(f"{database.name}: restored and verified, {what_was_looked_at(found)}")
    if found.lost:
        complain(
            f"the backup is older than the last checkpoint: {counted(len(found.lost), 'request')} went on after it"
        )
        for fault in found.lost:
            complain(str(fault))
    return DONE


COMMAND = Command(
    run,
    "put a backup where the record belongs, and verify it",
    ("restore isodose-2026-11-27.backup",),
    add_options,
)
