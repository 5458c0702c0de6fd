"""Files that no practice sends: pages that would run, bombs, documents that are broken, and names that are paths."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image
from tests.web.practice.typing import a_pdf

NAMES = (
    b"note.pdf",
    b"../../../../etc/passwd",
    b"..\\..\\windows\\system32\\x.dll",
    b"/dev/null",
    b"x.html",
    b"x.svg",
    b"",
    b".",
    b"\xff\xfe\x00.pdf",
    b"x" * 2000,
    "\u202efdp.exe".encode(),
    b"a.pdf\r\nX-Header: 1",
    b"%00%0d%0a.pdf",
    b"<img src=x onerror=alert(1)>.png",
    b"CON",
    "🦄.tif".encode(),
)


def pdf_of(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a table that fits."""
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return made + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start)


def one_page(box: bytes, content: bytes = b"", more: bytes = b"", others: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page; ``others`` are objects from 5 on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R %s >>" % (box, more)
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            stream(content),
            *others,
        ]
    )


def stream(content: bytes, about: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), about, packed)


def doubling(levels: int) -> bytes:
    """A page of a form that shows a form twice that shows a form twice: two to the power of the levels in all."""
    forms = tuple(_form(level, levels) for level in range(levels))
    return one_page(b"[0 0 600 800]", b"/F Do", b"/Resources << /XObject << /F 5 0 R >> >>", forms)


def _form(level: int, levels: int) -> bytes:
    about = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
    if level + 1 == levels:
        return stream(b"0 0 1 1 re f " * 10, about)
    return stream(b"/F Do /F Do", about + b" /Resources << /XObject << /F %d 0 R >> >>" % (level + 6))


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A picture that says how large it is; its pixels are as they are given."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")
    )


def _picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(made, kind)
    return made.getvalue()


def _zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("x", b"\0" * (8 << 20))
    return made.getvalue()


def _tiff_that_never_ends() -> bytes:
    """Its first page says that it is followed by itself."""
    whole = bytearray(_picture("TIFF"))
    (start,) = struct.unpack_from("<I", whole, 4)
    (entries,) = struct.unpack_from("<H", whole, start)
    struct.pack_into("<I", whole, start + 2 + 12 * entries, start)
    return bytes(whole)


def _files() -> Iterator[bytes]:
    yield from (b"", b"\0", b"x", b"\xff" * 100, "Größe 4 cm".encode(), b"a,b\r\n=1+1,2")
    yield b"<!doctype html><script>alert(1)</script>"
    yield b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    yield b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>"
    yield b"<script>alert(1)</script> %PDF-1.7\n"
    yield b"GIF89a\x01\x00\x01\x00\x00\xff\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x00;"
    yield b"PK\x03\x04"
    yield _zip()
    yield from _pdfs()
    yield from _pictures()


def _pdfs() -> Iterator[bytes]:
    whole = a_pdf()
    yield whole
    yield b"<script>alert(1)</script>" + whole
    yield whole[: len(whole) // 2]
    yield whole[:-40] + bytes(40)
    yield b"%PDF-1.7"
    for box in (
        b"[0 0 0 0]",
        b"[0 0 1 1e9]",
        b"[0 0 1e9 1e9]",
        b"[600 800 0 0]",
        b"[0 0 1e38 1]",
        b"[x]",
        b"[0 0 .001 9]",
    ):
        yield one_page(box, b"0 0 100 100 re f")
    yield one_page(b"[0 0 600 800]", b"0 0 1 1 re f\n" * 100_000)
    yield one_page(b"[0 0 600 800]", b"(" * 50_000)
    yield one_page(b"[0 0 600 800]", b"q " * 100_000)
    yield one_page(b"[0 0 600 800]", b"[" * 100_000)
    yield one_page(b"[0 0 600 800]", bytes(8 << 20))
    yield one_page(b"[0 0 600 800]", b"/F Do", b"/Resources << /XObject << /F 4 0 R >> >>")
    yield pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9999999 >>"])
    yield pdf_of([b"<< /Type /Catalog /Pages 1 0 R >>"])
    hole = b"/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 1"
    shows = b"/Resources << /XObject << /I 5 0 R >> >>"
    yield one_page(b"[0 0 600 800]", b"/I Do", shows, (stream(bytes(2500 * 20_000), hole),))


def _pictures() -> Iterator[bytes]:
    for kind in ("PNG", "JPEG", "TIFF"):
        whole = _picture(kind)
        yield whole
        yield whole[: len(whole) // 2]
        yield whole[:-20] + bytes(20)
    yield png(60, 80, bytes(9 * 80))
    yield png(60, 80)
    yield png(0, 80)
    yield png(50_000, 50_000, bytes(1000))
    yield png(20_000, 9_000, bytes(1000))
    yield png(13_000, 13_000, bytes(1626 * 13_000))
    yield png(2**31 - 1, 1)
    yield _tiff_that_never_ends()


FILES = tuple(_files())
