"""A view and a template to one document. Styles and fonts travel inside it: it opens anywhere, and fetches nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

_FONTS = files("isodose.pages") / "fonts"


class Face(NamedTuple):
    """A face that is shipped: one weight, or all between two. ``form`` is its file's suffix."""

    family: str
    style: str
    weight: str
    file: str
    form: str = "woff2"


_FORMATS = {"woff2": "woff2", "ttf": "truetype"}
"""What a stylesheet calls them."""

SCREEN = (
    Face("Inter Variable", "normal", "200 900", "inter"),
    Face("Source Serif 4 Variable", "normal", "200 900", "source-serif-4"),
    Face("Source Serif 4 Variable", "italic", "200 900", "source-serif-4-italic"),
)

PAPER = (
    Face("Inter Variable", "normal", "400", "inter-400", "ttf"),
    Face("Inter Variable", "normal", "600", "inter-600", "ttf"),
    Face("Source Serif 4 Variable", "normal", "400", "source-serif-4-400", "ttf"),
    Face("Source Serif 4 Variable", "normal", "600", "source-serif-4-600", "ttf"),
    Face("Source Serif 4 Variable", "italic", "400", "source-serif-4-italic-400", "ttf"),
    Face("Signs", "normal", "400", "dejavu-sans-signs", "ttf"),
)
"""The weights of the same faces that paper uses, each by itself: to cut one out of all takes seconds, and the clock's time into the file. They are not packed, as to unpack them takes seconds too."""


def document(template: str, styles: tuple[str, ...], **values: Any) -> str:
    """The HTML document that a template makes of the values, with the styles named (``tokens`` and ``base`` come first)."""
    return _filled(template, SCREEN, ("tokens", "base", *styles), values)


def document_with_sheets(template: str, styles: tuple[str, ...], printed: tuple[str, ...], **values: Any) -> str:
    """The same for a document that holds sheets of its own, which are printed in place of what is read (``printed``: all of their styles)."""
    on_screen, on_paper = look((), ("tokens", "base", *styles)), look((), printed)
    return _filled(template, SCREEN, (), {**values, "on_screen": on_screen, "on_paper": on_paper})


def paper(template: str, styles: tuple[str, ...], **values: Any) -> str:
    """The same for a document that is printed (``tokens`` and ``paper`` come first); `pdf_from` makes pages of it."""
    return _filled(template, PAPER, ("tokens", "paper", *styles), values)


def _filled(template: str, faces: tuple[Face, ...], styles: Iterable[str], values: dict[str, Any]) -> str:
    return environment().get_template(template).render(look=look(faces, styles), **values)


def look(faces: tuple[Face, ...], styles: Iterable[str]) -> Markup:
    """What stands in a document's ``<style>``: the faces with their files in them, and the styles by name."""
    return Markup(_fonts(faces) + "".join(_read("styles", f"{name}.css") for name in styles))  # noqa: S704 (our own)


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
def _fonts(faces: tuple[Face, ...]) -> str:
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-style:{face.style};font-weight:{face.weight};font-display:swap;'
        f'src:url(data:font/{face.form};base64,{_encoded(_FONTS / f"{face.file}.{face.form}")}) format("{_FORMATS[face.form]}")}}\n'
        for face in faces
    )


def _encoded(file: Traversable) -> str:
    return b64encode(file.read_bytes()).decode("ascii")


def _read(folder: str, name: str) -> str:
    """A template or style of this part, or of another one that has its own: ``fax/cover.html``."""
    part, _, file = name.rpartition("/")
    return (files(f"isodose.{part or 'pages'}") / folder / file).read_text("utf-8")
