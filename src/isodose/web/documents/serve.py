"""How a document reaches a browser: a page as a picture, its text as text, or the file to be kept. Never anything that runs."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from isodose.store.document import Document
from isodose.store.seen import DOCUMENT, DOWNLOAD
from isodose.web.documents.apart import UnreadableError
from isodose.web.documents.kind import PDF
from isodose.web.documents.pages import page_picture, page_text
from isodose.web.errors import NotFoundError

_LONGEST = 64
"""Digits of a SHA-256."""

_MOST = 6
"""Digits of a page's number."""

_ENDINGS = {PDF: ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/tiff": ".tif", "text/plain": ".txt"}


def seen_as(sha256: str, page: str | None) -> str:
    """What is noted as seen: the document, or that it was taken along; of a name that is none, that it was asked for."""
    if not (sha256.isalnum() and len(sha256) <= _LONGEST):
        return "document"
    return f"{DOWNLOAD if page is None else DOCUMENT}{sha256}"


def served(document: Document, name: str, page: str | None) -> Response:
    """A page, counted from 1, as a picture or a text; without one, the whole file as an attachment."""
    if page is None:
        return _to_keep(document, name)
    if not (page.isascii() and page.isdecimal() and len(page) <= _MOST):
        raise NotFoundError("A page has a number.")
    try:
        picture = page_picture(document, int(page))
        text = "" if picture else page_text(document, int(page))
    except UnreadableError as error:
        raise NotFoundError("This page cannot be shown; download the document.") from error
    if picture:
        return Response(picture, media_type="image/png")
    if not text:
        raise NotFoundError("The document has no such page.")
    return Response(text, media_type="text/plain; charset=utf-8")


def _to_keep(document: Document, name: str) -> Response:
    """Downloaded under its own name, of a kind that no browser opens by itself."""
    ending = _ENDINGS.get(document.media_type, "")
    named = name if name.lower().endswith(ending) else f"{name}{ending}"
    disposition = f"attachment; filename*=UTF-8''{quote(named, safe='')}"
    return Response(
        document.content, media_type="application/octet-stream", headers={"Content-Disposition": disposition}
    )
