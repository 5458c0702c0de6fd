"""Of which templates and styles a letter is made: those of its version, so that one that is stored stays as it was, byte for byte.

Whoever changes how letters look begins a version: each file that changes is first kept as it was, in a folder named after the
last version that used it (``templates/1/parts.html``), and ``VERSION`` goes up by one. New files need no version.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader

from isodose.pages.render import environment

VERSION = 3
"""That of letters which are written now. Letters of before versions were kept are of the first."""

_HERE, _PAGES = files("isodose.letters"), files("isodose.pages")


def text_of(folder: str, name: str, version: int = VERSION) -> str:
    """A template or style as letters of a version have it: as it was kept when a later version changed it, else as it is."""
    kept = (_HERE / folder / str(number) / name for number in range(version, VERSION))
    for place in (*kept, _HERE / folder / name):
        if place.is_file():
            return place.read_text("utf-8")
    return (_PAGES / folder / name).read_text("utf-8")


@cache
def templates(version: int = VERSION) -> Environment:
    """The templates of a version; in other things as those of all pages."""
    return environment().overlay(
        loader=FunctionLoader(lambda name: text_of("templates", name.removeprefix("letters/"), version))
    )
