"""`isodose backup`: the record in a file, made while others write."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.commands import DONE, Command
from isodose.commands.common import FILES
from isodose.commands.on_record import on_record

if TYPE_CHECKING:
    from isodose.settings import Settings


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file", type=Path, metavar="FILE", help="the file to write; it must not be there yet"
    ).complete = (  # type: ignore[attr-defined]
        FILES
    )


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the record as it is now."""
    from isodose.store.backup import backup
    from isodose.store.record import open_record

    with closing(open_record(settings.database)) as record:
        backup(record.database, options.file)
    print(f"{options.file}: the record of {record.database.name}, {options.file.stat().st_size:,} bytes")
    return DONE


COMMAND = Command(
    run, "write the record to a file, while it is in use", ("backup isodose-2026-11-27.backup",), add_options
)
