"""PDF files, read one at a time: the library behind this is not made for threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2

_ONE_AT_A_TIME = Lock()


class UnreadablePdfError(ValueError):
    """Bytes that no PDF reader takes, or that a password locks."""


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF while nobody else reads one. Raises ``UnreadablePdfError``, for what breaks on the way too."""
    with _ONE_AT_A_TIME:
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
