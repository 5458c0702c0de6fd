"""Who writes the plan's letters and who sends them, by the settings; for what runs by the clock, and for the server."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from isodose.commands import CommandError
from isodose.commands.common import program_of

if TYPE_CHECKING:
    from isodose.desk.office import Office
    from isodose.letters.sending import Sender
    from isodose.letters.waiting import Waiting
    from isodose.settings import Settings
    from isodose.store.record import Record


def office_over(record: Record, options: argparse.Namespace, settings: Settings) -> Office:
    """The desk over a record."""
    import secrets

    from isodose.desk.number import MOST_REQUESTS
    from isodose.desk.office import Office
    from isodose.desk.policy import DeskPolicy

    policy = DeskPolicy(attested=frozenset(settings.attested), second_look=settings.second_look, salt=settings.salt)
    return Office(record, program_of(options, settings), policy, lambda: secrets.randbelow(MOST_REQUESTS))


def letters_of(office: Office, settings: Settings) -> Waiting | None:
    """Who writes letters: nobody before the plan has said its names and addresses. Raises ``CommandError``."""
    from isodose.letters.plan_file import PlanError, read_plan
    from isodose.letters.waiting import Waiting
    from isodose.letters.writing import Writer

    if settings.plan is None:
        return None
    try:
        return Waiting(Writer(office, read_plan(settings.plan)))
    except PlanError as error:
        raise CommandError(str(error)) from None


def sender_of(office: Office, settings: Settings) -> Sender:
    """Who sends them."""
    from isodose.letters.sending import Sender

    return Sender(office, settings.outbox)
