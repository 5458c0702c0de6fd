"""`isodose audit`: checkpoints over the record, whether it is what was stored, and heads made anew."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from isodose.commands import DONE, FOUND_ERRORS, Command
from isodose.commands.common import complain
from isodose.commands.on_record import checkpoints_of, counted, now, on_record, what_was_looked_at

if TYPE_CHECKING:
    from isodose.settings import Settings
    from isodose.store.record import Record


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "what",
        choices=("verify", "checkpoint", "heads"),
        help="look at everything, cover what was appended since the last checkpoint, or make heads anew from the events",
    )


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Verify the record, take a checkpoint, or make heads anew."""
    return {"verify": _verify, "checkpoint": _checkpoint, "heads": _heads}[options.what](settings)


def _verify(settings: Settings) -> int:
    from isodose.store.record import open_record
    from isodose.store.verify import verify

    with closing(open_record(settings.database)) as record:
        checkpoints = checkpoints_of(settings)
        found = verify(record, checkpoints)
        if not found.faults:
            found.others += _wrong_heads(record, found.others)
            found.others += _wrong_draws(record)
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


def _wrong_heads(record: Record, said: list[str]) -> list[str]:
    """Heads that are not what their events say, but those of which it is said already."""
    from isodose.desk.head import head_by
    from isodose.desk.policy import DeskPolicy
    from isodose.store.errors import DamagedError
    from isodose.store.rebuild import differing

    try:
        wrong = differing(record.database, head_by(DeskPolicy()))
    except DamagedError as error:
        return [str(error)]
    known = {line.partition(":")[0] for line in said}
    advice = "is not what its events say; make all heads anew with: isodose audit heads"
    return [f"{request}: its head {advice}" for request in wrong if request not in known]


def _wrong_draws(record: Record) -> list[str]:
    """Units that claims drew otherwise than they can have been posted, or more of them than were granted."""
    from isodose.claims.from_record import overdrawn
    from isodose.desk.policy import DeskPolicy
    from isodose.store.drawn import wrong_draws

    return [*wrong_draws(record.database), *overdrawn(record, DeskPolicy().zone)]


def _heads(settings: Settings) -> int:
    from isodose.desk.head import head_by
    from isodose.desk.policy import DeskPolicy
    from isodose.store.rebuild import rebuild
    from isodose.store.record import open_record

    with closing(open_record(settings.database)) as record:
        made = rebuild(record.database, head_by(DeskPolicy()))
        print(f"{record.database.name}: {counted(made, 'head')} made anew from the events")
    return DONE


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
    "verify the record, take a checkpoint of it, or make its heads anew",
    ("audit checkpoint", "audit verify", "audit heads"),
    add_options,
)
