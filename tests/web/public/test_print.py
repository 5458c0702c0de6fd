"""The guideline's page is printed as `isodose export pdf` has it: the same sheets, words and order."""

from pathlib import Path

from tests.determination.imrt_cases import imrt
from tests.web.practice.served import chromium_of, served
from tests.web.site import site

from isodose.pages.guideline_print import guideline_paper, guideline_sheets

READ = "document.body.innerText.split(/\\s+/).join(' ').trim()"
"""What is shown, without what is hidden."""


def test_the_page_holds_the_sheets_of_the_document_that_is_printed(tmp_path: Path) -> None:
    guideline = imrt().guideline
    with site(tmp_path) as here:
        for edition in (guideline.editions[0], guideline.editions[-1]):
            sheets = guideline_sheets(guideline, edition)
            assert sheets in guideline_paper(guideline, edition)
            assert sheets in here.browser().get(f"/guideline/edition/{edition.id}").text


def test_a_browser_prints_those_alone(tmp_path: Path) -> None:
    guideline = imrt().guideline
    with site(tmp_path) as here, served(here) as address, chromium_of(address) as (browser, at):
        page, paper = browser.new_page(), browser.new_page()
        page.goto(f"{at}/guideline/edition/{guideline.editions[-1].id}")
        on_screen = page.evaluate(READ)
        assert "Signature" not in on_screen
        page.emulate_media(media="print")
        paper.set_content(guideline_paper(guideline, guideline.editions[-1]))
        printed = page.evaluate(READ)
        assert printed == paper.evaluate(READ)
        assert printed.startswith("CarePartners of Connecticut Medical necessity guideline")
        assert on_screen not in printed
