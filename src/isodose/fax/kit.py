"""The fax kit as pages: a cover with nothing on it about the patient, then a worksheet for each service line."""

from __future__ import annotations

from dataclasses import dataclass

from isodose.desk.number import IN_WORDS
from isodose.fax.fax import Fax
from isodose.fax.label import Drawing, Label, bar_code, qr_code
from isodose.fax.worksheet import Worksheet, blank_worksheet, worksheet
from isodose.guideline.products import Product, products_of
from isodose.pages.pdf import page_count, pdf_from
from isodose.pages.render import paper

TEMPLATE, STYLES = "fax/kit.html", ("fax/kit",)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet with what a machine reads of it."""

    of: Worksheet
    code: Drawing
    says: str


@dataclass(frozen=True, slots=True)
class Kit:
    """The pages of a fax. ``to`` are the products that it may be for, ``fax`` their number (empty: each has its own)."""

    title: str
    plan: str
    edition: str
    effective: str
    to: tuple[Product, ...]
    fax: str
    number: str
    number_says: str
    code: Drawing
    says: str
    bars: Drawing | None
    member_id: str
    sheets: tuple[Sheet, ...]
    attached: int | None
    own_pages: int = 0

    @property
    def pages(self) -> int | None:
        """All that is sent; None if it is not known how many documents follow."""
        return None if self.attached is None else self.own_pages + self.attached


def fax_pdf(fax: Fax) -> bytes:
    """The fax as one PDF, black and white, to print or to send as it is."""
    pages = page_count(kit_paper(kit(fax)))
    return pdf_from(kit_paper(kit(fax, pages)))


def kit_paper(of: Kit) -> str:
    """The HTML of these pages."""
    return paper(TEMPLATE, STYLES, kit=of)


def kit(fax: Fax, own_pages: int = 0) -> Kit:
    """The pages of a fax as a view; ``own_pages`` is how many they are on paper."""
    to = (fax.product,) if fax.product else products_of(fax.edition)
    numbers = {product.fax for product in to}
    label = _label(fax, "cover")
    return Kit(
        fax.edition.title,
        fax.edition.plan,
        fax.edition.id,
        str(fax.edition.effective),
        to,
        numbers.pop() if len(numbers) == 1 else "",
        fax.number or "",
        IN_WORDS[fax.kind] if fax.kind else "",
        qr_code(label),
        label.text,
        bar_code(fax.number) if fax.number else None,
        fax.member_id,
        tuple(_sheet(fax, one) for one in _worksheets(fax)),
        fax.attached,
        own_pages,
    )


def _worksheets(fax: Fax) -> list[Worksheet]:
    if not fax.lines:
        return [blank_worksheet(fax.guideline, fax.edition)]
    return [worksheet(line, line.case.line or place) for place, line in enumerate(fax.lines, start=1)]


def _sheet(fax: Fax, of: Worksheet) -> Sheet:
    label = _label(fax, f"line-{of.line}" if of.line else "blank")
    return Sheet(of, qr_code(label), label.text)


def _label(fax: Fax, sheet: str) -> Label:
    return Label(fax.guideline.id, fax.edition.id, fax.number, sheet)
