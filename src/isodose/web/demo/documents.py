"""Documents for the demonstration: typed ones of several pages, and one that is a scan. Made in a moment."""

from __future__ import annotations

import ctypes
import io
import random
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from isodose.store.document import Document

Page = Sequence[str]
"""Lines of text, the first of them the title."""

_WIDTH, _HEIGHT, _LEFT, _TOP, _LEADING = 612, 792, 72, 712, 17
_TITLE, _TEXT = 15, 11
_SCAN_SCALE, _SCAN_TURN, _SPECKS = 100 / 72, 0.7, 900


def typed(pages: Sequence[Page]) -> Document:
    """A PDF whose text can be searched."""
    document = _document(pages)
    try:
        return _saved(document)
    finally:
        document.close()


def scanned(pages: Sequence[Page]) -> Document:
    """A PDF of pictures, a little askew and with specks, as paper comes from a machine: nothing in it can be searched."""
    document = _document(pages)
    try:
        pictures = [
            _as_scanned(document[number].render(scale=_SCAN_SCALE).to_pil(), number) for number in range(len(pages))
        ]
    finally:
        document.close()
    content = io.BytesIO()
    pictures[0].save(content, "PDF", save_all=True, append_images=pictures[1:], resolution=100)
    return Document("application/pdf", content.getvalue())


def _document(pages: Sequence[Page]) -> pdfium.PdfDocument:
    document = pdfium.PdfDocument.new()
    for lines in pages:
        page = document.new_page(_WIDTH, _HEIGHT)
        for number, line in enumerate(lines):
            size = _TEXT if number else _TITLE
            _write(document, page, line, size, _TOP - number * _LEADING - (8 if number else 0))
        page.gen_content()
    return document


def _write(document: pdfium.PdfDocument, page: pdfium.PdfPage, line: str, size: int, y: int) -> None:
    text = raw.FPDFPageObj_NewTextObj(document.raw, b"Times-Roman", ctypes.c_float(size))
    letters = (line + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(text, ctypes.cast(ctypes.create_string_buffer(letters), raw.FPDF_WIDESTRING))
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, _LEFT, y)
    raw.FPDFPage_InsertObject(page.raw, text)


def _saved(document: pdfium.PdfDocument) -> Document:
    content = io.BytesIO()
    document.save(content)
    return Document("application/pdf", content.getvalue())


def _as_scanned(page: Image.Image, seed: int) -> Image.Image:
    turned = page.convert("L").rotate(_SCAN_TURN, fillcolor=255, resample=Image.Resampling.BILINEAR)
    chance = random.Random(seed)  # noqa: S311 (specks)
    for _ in range(_SPECKS):
        turned.putpixel((chance.randrange(turned.width), chance.randrange(turned.height)), chance.choice((0, 90, 160)))
    return turned
