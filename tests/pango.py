"""Pango, which WeasyPrint sets PDFs with: without it a test that looks at a PDF skips, but in CI it fails."""

from isodose.pages.pdf import PANGO
from tests.browser import without


def needs_pango() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        without(f"Pango, which ./test installs as root on Debian: {', '.join(PANGO)}")
