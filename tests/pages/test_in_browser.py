"""The guideline's page as people meet it: at a desk, on a phone, on paper, by keyboard."""

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from tests.browser import DESK, PHONE, browser_page
from tests.terminal.pages import FOLDERS, program

from isodose.pages.guideline_page import guideline_page
from isodose.pages.guideline_print import guideline_paper

SMALLEST = (320, 640)
"""CSS pixels to which a page has to reflow: WCAG 2.2, 1.4.10."""


READ = "document.body.innerText.split(/\\s+/).join(' ').trim()"
"""What is shown, without what is hidden."""

FACES = """['.cover h1', '.cover .plan', '.part > h2', '.text p', 'aside', '.list td', '.ladder td']
    .map(where => [...document.querySelectorAll(where)].find(one => one.checkVisibility()))
    .map(one => getComputedStyle(one)).map(one => [one.fontFamily, one.fontSize, one.fontWeight, one.color, one.lineHeight])"""
"""How it looks, piece by piece."""


@pytest.fixture(scope="module", params=FOLDERS)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    guideline = program(request.param).guideline
    written = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    written.write_text(guideline_page(guideline, guideline.editions[-1]), "utf-8")
    return written


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(DESK, id="desk"),
        *(
            pytest.param(size, id=name, marks=pytest.mark.slow)
            for size, name in ((PHONE, "phone"), (SMALLEST, "smallest"))
        ),
    ],
)
def test_nothing_runs_out_of_the_page_and_nothing_goes_wrong(file: Path, size: tuple[int, int]) -> None:
    with browser_page(size) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], "with all readings and codes shown"
        assert errors == []


@pytest.mark.slow
def test_its_own_faces_are_used(file: Path) -> None:
    with browser_page() as page:
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready")
        faces = page.evaluate("[...document.fonts].filter(face => face.status == 'loaded').map(face => face.family)")
        assert {face.strip('"') for face in faces} >= {"Inter Variable", "Source Serif 4 Variable"}


@pytest.mark.slow
def test_a_browser_prints_the_sheets_that_export_pdf_has_and_nothing_else(file: Path) -> None:
    guideline = program(file.stem).guideline
    with browser_page() as page:
        page.goto(file.as_uri())
        assert "Signature" not in page.evaluate(READ)
        page.emulate_media(media="print")
        printed, faces = page.evaluate(READ), page.evaluate(FACES)
        page.set_content(guideline_paper(guideline, guideline.editions[-1]))
        assert printed == page.evaluate(READ)
        assert "Signature" in printed
        assert faces == page.evaluate(FACES)


@pytest.mark.slow
def test_on_printed_pages_each_reading_stands_whole(file: Path) -> None:
    with browser_page() as page:
        page.goto(file.as_uri())
        document = PdfDocument(page.pdf(prefer_css_page_size=True))
    assert document[0].get_size() == (612, 792)
    texts = [one.get_textpage().get_text_bounded() for one in document]
    begun, ended = ([text.count(word) for text in texts] for word in ("\nRead as ", "\nAnswered by "))
    assert begun == ended
    assert sum(begun) > 1
    assert "Signature" in texts[0]


@pytest.mark.slow
def test_the_keyboard_reaches_the_text_first_and_then_every_reading(file: Path) -> None:
    with browser_page() as page:
        page.goto(file.as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "To the text"
        page.keyboard.press("Tab")
        assert "Which text rules?" in page.evaluate("document.activeElement.textContent"), (
            "on a phone it is moved sideways"
        )
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('details').open")
