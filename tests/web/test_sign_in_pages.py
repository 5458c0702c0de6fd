"""Signing in through the pages, as a browser does it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.site import PASSWORD, Site, site


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as made:
        yield made


def test_a_name_and_a_password_lead_to_ones_own_work(here: Site) -> None:
    browser = here.browser()
    answer = browser.post("/sign-in", {"name": "noor", "password": PASSWORD, "to": "/worklist"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/worklist")
    assert "Noor Haddad" in browser.get("/account").text


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(here: Site, to: str) -> None:
    answer = here.browser().post("/sign-in", {"name": "noor", "password": PASSWORD, "to": to})
    assert answer.headers["location"] == "/"


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(here: Site) -> None:
    wrong = here.browser().post("/sign-in", {"name": "noor", "password": "not this one at all"})
    unknown = here.browser().post("/sign-in", {"name": "nobody", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("noor", "") == unknown.text.replace("nobody", "")


def test_a_page_that_takes_an_account_leads_to_signing_in_and_back(here: Site) -> None:
    answer = here.browser().get("/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?to=/account")


def test_a_form_of_another_site_does_nothing(here: Site) -> None:
    noor = here.as_("noor")
    assert noor.post("/sign-out", {"csrf": "guessed"}).status_code == 400
    elsewhere = {"Origin": "https://evil.example"}
    assert noor.client.post("/sign-out", data={"csrf": noor.csrf}, headers=elsewhere).status_code == 400
    assert noor.get("/account").status_code == 200
    assert noor.post("/sign-out").status_code == 303
    assert noor.get("/account").status_code == 303


def test_every_answer_forbids_what_is_not_ours(here: Site) -> None:
    for path in ("/", "/sign-in", "/nowhere", "/account"):
        headers = here.browser().get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["cache-control"] == "no-store"


def test_what_is_not_here_says_so_in_the_visitors_own_header(here: Site) -> None:
    answer = here.as_("noor").get("/nowhere")
    assert answer.status_code == 404
    assert "Noor Haddad" in answer.text


def test_the_first_page_with_its_styles_scripts_and_fonts_is_small(here: Site) -> None:
    browser = here.browser()
    page = browser.get("/").text
    parts = {part for quote in ('"', "(") for part in page.split(quote) if part.startswith("/static/")}
    paths = {part.split('"')[0].split(")")[0] for part in parts}
    style = next(path for path in paths if path.endswith(".css"))
    fonts = {part.split(")")[0] for part in browser.get(style).text.split("url(") if part.startswith("/static/")}
    sizes = [len(browser.get(path).content) for path in paths | fonts]
    assert len(page) + sum(sizes) < 200_000
