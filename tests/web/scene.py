"""What somebody does in a window, by what the page calls its parts: their roles and labels, as people find them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from playwright.sync_api import Locator, Page
from tests.browser import DESK
from tests.web.browsing import Browsing, barriers, is_too_wide

PICTURES = os.environ.get("STORY_PICTURES")
"""A folder in which each state that a story comes through is kept as a picture, to be looked at."""

_pictures = count(1)


@dataclass(frozen=True)
class Scene:
    """A window; ``script`` is whether it runs any. ``errors`` are those of scripts."""

    page: Page
    name: str = "scene"
    script: bool = True
    errors: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(path)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def fill(self, fields: Mapping[str, str]) -> None:
        """Type into fields by their labels; a label may end with what it says of the field."""
        for label, words in fields.items():
            self.field(label).fill(words)

    def field(self, label: str) -> Locator:
        """The first field whose label begins so."""
        return self.page.get_by_label(label).and_(self.page.locator("input, select, textarea")).first

    def choose(self, question: str, answer: str) -> None:
        """One of few answers to a question, as soon as it is asked."""
        self.group(question).get_by_role("radio", name=answer).first.check()

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=name).first

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def says(self, words: str) -> None:
        """Wait until the page says something."""
        self.page.get_by_text(words).filter(visible=True).first.wait_for()

    def refused(self) -> str:
        """What the page says is to be put right."""
        return self.page.get_by_role("alert").inner_text()

    def look(self, state: str) -> None:
        """That nobody is kept out of what is shown now, and nothing lies beside the window."""
        self.page.wait_for_load_state()
        if PICTURES:
            where = Path(PICTURES) / f"{next(_pictures):03} {self.name} {state}.png".replace(" ", "-")
            self.page.screenshot(path=where, full_page=True)
        assert (state, is_too_wide(self.page)) == (state, False)
        if self.script:
            assert (state, barriers(self.page)) == (state, [])


@contextmanager
def scene(
    here: Browsing, who: str | None, size: tuple[int, int] = DESK, *, script: bool = True, name: str = ""
) -> Iterator[Scene]:
    """Somebody's window; an error of a script fails the test."""
    with here.page(who, size, script=script) as page:
        page.set_default_timeout(30_000)
        made = Scene(page, f"{name} {size[0]}{'' if script else ' no script'}", script)
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        yield made
        assert made.errors == []
