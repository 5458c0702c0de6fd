"""`isodose letters`: what waits is written and sent, once; where each letter stands; each made again."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from isodose.commands import DONE, FOUND_ERRORS, Command, CommandError
from isodose.commands.common import complain
from isodose.commands.correspondence import letters_of, office_over, sender_of
from isodose.commands.on_record import counted, now, on_record

if TYPE_CHECKING:
    from isodose.desk.office import Office
    from isodose.settings import Settings
    from isodose.store.outbox import Way

AT_ONCE = 1_000_000
"""Letters that are written in a run: all that wait."""


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=tuple(_ACTS), help="write and send what waits, list it, or make letters again")
    command.add_argument("requests", nargs="*", metavar="TRACK", help="with `again`: tracking numbers; all without any")
    command.add_argument("--all", action="store_true", help="with `list`: those that were sent, too")


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Send, list, or make again."""
    from isodose.store.record import open_record

    if options.requests and options.what != "again":
        raise CommandError(f"letters {options.what} takes no tracking number")
    with closing(open_record(settings.database)) as record:
        return _ACTS[options.what](office_over(record, options, settings), options, settings)


def _send(office: Office, _: argparse.Namespace, settings: Settings) -> int:
    written = _written(office, settings)
    sent = sender_of(office, settings).round(now())
    for parcel, problem in sent.failed:
        complain(f"{parcel.request}, letter {parcel.letter} to the {parcel.reader}: {problem}")
    print(f"{counted(written, 'letter')} written, {sent.delivered:,} delivered, {len(sent.failed):,} failed")
    return FOUND_ERRORS if sent.failed else DONE


def _written(office: Office, settings: Settings) -> int:
    """How many letters were lacking. Raises ``CommandError`` where none can be made."""
    from isodose.pages.pdf import NoPangoError

    waiting = letters_of(office, settings)
    if waiting is None:
        complain("no letters are written: the setting `plan` names no file with the plan's names and addresses")
        return 0
    try:
        done = waiting.round(now(), most=AT_ONCE)
    except NoPangoError as error:
        raise CommandError(str(error)) from None
    for tracking, kind in done.problems:
        complain(f"{tracking}: no letter is written ({kind})")
    return done.written


def _list(office: Office, options: argparse.Namespace, _: Settings) -> int:
    """What was not delivered yet, the newest first; a line for each."""
    from isodose.store.outbox import Stage, listed

    ways = listed(office.record.database, most=AT_ONCE)
    for way in ways:
        if options.all or way.stage is not Stage.DONE:
            print("\t".join(_columns(way)))
    return DONE


def _columns(way: Way) -> tuple[str, ...]:
    from isodose.store.event import instant_text

    one = way.parcel
    when = instant_text(way.done or way.next or one.made)
    to = f"{one.channel}:{one.place}"
    return way.stage.value, one.request, str(one.letter), one.reader, to, str(way.tries), when, way.proof or way.problem


def _again(office: Office, options: argparse.Namespace, settings: Settings) -> int:
    """Each letter made again, and a line for each that is not byte for byte what was stored."""
    from isodose.store.find import every_request

    waiting = letters_of(office, settings)
    if waiting is None:
        raise CommandError("letters are made with the plan's names and addresses: set `plan`")
    made = different = 0
    for request in options.requests or every_request(office.record.database):
        case = office.case(request)
        if case is None:
            raise CommandError(f"no request `{request}` is in {office.record.database.name}")
        for one in waiting.writer.again(case):
            made += 1
            if one.differs:
                different += 1
                print(f"{one.request}, event {one.number}: {one.differs}")
    print(f"{counted(made, 'letter')} made again, {different:,} not as stored")
    return FOUND_ERRORS if different else DONE


_ACTS = {"send": _send, "list": _list, "again": _again}

COMMAND = Command(
    run,
    "write and send the letters that wait, list them, or make them again",
    ("letters send", "letters list --all", "letters again TRACK-0001-2345-2"),
    add_options,
)
