"""HTML to pages: a tagged PDF (PDF/UA-1), the same byte for byte whenever it is made of the same HTML.

The HTML is that of `render.paper`: its faces are static, as a face cut out of a variable one would carry the time of day.
"""

from __future__ import annotations

from types import ModuleType

PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
"""What sets the lines and cuts the faces, as Debian and Ubuntu call it."""


class NoPangoError(RuntimeError):
    """Pango, which no Python package brings, is not installed."""

    def __init__(self) -> None:
        super().__init__(
            f"a PDF needs Pango; install it with: apt-get install {' '.join(PANGO)} (macOS: brew install pango)"
        )


def pdf_from(html: str) -> bytes:
    """The document as PDF; nothing is fetched for it. Raises ``NoPangoError``."""
    weasyprint = _weasyprint()
    inside_alone = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    made: bytes = weasyprint.HTML(string=html, url_fetcher=inside_alone).write_pdf(pdf_variant="pdf/ua-1")
    return made


def _weasyprint() -> ModuleType:
    try:
        import weasyprint
    except OSError:  # a library of the system that it could not open
        raise NoPangoError from None
    return weasyprint
