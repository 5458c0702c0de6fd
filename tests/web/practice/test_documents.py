"""Documents of a draft: what is taken by its content, how it goes up in parts, and that none of it is ever run."""

import io
import re

import pytest
from PIL import Image
from tests.web.practice.typing import WHOLE, a_pdf, begun, number_of, typed
from tests.web.site import Browser, Site


def a_picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (85, 110), "white").save(made, kind)
    return made.getvalue()


def attach(browser: Browser, draft: str, name: str, content: bytes) -> str:
    """The page after a file was chosen and attached."""
    fields = {"number": number_of(browser.get(draft)), "do": "attach"}
    answer = browser.post(draft, fields, [("file", (name, content, "text/html"))])
    return answer.text if answer.status_code == 422 else browser.get(draft).text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.exe", a_pdf()),
        ("scan.png", a_picture("PNG")),
        ("scan.jpg", a_picture("JPEG")),
        ("fax.tif", a_picture("TIFF")),
        ("note.txt", "Größe 4 cm".encode()),
    ],
)
def test_a_document_is_taken_by_what_it_holds(here: Site, name: str, content: bytes) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    page = attach(kim, draft, name, content)
    document = re.search(r"/document/([0-9a-f]{64})", page)
    assert document
    shown = kim.get(f"{draft}/document/{document[1]}/1")
    assert shown.headers["content-type"] in ("image/png", "text/plain; charset=utf-8")
    kept = kim.get(f"{draft}/document/{document[1]}")
    assert kept.headers["content-type"] == "application/octet-stream"
    assert kept.content == content
    assert here.as_("lee").get(f"{draft}/document/{document[1]}").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02", "none that can be read here"),
        (b"%PDF-1.7 and nothing more", "This PDF cannot be opened"),
        (b"PK\x03\x04 a folder", "none that can be read here"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_would_help(here: Site, content: bytes, words: str) -> None:
    kim = here.as_("kim")
    assert words in attach(kim, begun(kim), "note.pdf", content)


def test_a_page_of_html_is_text_and_stays_text(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    page = attach(kim, draft, "note.html", b"<script>alert(1)</script>")
    document = re.search(r"/document/([0-9a-f]{64})", page)
    assert document
    shown = kim.get(f"{draft}/document/{document[1]}/1")
    assert shown.headers["content-type"].startswith("text/plain")
    assert shown.headers["x-content-type-options"] == "nosniff"


def test_a_document_comes_in_parts_and_goes_on_where_the_line_broke(here: Site) -> None:
    kim = here.as_("kim")
    draft, content = begun(kim), b"a page of words\n" * 1000
    begun_ = kim.post(f"{draft}/uploads", {"name": "long.txt", "total": str(len(content))}).json()
    upload = f"{draft}/uploads/{begun_['id']}"
    half = len(content) // 2

    def part(start: int, piece: bytes) -> dict[str, int]:
        answer = kim.post(upload, {"start": str(start)}, [("part", ("part", piece, "application/octet-stream"))])
        return dict(answer.json())

    assert part(0, content[:half])["received"] == half
    assert part(0, content[:half])["received"] == half  # its answer was lost, and it came again
    assert "bytes have come" in kim.post(f"{upload}/finish").json()["problem"]
    assert part(half, content[half:])["received"] == len(content)
    assert here.as_("lee").post(f"{upload}/finish").status_code == 404
    assert kim.post(f"{upload}/finish").json()["name"] == "long.txt"
    assert "long.txt" in kim.get(draft).text
    assert kim.post(f"{upload}/finish").status_code == 404


def test_more_than_sixty_mebibytes_is_refused_before_it_comes(here: Site) -> None:
    kim = here.as_("kim")
    answer = kim.post(f"{begun(kim)}/uploads", {"name": "film.pdf", "total": str(61 << 20)})
    assert (answer.status_code, "60 MiB" in answer.json()["problem"]) == (422, True)


def test_a_page_that_is_looked_at_becomes_a_passage(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, WHOLE)
    page = attach(kim, draft, "note.pdf", a_pdf(3))
    look = re.search(r"/draft/[0-9a-f]+/look/[0-9a-f]{64}/", page)
    assert look
    assert "Page 2 of 3" in kim.get(f"{look[0]}2").text
    assert kim.get(f"{look[0]}4").status_code == 404
    assert "Copy some words" in kim.post(f"{look[0]}2", {"fact": "treatment_intent"}).text
    assert kim.post(f"{look[0]}2", {"fact": "treatment_intent", "words": "78 Gy, curative"}).status_code == 303
    page = kim.get(draft).text
    assert 'value="78 Gy, curative"' in page
    assert 'name="page-treatment_intent" type="text" value="2"' in page
    assert here.as_("lee").get(f"{look[0]}2").status_code == 404
