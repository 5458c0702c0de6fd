"""The guidelines whose pages are looked at, and what a reader sees of a page."""

import re
from functools import cache
from pathlib import Path

from isodose.determination.program import Program
from isodose.guideline.content import shipped
from isodose.guideline.load import load_or_raise
from isodose.terminal.paper import Paper

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "imrt": shipped("imrt"),
    "template": shipped("template"),
    "diabetes-screening": ROOT / "tests" / "second_guideline" / "diabetes-screening",
}
PAPERS = {"plain": Paper(), "colour": Paper(colour=True), "ascii": Paper(signs=False)}

COLOUR = re.compile(r"\x1b\[\d*m")


@cache
def program(name: str) -> Program:
    return Program(load_or_raise(FOLDERS[name]))


def without_colour(page: str) -> str:
    return COLOUR.sub("", page)


def too_wide(page: str) -> list[str]:
    return [line for line in without_colour(page).split("\n") if len(line) > 80]


def section(page: str, heading: str) -> list[str]:
    """The lines below a heading, up to the next blank one."""
    lines = page.split("\n")
    below = lines[lines.index(heading) + 1 :]
    return below[: below.index("")] if "" in below else below
