"""HTML to pages: a tagged PDF (PDF/UA-1), the same byte for byte whenever it is made of the same HTML.

The HTML is that of `render.paper`: its faces are static, as a face cut out of a variable one would carry the time of day.
"""

from __future__ import annotations

from typing import Any as Untyped

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
    made: bytes = _document(html).write_pdf(finisher=_name_headers, pdf_variant="pdf/ua-1")
    return made


def page_count(html: str) -> int:
    """How many pages the document has. Raises ``NoPangoError``."""
    return len(_document(html).render().pages)


def _document(html: str) -> Untyped:
    weasyprint = _weasyprint()
    inside_alone = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    return weasyprint.HTML(string=html, url_fetcher=inside_alone)


def _name_headers(_: Untyped, pdf: Untyped) -> None:
    """The headers of tables, which WeasyPrint names by where they lie in memory, are named by their order instead.

    On a table's further pages it names headers that are not in the file; these are left out.
    """
    elements = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"]
    names: dict[object, str] = {}
    for element in elements:
        if "ID" in element:
            element["ID"].string = names.setdefault(element["ID"].string, f"header-{len(names) + 1}")
    for element in elements:
        headers = element.get("A", {}).get("Headers", [])
        headers[:] = [type(header)(names[header.string]) for header in headers if header.string in names]


def _weasyprint() -> Untyped:
    try:
        import weasyprint
    except OSError:  # a library of the system that it could not open
        raise NoPangoError from None
    return weasyprint
