"""`isodose replay`: the answers in the record, made again from what is stored."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from isodose.commands import DONE, FOUND_ERRORS, Command, CommandError
from isodose.commands.common import program_of
from isodose.commands.on_record import counted, on_record

if TYPE_CHECKING:
    from isodose.settings import Settings


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("requests", nargs="*", metavar="TRACK", help="tracking numbers; all requests without any")


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Make each answer again, and say which is not byte for byte what was stored."""
    from isodose.desk.policy import DeskPolicy
    from isodose.desk.replay import replay
    from isodose.store.find import every_request
    from isodose.store.record import open_record

    program = program_of(options, settings)
    made = different = 0
    with closing(open_record(settings.database)) as record:
        for request in options.requests or every_request(record.database):
            history = record.history(request)
            if not history:
                raise CommandError(f"no request `{request}` is in {record.database.name}")
            for one in replay(history, program, DeskPolicy()):
                made += 1
                if one.differs:
                    different += 1
                    print(f"{one.request}, event {one.number} ({one.kind}): {one.differs}")
        print(f"{record.database.name}: {counted(made, 'answer')} made again, {different:,} not as stored")
    return FOUND_ERRORS if different else DONE


COMMAND = Command(
    run,
    "make the answers in the record again, from what is stored",
    ("replay", "replay TRACK-0001-2345-2"),
    add_options,
)
