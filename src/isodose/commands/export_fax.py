"""`isodose export fax`: the kit of one patient's request, or a blank one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from isodose.commands import CommandError
from isodose.commands.common import edition_of, read_settings

if TYPE_CHECKING:
    from isodose.batch.items import Item
    from isodose.determination.program import Determination
    from isodose.fax.fax import Fax
    from isodose.guideline.guideline import Guideline
    from isodose.settings import Settings


def fax_file(guideline: Guideline, options: argparse.Namespace) -> bytes:
    """The kit as PDF."""
    from isodose.fax.fax import FaxError
    from isodose.fax.kit import fax_pdf

    try:
        return fax_pdf(_fax(guideline, options))
    except FaxError as error:
        raise CommandError(str(error)) from None


def _fax(guideline: Guideline, options: argparse.Namespace) -> Fax:
    from isodose.commands.decide import items_of
    from isodose.fax.fax import Fax, checked, fax_of

    if options.file is None:
        return checked(Fax(guideline, edition_of(guideline, options), options.number, attached=options.attached))
    settings = read_settings()
    items = list(items_of(options.file, settings))
    lines = tuple(_determinations(items, guideline, options, settings))
    if not lines:
        raise CommandError(f"{options.file}: no cases are in it")
    return fax_of(guideline, lines, options.number, _member_id(items), options.attached)


def _determinations(
    items: list[Item], guideline: Guideline, options: argparse.Namespace, settings: Settings
) -> Iterator[Determination]:
    from isodose.batch.items import Fault
    from isodose.commands.decide import answers
    from isodose.determination.program import Program

    program = Program(guideline)
    for item in items:
        for answer in answers(item, program, settings, options.as_known_on):
            if isinstance(answer, Fault):
                raise CommandError(": ".join(filter(None, (options.file, answer.place, answer.message))))
            yield answer


def _member_id(items: list[Item]) -> str:
    """The member that a request of ours names; other forms leave the line to be written on."""
    from isodose.batch.items import RequestObject

    members = [item.request.get("member") for item in items if isinstance(item, RequestObject)]
    said = members[0].get("member_id") if members and isinstance(members[0], dict) else None
    return said if isinstance(said, str) else ""
