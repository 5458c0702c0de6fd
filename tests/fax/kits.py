"""Faxes for tests, and a page as a fax machine sees it: 200 dots to an inch, black or white."""

from functools import cache

import pypdfium2
from PIL import Image
from tests.pango import needs_pango
from tests.terminal.pages import program

from isodose.desk.number import Kind, request_number
from isodose.determination.program import Determination
from isodose.fax.fax import Fax, fax_of
from isodose.fax.kit import fax_pdf

NUMBER = request_number(Kind.TRACKING, 12345)
MEMBER = "M0000417"
BORN = "1955-03-14"
CASE: dict[str, object] = {
    "request_id": "EX-1001",
    "line": 1,
    "date_of_service": "2025-11-03",
    "procedure_code": "77386",
    "product": "ma-hmo",
    "member_birth_date": BORN,
    "diagnosis_codes": ["C61"],
    "treatment_intent": "curative",
}

DOTS_PER_INCH = 200
MIDDLE = 128
"""The grey from which a dot is white."""


def determined(**facts: object) -> Determination:
    """The case with other facts; None takes one away."""
    return program("imrt").determine(CASE | facts)


def fax(*lines: Determination, number: str | None = NUMBER, attached: int | None = 7) -> Fax:
    return fax_of(program("imrt").guideline, lines or (determined(),), number, MEMBER, attached)


def blank(name: str = "imrt") -> Fax:
    guideline = program(name).guideline
    return Fax(guideline, guideline.editions[-1])


@cache
def pdf(name: str) -> bytes:
    """The kit of the case (``case``), or the blank one of a guideline."""
    needs_pango()
    return fax_pdf(fax() if name == "case" else blank(name))


@cache
def texts(name: str) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf(name))]


@cache
def grey_pages(name: str) -> list[Image.Image]:
    """Its pages at the resolution of a fax, with the greys of their edges."""
    pages = pypdfium2.PdfDocument(pdf(name))
    return [page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil().convert("L") for page in pages]


def faxed(page: Image.Image) -> Image.Image:
    """A page of greys in black and white."""
    return page.point(lambda grey: 255 if grey >= MIDDLE else 0)
