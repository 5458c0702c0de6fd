"""Debian's Chromium, driven by Playwright: what is made for people is looked at as they see it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, sync_playwright

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

DESK, PHONE = (1360, 900), (390, 844)
"""Width and height of what people sit at and of what they hold, in CSS pixels."""


def chromium() -> str:
    """The browser; without it the test skips, but in CI it fails."""
    return shutil.which("chromium") or without("Debian's chromium, which ./test installs as root")


def without(what: str) -> str:
    """Ends a test that needs what is not here: it skips, but in CI it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"needs {what}")
    pytest.skip(f"needs {what}")


@contextmanager
def browser_page(size: tuple[int, int] = DESK) -> Iterator[Page]:
    """A page on which nothing may ask for anything but files of this machine."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.route(lambda address: not address.startswith(("file:", "data:")), lambda route: route.abort())
        yield page
        browser.close()
