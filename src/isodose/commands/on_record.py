"""What the commands on the record share: where it is, its checkpoints, and how its errors are said."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING

from isodose.commands import CommandError
from isodose.commands.common import read_settings
from isodose.commands.lacking import says_what_is_lacking

if TYPE_CHECKING:
    from isodose.settings import Settings
    from isodose.store.checkpoint_file import CheckpointFile
    from isodose.store.verify import Verification


def on_record(run: Callable[[argparse.Namespace, Settings], int]) -> Callable[[argparse.Namespace], int]:
    """A command that works on the record: what the record refuses is one line, and so is a library that is not there."""

    @says_what_is_lacking
    @wraps(run)
    def command(options: argparse.Namespace) -> int:
        from isodose.store.errors import StoreError

        try:
            return run(options, read_settings())
        except StoreError as error:
            raise CommandError(str(error)) from None

    return command


def checkpoints_of(settings: Settings) -> CheckpointFile | None:
    """The file of checkpoints with its key; None if none was ever taken. Raises ``CommandError`` if it is gone."""
    from isodose.store.checkpoint_file import CheckpointFile
    from isodose.store.signing import read_key

    if settings.checkpoints.exists():
        return CheckpointFile(settings.checkpoints, read_key(settings.checkpoint_key))
    if settings.checkpoint_key.exists():
        key = settings.checkpoint_key
        raise CommandError(
            f"{settings.checkpoints}: the checkpoints are gone, though their key {key} is here; put them back"
        )
    return None


def counted(number: int, what: str) -> str:
    """``1 event``, ``1,200 events``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def what_was_looked_at(found: Verification) -> str:
    parts = ((found.requests, "request"), (found.events, "event"), (found.documents, "document"))
    return ", ".join(counted(number, what) for number, what in parts)


def now() -> datetime:
    from isodose.store.event import whole_milliseconds

    return whole_milliseconds(datetime.now(UTC))


def account() -> str:
    """Who runs the command, as the machine knows them."""
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):
        return "system"
