"""`isodose audit`: checkpoints over the record, and whether it is what was stored."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from isodose.commands import DONE, FOUND_ERRORS, Command
from isodose.commands.common import complain
from isodose.commands.on_record import checkpoints_of, counted, now, on_record, what_was_looked_at

if TYPE_CHECKING:
    from isodose.settings import Settings


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "what",
        choices=("verify", "checkpoint"),
        help="look at everything, or cover what was appended since the last checkpoint",
    )


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Verify the record, or take a checkpoint."""
    return _verify(settings) if options.what == "verify" else _checkpoint(settings)


def _verify(settings: Settings) -> int:
    from isodose.store.record import open_record
    from isodose.store.verify import verify

    with closing(open_record(settings.database)) as record:
        checkpoints = checkpoints_of(settings)
        found = verify(record, checkpoints)
    for fault in (*map(str, found.faults), *found.others):
        print(fault)
    if not checkpoints:
        complain(
            "no checkpoint was taken yet, so an end that was cut off is not found; take one: isodose audit checkpoint"
        )
    covered = f"; {counted(found.uncovered, 'event')} after checkpoint {found.checkpoints}" if checkpoints else ""
    print(
        f"{record.database.name}: {what_was_looked_at(found)}{covered}: {'as stored' if found.holds else 'NOT as stored'}"
    )
    return DONE if found.holds else FOUND_ERRORS


def _checkpoint(settings: Settings) -> int:
    from isodose.store.checkpoint_file import CheckpointFile
    from isodose.store.record import open_record
    from isodose.store.signing import make_key, read_key
    from isodose.store.take import take_checkpoints

    with closing(open_record(settings.database)) as record:
        is_first = not settings.checkpoints.exists() and not settings.checkpoint_key.exists()
        key = make_key(settings.checkpoint_key) if is_first else read_key(settings.checkpoint_key)
        if is_first:
            complain(
                f"{settings.checkpoint_key}: a new key; keep a copy where who administers the database cannot read it"
            )
        taken = take_checkpoints(record.database, CheckpointFile(settings.checkpoints, key), now())
    for checkpoint in taken:
        print(f"{settings.checkpoints}: checkpoint {checkpoint.number}, {counted(len(checkpoint.heads), 'request')}")
    if not taken:
        print(f"{settings.checkpoints}: nothing was appended since the last checkpoint")
    return DONE


COMMAND = Command(
    run,
    "verify that the record is what was stored, or take a checkpoint of it",
    ("audit checkpoint", "audit verify"),
    add_options,
)
