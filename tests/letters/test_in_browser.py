"""Every letter in a real Chromium, at a desk and on a phone: nothing keeps anybody out, nothing has to be moved sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from tests.browser import DESK, PHONE, browser_page
from tests.letters.stories import STORIES, day_of_letter, sources
from tests.web.browsing import barriers, is_too_wide

from isodose.letters.kind import Reader
from isodose.letters.letter import letter_from
from isodose.letters.render import html_of


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser_page() as found:
        yield found


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize(
    "story",
    [
        story if story in ("denied-for", "approved") else pytest.param(story, marks=pytest.mark.slow)
        for story in STORIES
    ],
)
def test_a_letter_keeps_nobody_out(page: Page, story: str, reader: Reader) -> None:
    of = sources(story)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.set_content(html_of(letter_from(reader, of, day_of_letter(of))))
    assert barriers(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert not is_too_wide(page)
    assert barriers(page) == []
