"""`isodose show`: the guideline, one clause of it, or one clause over time."""

from __future__ import annotations

import argparse
import sys

from isodose.commands import DONE, Command, CommandError
from isodose.commands.common import add_as_known_on, add_edition, edition_of, guideline_of, paper_of, read_settings


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("clause", nargs="?", help="a clause or a reading; the whole guideline if left out")
    add_edition(command)
    command.add_argument(
        "--editions", action="store_true", help="compare the clause over all editions; without a clause, list them"
    )
    add_as_known_on(command)


def run(options: argparse.Namespace) -> int:
    """The guideline, one clause of it, or one clause over time."""
    from isodose.guideline.problem import did_you_mean
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
        others = [one.id for one in guideline.editions if name in one.clauses or name in one.readings]
        near = did_you_mean(name, [*edition.clauses, *edition.readings])
        where = f"; it is in {others[-1]}: add --edition {others[-1]}" if others else near
        raise CommandError(f"edition {edition.id} has no clause or reading `{name}`{where}")
    print(page)
    return DONE


COMMAND = Command(
    run,
    "read the guideline, its rules beside the text",
    ("show", "show 1.b", "show A4", "show codes --editions", "show --as-known-on 2025-01-20"),
    add_options,
)
