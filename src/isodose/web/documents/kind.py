"""The kind of a file, which its content says and never its name."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from isodose.store.errors import RefusedDocumentError
from isodose.web.documents.apart import UnreadableError, apart
from isodose.web.documents.pdf import UnreadablePdfError, opened

PDF, TEXT = "application/pdf", "text/plain"
IMAGES = {"PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff"}
"""Pictures as scanners and telefaxes make them, by the name that the library has for each."""

TAKEN = "a PDF, a picture (PNG, JPEG, TIFF) or a plain text"

MOST_PIXELS = 200_000_000
"""Of one picture: a page of A3 at 600 dots an inch has 70 million. More is a slip, or an attack on the memory."""


def media_type_of(content: bytes) -> str:
    """The kind of a document. Raises ``RefusedDocumentError`` for what is none of the kinds that are taken."""
    try:
        return _kind(content)
    except UnreadableError:
        raise RefusedDocumentError("This file cannot be read; print it to a new PDF and send that.") from None


@apart
def _kind(content: bytes) -> str:
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    return _picture(content) or _text(content)


def _pdf(content: bytes) -> str:
    try:
        with opened(content) as document:
            if len(document):
                return PDF
    except UnreadablePdfError as error:
        if "password" in str(error).lower():
            raise RefusedDocumentError("This PDF is locked by a password; send it without one.") from None
    raise RefusedDocumentError("This PDF cannot be opened; print it to a new PDF and send that.")


def _picture(content: bytes) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size is looked at below
            with Image.open(io.BytesIO(content), formats=tuple(IMAGES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise RefusedDocumentError("This picture is larger than any page; scan it at 300 dots an inch.")
                return IMAGES[str(picture.format)]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _text(content: bytes) -> str:
    """Text has no control characters but those of lines."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if all(letter >= " " or letter in "\t\n\r\f" for letter in text):
        return TEXT
    raise RefusedDocumentError(f"The content of this file is none that can be read here: send {TAKEN}.")
