"""The real server with its demonstration, and a real Chromium in which somebody is signed in."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from httpx2 import TransportError, get
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser import ARGUMENTS, DESK, chromium, without

from isodose.web.demo.people import PASSWORD

ROOT = Path(__file__).parents[2]
AXE = ROOT / "tests" / "axe" / "node_modules" / "axe-core" / "axe.min.js"

_SECONDS = 60
"""How long the server may take to listen on a machine that is busy."""

_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """`isodose serve --demo` as a process of its own; where it is."""
    command = [sys.executable, "-m", "isodose", "serve", "--demo", "--port", "0", "--data", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder) as server:
        assert server.stdout is not None
        try:
            line = next(line for line in server.stdout if line.startswith("Isodose is at "))
            address = line.split()[3].rstrip("/")
            _wait_until_ready(address)
            yield address
        finally:
            server.terminate()


def _wait_until_ready(address: str) -> None:
    """The address is told a moment before anybody listens there."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        with suppress(TransportError):
            if get(f"{address}/health/ready", timeout=_SECONDS).status_code == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens at {address}")


@dataclass(frozen=True)
class Browsing:
    """A browser at the demonstration's address."""

    browser: Browser
    address: str

    @contextmanager
    def page(self, who: str | None = None, size: tuple[int, int] = DESK, *, script: bool = True) -> Iterator[Page]:
        """A page in a window of its own, in which somebody is signed in."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": size[0], "height": size[1]}, java_script_enabled=script
        )
        try:
            if who:
                _sign_in(context, who)
            yield context.new_page()
        finally:
            context.close()


@contextmanager
def browsing(folder: Path) -> Iterator[Browsing]:
    """A browser and the server that it looks at."""
    path = chromium()
    with demonstration(folder) as address, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield Browsing(browser, address)
        browser.close()


def _sign_in(context: BrowserContext, who: str) -> None:
    answer = context.request.post("/sign-in", form={"name": who, "password": PASSWORD}, max_redirects=0)
    assert answer.status == 303, f"{who} cannot sign in"


def barriers(page: Page) -> list[str]:
    """What axe-core finds on the page that keeps people out: each with the place where it is."""
    if not AXE.is_file():
        without("axe-core in tests/axe, which ./test installs")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", _STANDARDS)
    return [
        f"{one['id']}: {one['help']} ({node['target'][0]}: {node['html'][:120]})"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def is_too_wide(page: Page) -> bool:
    """Whether the page has to be moved sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
