"""The pages of a document as pictures, and their words: what a browser is shown is made here, never the file itself.

All of it is made apart, and raises ``UnreadableError`` for what cannot be read.
"""

from __future__ import annotations

import io

from PIL import Image, ImageSequence

from isodose.store.document import Document
from isodose.web.documents.apart import UnreadableError, apart
from isodose.web.documents.kind import IMAGES, PDF
from isodose.web.documents.pdf import opened

WIDTH = 1200
"""Pixels of a page's picture: readable at full width of a desk's screen."""

MOST_HEIGHT = 4000
"""Pixels; a strip that is longer is made narrower."""


def page_count(document: Document) -> int:
    """Pages of a document; a text is one, and so is what cannot be opened any more."""
    try:
        return _count(document)
    except UnreadableError:
        return 1


@apart
def _count(document: Document) -> int:
    if document.media_type == PDF:
        with opened(document.content) as pdf:
            return len(pdf)
    if document.media_type in IMAGES.values():
        with _opened(document.content) as picture:
            return int(getattr(picture, "n_frames", 1))
    return 1


@apart
def page_text(document: Document, page: int) -> str:
    """The words of a page, counted from 1; empty for a picture, and for a page that is not there."""
    if document.media_type == PDF:
        with opened(document.content) as pdf:
            return str(pdf[page - 1].get_textpage().get_text_bounded()) if 1 <= page <= len(pdf) else ""
    if document.media_type in IMAGES.values() or page != 1:
        return ""
    return document.content.decode("utf-8", "replace")


@apart
def page_texts(document: Document) -> list[str]:
    """The words of all pages in order; read at once, which is how a document is searched."""
    if document.media_type == PDF:
        with opened(document.content) as pdf:
            return [str(page.get_textpage().get_text_bounded()) for page in pdf]
    return [page_text(document, number) for number in range(1, page_count(document) + 1)]


@apart
def page_picture(document: Document, page: int) -> bytes | None:
    """A page as PNG, counted from 1; None for a text, and for a page that is not there."""
    if document.media_type == PDF:
        return _of_pdf(document.content, page)
    return _of_picture(document.content, page) if document.media_type in IMAGES.values() else None


def _of_pdf(content: bytes, page: int) -> bytes | None:
    with opened(content) as pdf:
        if not 1 <= page <= len(pdf):
            return None
        width, height = pdf.get_page_size(page - 1)
        scale = min(WIDTH / max(width, 1), MOST_HEIGHT / max(height, 1))
        return _png(pdf[page - 1].render(scale=scale).to_pil())


def _of_picture(content: bytes, page: int) -> bytes | None:
    with _opened(content) as picture:
        for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
            if number == page:
                shown = frame.convert("RGB")
                shown.thumbnail((WIDTH, MOST_HEIGHT))
                return _png(shown)
    return None


def _opened(content: bytes) -> Image.Image:
    """A picture of one of the kinds that are taken, whatever else its bytes could be."""
    return Image.open(io.BytesIO(content), formats=tuple(IMAGES))


def _png(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()
