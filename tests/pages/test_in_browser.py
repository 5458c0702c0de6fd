"""The guideline's page as people meet it: at a desk, on a phone, on paper, by keyboard."""

from pathlib import Path

import pytest
from tests.browser import DESK, PHONE, browser_page
from tests.terminal.pages import FOLDERS, program

from isodose.pages.guideline_view import guideline_page

SMALLEST = (320, 640)
"""CSS pixels to which a page has to reflow: WCAG 2.2, 1.4.10."""


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
def test_on_paper_all_readings_are_shown_and_the_head_is_not(file: Path) -> None:
    with browser_page() as page:
        page.goto(file.as_uri())
        page.emulate_media(media="print")
        readings = page.locator("details.reading dl")
        assert readings.count() > 0
        assert all(one.bounding_box() for one in readings.all())
        assert not page.locator("header.top").is_visible()


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
