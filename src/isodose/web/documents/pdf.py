"""PDF files, opened and closed. Only the reader does that (see `apart.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from isodose.web.documents.apart import UnreadableError

if TYPE_CHECKING:
    import pypdfium2


class UnreadablePdfError(UnreadableError):
    """Bytes that no PDF reader takes, or that a password locks."""


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF while it is read. Raises ``UnreadablePdfError``, for what breaks on the way too."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdfError(str(error)) from None
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdfError(str(error)) from None
    finally:
        document.close()
