"""A view and a template to one document. Styles and fonts travel inside it: it opens anywhere, and fetches nothing."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

FOLDER = files("isodose.pages")

FACES = (
    ("Inter Variable", "normal", "inter"),
    ("Source Serif 4 Variable", "normal", "source-serif-4"),
    ("Source Serif 4 Variable", "italic", "source-serif-4-italic"),
)
"""Family, style and file of each face that is shipped."""


def document(template: str, styles: tuple[str, ...], **values: Any) -> str:
    """The HTML document that a template makes of the values, with the styles named (``tokens`` and ``base`` come first)."""
    sheets = "".join(_read("styles", f"{name}.css") for name in ("tokens", "base", *styles))
    return environment().get_template(template).render(look=Markup(_fonts() + sheets), **values)  # noqa: S704 (our own)


@cache
def environment() -> Environment:
    """Templates escape what they are given; a name that they are not given is an error."""
    return Environment(
        loader=FunctionLoader(lambda name: _read("templates", name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _fonts() -> str:
    return "".join(
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:200 900;font-display:swap;'
        f'src:url(data:font/woff2;base64,{_encoded(FOLDER / "fonts" / f"{file}.woff2")}) format("woff2")}}\n'
        for family, style, file in FACES
    )


def _encoded(file: Traversable) -> str:
    return b64encode(file.read_bytes()).decode("ascii")


def _read(folder: str, name: str) -> str:
    return (FOLDER / folder / name).read_text("utf-8")
