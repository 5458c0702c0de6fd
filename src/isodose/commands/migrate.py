"""`isodose migrate`: the record's database made, or brought to the layout that this program reads."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from isodose.commands import DONE, Command
from isodose.commands.on_record import on_record

if TYPE_CHECKING:
    from isodose.settings import Settings


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--to", default="head", metavar="LAYOUT", help="another layout than the newest, such as r0001")


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Make the database, or change its layout."""
    from isodose.desk.head import head_by
    from isodose.desk.policy import DeskPolicy
    from isodose.store.database import open_database
    from isodose.store.schema import migrate

    with closing(open_database(settings.database)) as database:
        before, after = migrate(database, options.to, head_of=head_by(DeskPolicy()))
    was = f"it was {before}" if before else "it is new"
    print(f"{database.name}: layout {after or 'none'}" + ("" if before == after else f" ({was})"))
    return DONE


COMMAND = Command(
    run,
    "make the record's database, or bring it to the newest layout",
    ("migrate", "migrate --to r0001"),
    add_options,
)
