"""A template and its values to a page. Templates hold no decisions, and a word that they lack is an error."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, FunctionLoader, StrictUndefined

from isodose.web import show, static
from isodose.web.navigation import navigation
from isodose.web.rights import Right

TEMPLATES = files("isodose.web") / "templates"
SHARED = files("isodose.pages") / "templates"


def render(template: str, **values: Any) -> str:
    return environment().get_template(template).render(**values)


@cache
def environment() -> Environment:
    """Templates of `web`, and the parts that it shares with documents (`isodose.pages`)."""
    made = Environment(
        loader=ChoiceLoader([FunctionLoader(_own), FunctionLoader(_shared)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= show.FILTERS
    made.globals |= {"Right": Right, "asset": static.address, "navigation": navigation}
    return made


def _own(name: str) -> str | None:
    file = TEMPLATES / name
    return file.read_text("utf-8") if file.is_file() else None


def _shared(name: str) -> str | None:
    file = SHARED / name
    return file.read_text("utf-8") if file.is_file() else None
