"""Styles, scripts and fonts: a few files of our own, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from isodose.pages.guideline_print import PRINTED_STYLES
from isodose.pages.render import SCREEN

WEB = files("isodose.web")
PAGES = files("isodose.pages")

STYLES = (
    "layout",
    "forms",
    "truth",
    "lists",
    "public",
    "practice",
    "desk",
    "sheet",
    "author",
    "claims",
    "administrator",
)
"""Style sheets of the pages, one for each concern, after those that documents have too."""

_SHARED = ("tokens", "base", "guideline", "diff")

SCRIPTS = ("htmx-4.0.1.min", "isodose", "draft", "upload", "desk", "check")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served. ``name`` holds a hash of its content, so a browser may keep it for good."""

    name: str
    media_type: str
    content: bytes


def address(what: str) -> str:
    """The path of an asset by its plain name: `isodose.css`, `htmx.js`, `isodose.js`."""
    return f"/static/{_by_plain_name()[what].name}"


def asset(name: str) -> Asset | None:
    """An asset by its full name."""
    return next((one for one in _by_plain_name().values() if one.name == name), None)


@cache
def _by_plain_name() -> Mapping[str, Asset]:
    fonts = {f"{face.file}.woff2": _bytes(PAGES / "fonts" / f"{face.file}.woff2") for face in SCREEN}
    scripts = {f"{name.partition('-')[0]}.js": _bytes(WEB / "static" / f"{name}.js") for name in SCRIPTS}
    made = {plain: _asset(plain, content) for plain, content in {**fonts, **scripts}.items()}
    screen, paper = _styles(made, _SHARED, STYLES), _styles(made, PRINTED_STYLES, ())
    return {**made, "isodose.css": _asset("isodose.css", screen), "paper.css": _asset("paper.css", paper)}


def _styles(fonts: Mapping[str, Asset], of_pages: tuple[str, ...], own_names: tuple[str, ...]) -> bytes:
    """Style sheets in one, those that documents have too first, each font under its own address."""
    faces = "".join(
        f'@font-face{{font-family:"{face.family}";font-style:{face.style};font-weight:{face.weight};font-display:swap;'
        f'src:url(/static/{fonts[f"{face.file}.woff2"].name}) format("woff2")}}\n'
        for face in SCREEN
    )
    shared = (PAGES / "styles" / f"{name}.css" for name in of_pages)
    own = (WEB / "styles" / f"{name}.css" for name in own_names)
    sheets = b"".join(_bytes(sheet) for sheet in (*shared, *own) if sheet.is_file())
    return faces.encode() + sheets


_MEDIA_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "woff2": "font/woff2"}


def _asset(plain: str, content: bytes) -> Asset:
    stem, _, suffix = plain.rpartition(".")
    return Asset(f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{suffix}", _MEDIA_TYPES[suffix], content)


def _bytes(file: Traversable) -> bytes:
    return file.read_bytes()
