"""A letter on paper: HTML from the templates, and of that a tagged PDF (PDF/UA-1). Made again, it is the same byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Template
from markupsafe import Markup

from isodose.letters.kind import Reader
from isodose.letters.letter import Letter, letter_from
from isodose.letters.sources import Sources
from isodose.letters.versions import VERSION, templates, text_of
from isodose.pages.pdf import pdf_from
from isodose.pages.render import PAPER, look

STYLES = ("tokens", "paper", "letter")

FACES = tuple(face for face in PAPER if face.style == "normal" and face.family != "Signs")
"""Letters have no italics and no signs; each face costs the time to unpack it."""

_FORM = '{{% extends "letters/{reader}.html" %}}{{% block body %}}{form}{{% endblock %}}'


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter that can be shown, printed and kept; ``sha256`` is the PDF's, under which it is kept as a document."""

    html: str
    pdf: bytes
    sha256: str


def letter_for(reader: Reader, sources: Sources, on: date, version: int = VERSION) -> Rendered:
    """The letter that tells one reader of the last event, dated on a day. The same arguments give the same bytes.

    Raises ``ValueError`` where nobody of that kind is written to, and ``NoPangoError``.
    """
    html = html_of(letter_from(reader, sources, on), version)
    pdf = pdf_from(html)
    return Rendered(html, pdf, hashlib.sha256(pdf).hexdigest())


def html_of(letter: Letter, version: int = VERSION) -> str:
    """The letter as one HTML document. A placeholder that nothing fills is an error (``jinja2.UndefinedError``)."""
    return _template(letter, version).render(look=_look(version), letter=letter)


def sheet_of(html: str, below: int) -> Markup:
    """What stands on the letter's sheet, word for word, to be shown within a page, under a heading of a level."""
    sheet = html.partition('<main class="sheet">\n')[2].partition("</main>")[0]
    for level in (3, 2, 1):
        for mark in (f"<h{level}>", f"</h{level}>"):
            sheet = sheet.replace(mark, mark.replace(str(level), str(level + below)))
    return Markup(sheet)  # noqa: S704 (what people wrote in it is escaped)


@cache
def _look(version: int) -> Markup:
    """The faces, and the styles of a version."""
    return look(FACES, ()) + Markup("".join(text_of("styles", f"{name}.css", version) for name in STYLES))  # noqa: S704 (our own)


def _template(letter: Letter, version: int) -> Template:
    """The plan's own form of the letter, if there is one, or ours."""
    form = letter.plan.forms.get(letter.name)
    if form is not None:
        return templates(version).from_string(_FORM.format(reader=letter.reader, form=form))
    return templates(version).get_template(f"letters/{letter.reader}-{letter.kind}.html")
