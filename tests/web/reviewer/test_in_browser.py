"""The worklist and the desk in a real browser: by single keys, by the keyboard without them, and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser import DESK, PHONE
from tests.web.practice.served import chromium_of, served, window
from tests.web.reviewer.cases import SAID, middle_ear, now_of, palliative, state_of
from tests.web.site import Site, site

from isodose.desk.case import Case


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Site, Page, Case, Case]]:
    """A nurse's window on two cases that wait for a review."""
    with site(tmp_path) as here:
        first, second = middle_ear(here), palliative(here)
        token = here.as_("noor").client.cookies["isodose"]
        with served(here) as address, chromium_of(address) as (browser, at), window(browser, at, token) as page:
            yield here, page, first, second


def ready(page: Page) -> None:
    """Keys are taken from now on."""
    page.locator("[data-keys][data-ready]").wait_for()


def go(page: Page, path: str) -> None:
    page.goto(path)
    ready(page)


def test_a_case_is_settled_and_approved_by_single_keys(desk: tuple[Site, Page, Case, Case]) -> None:
    here, page, first, _ = desk
    go(page, "/worklist")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_contain_text("middle ear")
    ready(page)
    page.keyboard.press("j")
    for _ in range(page.locator("[data-row]").count()):
        if page.locator("[data-row][aria-current] [data-row-key=m]").count():
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    expect(page.get_by_label("Met", exact=True)).to_be_checked()
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.type("Head and neck by anatomy; the list is open.")  # holds m, x, j and k, and none of them acts
    page.get_by_role("button", name="Record the judgement").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The judgement is recorded.")
    ready(page)
    page.keyboard.press("p")
    expect(page.get_by_label("Why")).to_have_value("Met: 1 and 1.a.")
    page.get_by_role("button", name="Approve").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Approved.")
    ready(page)
    assert state_of(here, first) == "approved"
    page.keyboard.press("n")
    expect(page.locator(".holder")).to_contain_text("You have this case")


def test_keys_are_listed_and_do_nothing_once_they_are_off(desk: tuple[Site, Page, Case, Case]) -> None:
    _, page, first, _ = desk
    go(page, "/worklist")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_label("Find")).to_be_focused()
    page.get_by_role("button", name="Turn them off").click()
    page.locator("[data-keys=off][data-ready]").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("o")
    assert page.url.endswith("/worklist")
    go(page, f"/case/{first.tracking}")
    page.keyboard.press("p")
    assert page.url.endswith(first.tracking)


@pytest.mark.slow
def test_no_letter_is_lost_or_acts_while_a_form_opens(desk: tuple[Site, Page, Case, Case]) -> None:
    """One types on without looking: on the page that is left, while the next one comes, and before it has come to rest."""
    here, page, first, _ = desk
    go(page, f"/case/{first.tracking}")
    held: list[Route] = []
    page.route("**/do/note", lambda route: held.append(route))  # noqa: PLW0108 (a builtin it does not take)
    page.keyboard.press("t")
    page.keyboard.type("pad")  # each would open a form of its own
    while not held:
        page.wait_for_timeout(10)
    held[0].continue_()
    page.wait_for_url("**/do/note")
    ready(page)
    page.keyboard.type(" and jam")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("pad and jam")
    page.goto("about:blank")
    assert now_of(here, first).request.assigned is None


@pytest.mark.slow
def test_a_letter_goes_to_the_form_although_the_address_names_a_criterion(desk: tuple[Site, Page, Case, Case]) -> None:
    _, page, first, _ = desk
    go(page, f"/case/{first.tracking}")
    met = str(page.locator("[data-row-key=m]").first.get_attribute("href"))
    held: list[Route] = []
    page.route("**/*.png*", lambda route: held.append(route))  # noqa: PLW0108 (the page does not come to rest)
    page.goto(met, wait_until="commit")
    ready(page)
    page.locator(f"[id='{met.partition('#')[2]}']").focus()  # as the browser does on its own
    page.keyboard.type("jam")
    expect(page.get_by_label("Why")).to_have_value("jam")
    assert page.url.endswith(met)


@pytest.mark.slow
def test_words_that_are_selected_on_the_page_are_what_is_marked(desk: tuple[Site, Page, Case, Case]) -> None:
    here, page, first, _ = desk
    page.goto(f"/case/{first.tracking}?doc=1&page=2")
    page.get_by_text("The words of this page").click()
    page.locator("[data-words] mark").click(click_count=3)
    expect(page.get_by_label("The words on this page")).to_have_value(f"Adjuvant radiation. {SAID}.")
    page.get_by_label("For", exact=True).select_option("1.a")
    page.get_by_role("button", name="Mark it").click()
    expect(page.get_by_role("region", name="Criteria")).to_contain_text("marked by Noor Haddad, RN")
    assert now_of(here, first).history[-1].event.kind == "marked"


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESK, PHONE, (320, 640)])
def test_nothing_is_wider_than_the_window(desk: tuple[Site, Page, Case, Case], size: tuple[int, int]) -> None:
    _, page, first, second = desk
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for path in ("/worklist", f"/case/{first.tracking}", f"/case/{second.tracking}/do/ask"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        expect(page.get_by_role("heading", level=1)).to_have_count(1)


@pytest.mark.slow
def test_everything_is_done_without_script(tmp_path: Path) -> None:
    with site(tmp_path) as here:
        case = middle_ear(here)
        token = here.as_("noor").client.cookies["isodose"]
        with served(here) as address, chromium_of(address) as (browser, at):
            context = browser.new_context(base_url=at, java_script_enabled=False)
            context.add_cookies([{"name": "isodose", "value": token, "url": at}])
            page = context.new_page()
            page.goto("/worklist")
            page.get_by_role("link", name="R. Alvarez").click()
            page.get_by_role("link", name="Met M", exact=True).first.click()
            page.get_by_label("Why").fill("Head and neck by anatomy.")
            page.get_by_role("button", name="Record the judgement").click()
            page.get_by_role("link", name="Approve P").click()
            page.get_by_role("button", name="Approve").click()
            assert state_of(here, case) == "approved"
            context.close()
