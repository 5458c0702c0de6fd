"""A sender that sends what waits, and dies at a point of it."""

import os
import signal
import sys
from itertools import count
from pathlib import Path

from tests.desk.at_the_office import office_of
from tests.letters.at_the_outbox import SOON
from tests.store.writer import die_at

from isodose.letters.sending import Sender
from isodose.store.record import open_record


def send_and_die(where: str, folder: Path, point: str) -> None:
    """`statement-9` is before the statement of that number, `move-2` before the move of a file of that number, `moved-2` right after."""
    record = open_record(where)
    kind, _, number = point.partition("-")
    if kind == "statement":
        die_at(record, int(number))
    else:
        _die_as_a_file_is_moved(int(number), is_after=kind == "moved")
    Sender(office_of(record), folder).round(SOON)


def _die_as_a_file_is_moved(number: int, *, is_after: bool) -> None:
    """After it is as something is opened next: the folder, to be kept on the disk."""
    moves = count()
    seen = False

    def watched(name: str, _: tuple[object, ...]) -> None:
        nonlocal seen
        if seen and name == "open":
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "os.rename" and next(moves) == number:
            if not is_after:
                os.kill(os.getpid(), signal.SIGKILL)
            seen = True

    sys.addaudithook(watched)
