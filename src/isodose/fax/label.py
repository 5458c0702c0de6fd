"""What a machine reads of a sheet: a QR code that says which sheet of which request it is, and the number as Code 128.

Every bar and every dot is a whole number of the dots of a fax (200 to an inch), so that nothing is lost on the way. The number
carries its own check digit (`desk/number.py`), Code 128 one for itself, and a quarter of the QR code may be spoilt.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from isodose.desk.number import plain

FAX_DOT = 25.4 / 200
"""Millimetres."""

QR_DOTS, BAR_DOTS = 6, 4
"""Dots of a fax for one module of the QR code, and for one of the bars."""

BAR_HEIGHT = 15.0
"""Millimetres."""

QR_QUIET, BAR_QUIET = 4, 10
"""Modules of white around each, as its standard asks."""

NONE_YET = "-"
"""Stands where a sheet has no number."""


@dataclass(frozen=True, slots=True)
class Label:
    """Which sheet it is: ``cover``, or ``line-1`` for the worksheet of a service line; ``number`` is None where there is none yet."""

    guideline: str
    edition: str
    number: str | None
    sheet: str

    @property
    def text(self) -> str:
        """What the QR code says; nothing of it is about the patient."""
        number = plain(self.number) if self.number else NONE_YET
        return f"isodose {self.guideline} {self.edition} {number} {self.sheet}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture for a page: its address, and its size in millimetres."""

    address: str
    width: float
    height: float


def qr_code(label: Label) -> Drawing:
    """The QR code of a sheet, with error correction Q."""
    import segno

    code = segno.make_qr(label.text, error="q")
    rows = ["".join("1" if dark else "0" for dark in row) for row in code.matrix]
    return _drawing(rows, QR_DOTS * FAX_DOT, QR_DOTS * FAX_DOT, QR_QUIET, QR_QUIET)


def bar_code(number: str) -> Drawing:
    """The number, letters and digits alone, as Code 128."""
    from barcode import Code128

    return _drawing(Code128(plain(number)).build(), BAR_DOTS * FAX_DOT, BAR_HEIGHT, BAR_QUIET, 0)


def _drawing(rows: list[str], width: float, height: float, quiet_x: int, quiet_y: int) -> Drawing:
    """Rows of modules as a picture that is black on white: one rectangle for each run of dark modules."""
    across, down = len(rows[0]) + 2 * quiet_x, len(rows) + 2 * quiet_y
    path = "".join(
        f"M{start + quiet_x} {y + quiet_y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark(row)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" preserveAspectRatio="none" '
        f'width="{across * width:.3f}mm" height="{down * height:.3f}mm"><path d="{path}" fill="#000"/></svg>'
    )
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return Drawing(address, round(across * width, 3), round(down * height, 3))


def _dark(row: str) -> Iterable[tuple[int, int]]:
    """Each run of dark modules: where it starts, and how long it is."""
    place = 0
    while (start := row.find("1", place)) >= 0:
        end = row.find("0", start)
        place = end if end >= 0 else len(row)
        yield start, place - start
