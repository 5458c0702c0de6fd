"""A site on a port of its own, and a real Chromium in which somebody of a practice is signed in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser import ARGUMENTS, DESK, chromium
from tests.web.site import Site

from isodose.web.app import make_app


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Where the site is, as long as it is asked for."""
    server = uvicorn.Server(uvicorn.Config(make_app(site.services), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    [port] = {socket.getsockname()[1] for one in server.servers for socket in one.sockets}
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def chromium_of(address: str) -> Iterator[tuple[Browser, str]]:
    path = chromium()
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser, address
        browser.close()


@contextmanager
def window(browser: Browser, address: str, token: str, size: tuple[int, int] = DESK) -> Iterator[Page]:
    """A window in which a session is open; an error of a script fails the test."""
    errors: list[str] = []
    context = browser.new_context(base_url=address, viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": "isodose", "value": token, "url": address}])
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
