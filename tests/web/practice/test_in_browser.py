"""The practice's pages as people see them: what a script adds to a draft, and that nobody is kept out."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser import DESK, PHONE
from tests.web.browsing import barriers, is_too_wide
from tests.web.practice.served import chromium_of, served, window
from tests.web.practice.test_after_sending import RESTS_ON, approved, attached, request_of
from tests.web.practice.typing import PEOPLE, WHOLE, a_pdf, begun, passages, typed
from tests.web.site import Browser, Site, site

SECONDS = 20
"""How long what was sent may be on its way on a machine that is busy."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("practice")) as made:
        yield made


@pytest.fixture(scope="module")
def address(here: Site) -> Iterator[str]:
    with served(here) as where:
        yield where


def token_of(browser: Browser) -> str:
    return str(browser.client.cookies["isodose"])


def answer(page: Page, fact: str, value: str) -> None:
    """Answer a question as soon as it is asked."""
    page.locator(f"input[name=fact-{fact}][value={value}]").check()


@pytest.mark.slow
def test_a_draft_is_kept_as_it_is_typed_and_says_at_once_what_would_come_of_it(
    here: Site, address: str, tmp_path: Path
) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    note = tmp_path / "note.pdf"
    note.write_bytes(a_pdf(3))
    with chromium_of(address) as (browser, where), window(browser, where, token_of(kim)) as page:
        page.goto(draft)
        page.fill("#code-1", "77385")
        page.fill("#start-1", "2025-11-17")
        page.locator("#fact-technique-1 input[value=imrt]").check()
        page.fill("#find", "malignant prostate")
        page.click("button.offer")
        page.wait_for_selector("#chosen >> text=C61")
        answer(page, "treatment_intent", "curative")
        answer(page, "dose_escalation_concern", "yes")
        page.fill("#more-dose_escalation_concern", "the rectum lies beside it")
        answer(page, "concurrent_proton_therapy", "no")
        page.wait_for_selector("#outlook-says >> text=Met, and still to be shown")
        page.set_input_files("#file", note)
        for fact in RESTS_ON:
            page.select_option(f"#document-{fact}", label="note.pdf")
            page.fill(f"#page-{fact}", "2")
            page.fill(f"#words-{fact}", "as planned")
        page.wait_for_selector("#outlook-says >> text=Approved at once when you send it")
        for name, said in PEOPLE.items():
            if name == "place_of_service":
                page.select_option(f"#{name}", said)
            else:
                page.fill(f"#{name}", said)
        page.click("text=Look it over and send")
        page.check("#attest")
        page.click("text=Send to the plan")
        assert page.locator(".authorization-number").inner_text().startswith("AUTH-")
    assert kim.get(draft).status_code == 404


def test_what_was_typed_last_is_there_after_the_window_was_closed(here: Site, address: str) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    with chromium_of(address) as (browser, where), window(browser, where, token_of(kim)) as page:
        page.goto(draft)
        page.locator("#target").press_sequentially("prostate bed")
        page.goto("/requests")
        expect_kept(page, draft, "prostate bed")


def expect_kept(page: Page, draft: str, target: str) -> None:
    """What a window sends as it closes travels by itself: it may come after the next page is read."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        page.goto(draft)
        if page.input_value("#target") == target:
            return
    raise AssertionError(f"{target!r} was not kept: {page.input_value('#target')!r}")


@pytest.fixture(scope="module")
def pages(here: Site) -> list[str]:
    """Every page of the practice in the states that it has, one with forty documents."""
    kim = here.as_("kim")
    asked, review = request_of(kim), request_of(kim, **{"fact-treatment_intent": "palliative", "sessions-1": "10"})
    returned = request_of(kim, **{"start-1": "2026-02-02"})
    done = approved(kim, **{"start-1": "2025-11-05", "end-1": "2025-11-14"})
    empty, full = begun(kim), begun(kim)
    document = attached(kim, full, WHOLE)
    name = (
        "Radiation oncology consultation note with a second opinion, an addendum and the plan of treatment, part {}.pdf"
    )
    files = [("file", (name.format(number), a_pdf(number), "application/pdf")) for number in range(3, 42)]
    number = kim.get(full).text.partition('name="number" value="')[2].partition('"')[0]
    kim.post(full, {"number": number, "do": "attach"}, files)
    typed(kim, full, {**passages(document, "treatment_intent"), "find": "malignant breast", "page-diagnosis": "x"})
    more = str(kim.post(f"{asked}/more").headers["location"])
    lists = [f"/requests?show={name}" for name in ("waiting", "plan", "decided", "ending", "drafts")]
    requests = [asked, review, returned, done]
    return [*lists, "/requests/new", *requests, empty, full, f"{full}/review", f"{full}/look/{document}/1", more]


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESK, PHONE, (320, 900)], ids=["desk", "phone", "narrow"])
def test_no_page_keeps_anybody_out(here: Site, address: str, pages: list[str], size: tuple[int, int]) -> None:
    token = token_of(here.as_("kim"))
    with chromium_of(address) as (browser, where), window(browser, where, token, size) as page:
        for path in pages:
            page.goto(path)
            assert (path, barriers(page)) == (path, [])
            assert not is_too_wide(page), path
