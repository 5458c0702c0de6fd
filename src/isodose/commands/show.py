"""`isodose show`: the guideline, one clause of it, or one clause over time."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from isodose.commands import DONE, Command, CommandError
from isodose.commands.common import add_as_known_on, add_edition, edition_of, guideline_of, paper_of, read_settings

if TYPE_CHECKING:
    from isodose.guideline.edition import Edition
    from isodose.guideline.guideline import Guideline


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("clause", nargs="?", help="a clause or a reading; the whole guideline if left out")
    add_edition(command)
    command.add_argument(
        "--editions", action="store_true", help="compare the clause over all editions; without a clause, list them"
    )
    add_as_known_on(command)


def run(options: argparse.Namespace) -> int:
    """The guideline, one clause of it, or one clause over time."""
    from isodose.terminal import show_page

    guideline = guideline_of(options, read_settings())
    edition = edition_of(guideline, options)
    paper = paper_of(options, sys.stdout)
    name = options.clause
    if name is None and options.editions:
        page = show_page.editions_page(guideline, paper)
    elif name is None:
        page = show_page.guideline_page(edition, paper)
    elif options.editions and name in guideline.clause_ids:
        page = show_page.compared_page(guideline, name, paper)
    elif name in edition.clauses:
        page = show_page.clause_page(guideline, edition, edition.clauses[name], paper)
    elif name in edition.readings:
        page = show_page.reading_page(edition, edition.readings[name], paper)
    else:
        raise CommandError(
            f"edition {edition.id} has no clause or reading `{name}`; {_instead(name, edition, guideline)}"
        )
    print(page)
    return DONE


def _instead(name: str, edition: Edition, guideline: Guideline) -> str:
    """What to ask for in place of a clause or reading that is not there."""
    from isodose.guideline.problem import listed, nearest

    others = [one.id for one in guideline.editions if name in one.clauses or name in one.readings]
    if others:
        return f"it is in {others[-1]}: add --edition {others[-1]}"
    above = max((clause for clause in edition.clauses if name.startswith(f"{clause}.")), key=len, default="")
    near = nearest(name, [*edition.clauses, *edition.readings])
    if near and near != above and (not above or name.startswith(near)):
        return f"did you mean `{near}`?"
    beside = [clause for clause in edition.clauses if clause.rpartition(".")[0] == above]
    return f"{f'`{above}`' if above else 'it'} has {listed(beside)}" if beside else f"nothing stands below `{above}`"


COMMAND = Command(
    run,
    "read the guideline, its rules beside the text",
    ("show", "show 1.b", "show A4", "show codes --editions", "show --as-known-on 2025-01-20"),
    add_options,
)
