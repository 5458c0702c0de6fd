"""Every page in a real Chromium, at a desk and on a phone: nothing keeps anybody out, nothing has to be moved sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from tests.browser import DESK, PHONE
from tests.web.browsing import Browsing, barriers, browsing, is_too_wide
from tests.web.site import MONDAY

from isodose.web.demo.people import people
from isodose.web.rights import OPEN, RIGHTS
from isodose.web.routes import ROUTES

FOR_EVERY_DAY = ("/", "/guideline", "/sign-in", "/check")
"""Pages that are looked at every day; all are by `./test`."""

_ROLES = {account.role: account.name for account in reversed(people(MONDAY))}


def _whole_pages() -> Iterator[tuple[str, str | None]]:
    """Each page of the table that needs nothing of its path, with somebody who may see it."""
    for route in ROUTES:
        if (
            route.method == "GET"
            and "{" not in route.path
            and not route.path.endswith((".json", ".csv", "json", "csv", "stay"))
        ):
            who = (
                None
                if route.right in OPEN
                else next(_ROLES[role] for role in sorted(RIGHTS[route.right]) if role in _ROLES)
            )
            yield route.path, who


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    with browsing(tmp_path_factory.mktemp("demo")) as made:
        yield made


def test_what_is_looked_at_every_day_is_there() -> None:
    assert set(FOR_EVERY_DAY) <= {path for path, who in _whole_pages() if who is None}


@pytest.mark.parametrize(
    ("path", "who"),
    [
        pytest.param(path, who, marks=() if who is None and path in FOR_EVERY_DAY else pytest.mark.slow)
        for path, who in _whole_pages()
    ],
)
@pytest.mark.parametrize("size", [DESK, pytest.param(PHONE, marks=pytest.mark.slow)], ids=["desk", "phone"])
def test_a_page_keeps_nobody_out(here: Browsing, path: str, who: str | None, size: tuple[int, int]) -> None:
    with here.page(who, size) as page:
        page.goto(path)
        assert barriers(page) == []
        assert not is_too_wide(page)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "start"), [("karin", "/worklist"), ("ito", "/worklist"), ("kim", "/requests"), ("sam", "/requests")]
)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_lists_lead_to_keeps_nobody_out(here: Browsing, who: str, start: str, size: tuple[int, int]) -> None:
    """Each tab of a list, and the first requests in each: all states are among them."""
    with here.page(who, size) as page:
        page.goto(start)
        tabs = [start, *_links(page, f"{start}?")[:MOST_TABS]]
        requests = dict[str, None]()
        for path in tabs:
            _expect_open(page, path)
            found = [link for link in _links(page, ("/request/TRACK", "/case/TRACK")) if link.count("/") == 2]
            requests |= dict.fromkeys(found[:2])
        for path in requests:
            _expect_open(page, path)
        assert requests


MOST_TABS = 7


def _links(page: Page, starts: str | tuple[str, ...]) -> list[str]:
    links = page.eval_on_selector_all("main a[href^='/']", "all => all.map(one => one.getAttribute('href'))")
    return list(dict.fromkeys(link for link in links if link.startswith(starts)))


def _expect_open(page: Page, path: str) -> None:
    page.goto(path)
    assert (path, barriers(page)) == (path, [])
    assert not is_too_wide(page), path
