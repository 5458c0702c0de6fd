"""The body of a request, read up to a limit and no further."""

from __future__ import annotations

from collections.abc import AsyncIterator

from anyio import fail_after
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from isodose.web.errors import BadFormError, TooLargeError
from isodose.web.form import File, Form, form_of

_FIELDS = 2000
_FILES = 100
PATIENCE = 30
"""Seconds for the next part of a body."""

_DIGITS = 18
"""Of a length: no body is longer."""


async def form_from(request: Request, most: int) -> Form:
    """The form in the body, of ``most`` bytes at most. Raises ``TooLargeError``, ``BadFormError``."""
    declared = request.headers.get("content-length", "0")
    if not declared.isascii() or not declared.isdigit() or len(declared) > _DIGITS:
        raise BadFormError("The length of what was sent cannot be read. Please send it again.")
    if int(declared) > most:
        raise TooLargeError(_too_large(most))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            return await _multipart(request, most)
        if kind == "application/x-www-form-urlencoded":
            data = await FormParser(request.headers, _limited(request, most)).parse()
            return form_of((name, value) for name, value in data.multi_items() if isinstance(value, str))
    except (MultiPartException, UnicodeDecodeError, ValueError, AssertionError):
        raise BadFormError("What was sent cannot be read as a form. Please go back and send it again.") from None
    async for _ in _limited(request, most):
        pass
    return Form()


class _Parser(MultiPartParser):
    """Reads UTF-8 alone, which is what browsers send, and knows whether the body came to its end."""

    is_whole = False

    def on_end(self) -> None:
        self.is_whole = True

    async def parse(self) -> FormData:
        _, told = parse_options_header(self.headers["Content-Type"])
        if told.get(b"charset", b"utf-8").lower() != b"utf-8":
            raise MultiPartException("Forms are sent as UTF-8.")
        data = await super().parse()
        if not self.is_whole:
            self.close()
            raise MultiPartException("The form was cut off.")
        return data

    def close(self) -> None:
        for file in self._files_to_close_on_error:
            file.close()


async def _multipart(request: Request, most: int) -> Form:
    parser = _Parser(request.headers, _limited(request, most), max_files=_FILES, max_fields=_FIELDS, max_part_size=most)
    data = await parser.parse()
    pairs: list[tuple[str, str | File]] = []
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            pairs.append((name, File(_own_name(value.filename or ""), await value.read())))
        else:
            pairs.append((name, value))
    parser.close()
    return form_of(pairs)


async def _limited(request: Request, most: int):  # type: ignore[no-untyped-def] # noqa: ANN202 (Starlette's own stream)
    """The body, part by part; too much of it ends the reading, whatever its header said."""
    come, stream = 0, request.stream()
    while (part := await _next(stream)) is not None:
        come += len(part)
        if come > most:
            raise TooLargeError(_too_large(most))
        yield part


async def _next(stream: AsyncIterator[bytes]) -> bytes | None:
    """The next part; None at the end. Who sends nothing for long is not waited for."""
    try:
        with fail_after(PATIENCE):
            return await anext(stream, None)
    except (TimeoutError, ClientDisconnect):
        raise BadFormError("What was sent did not come to its end. Please send it again.") from None


def _own_name(name: str) -> str:
    """A file's name without folders, as some browsers send them, in letters that can be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:200].strip()


def _too_large(most: int) -> str:
    size = f"{most >> 20} MiB" if most >= 1 << 20 else f"{most >> 10} KiB"
    return f"More was sent than the {size} that this page takes. What you typed is still in your browser: go back."
