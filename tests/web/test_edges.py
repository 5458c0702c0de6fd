"""Where the server meets the world: cookies, sessions that somebody else began, bodies that do not end, letters no database holds."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import anyio
import pytest
from starlette.requests import Request
from starlette.responses import Response
from tests.store.conftest import create, postgresql  # noqa: F401 (a fixture)
from tests.web.serving import populate, serving, signed_in
from tests.web.site import PASSWORD, Site, site

from isodose.store.database import open_database
from isodose.store.schema import migrate
from isodose.web import cookies, reading
from isodose.web.errors import BadFormError

UNSTORABLE = ("/draft/%00", "/draft/x/document/%00", "/request/%00", "/requests?show=%00&after=%00", "/draft/a%0d%0ab")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as made:
        yield made


@pytest.mark.parametrize("set_cookie", [cookies.set_session, cookies.set_device])
def test_cookies_are_for_this_host_alone_and_not_for_scripts(set_cookie) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    over_https = set_cookie(Response(), "token", is_https=True).headers["set-cookie"]
    assert over_https.startswith("__Host-isodose")
    flags = {flag.strip().lower() for flag in over_https.split(";")}
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= flags
    assert not any(flag.startswith("domain") for flag in flags)


def test_a_session_that_somebody_else_put_into_the_browser_is_never_signed_in(here: Site) -> None:
    browser = here.browser()
    browser.client.cookies.set("isodose", "put there")
    assert browser.post("/sign-in", {"name": "noor", "password": PASSWORD}).status_code == 303
    other = here.browser()
    other.client.cookies.set("isodose", "put there")
    assert other.get("/account").status_code == 303, "not signed in"


def test_signing_in_makes_another_token_of_the_session_that_was_there(here: Site) -> None:
    browser = here.as_("kim")
    before = browser.client.cookies["isodose"]
    browser.client.cookies.clear()
    answer = browser.post("/sign-in", {"name": "kim", "password": PASSWORD})
    assert before not in answer.headers["set-cookie"]
    assert "httponly" in answer.headers["set-cookie"].lower()


def test_a_body_that_never_ends_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.05)
    headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"100")]
    parts = iter([{"type": "http.request", "body": b"name=", "more_body": True}])

    async def receive() -> dict[str, object]:
        for part in parts:
            return part
        await anyio.sleep_forever()
        raise AssertionError

    async def read() -> None:
        with pytest.raises(BadFormError, match="did not come to its end"):
            await reading.form_from(Request({"type": "http", "method": "POST", "headers": headers}, receive), 1000)

    anyio.run(read)


def test_what_no_database_holds_and_what_breaks_off_is_no_fault(postgresql: str, tmp_path: Path) -> None:  # noqa: F811
    where = create(postgresql, "edges")
    database = open_database(where)
    migrate(database)
    database.close()
    populate(where)
    with serving(where, tmp_path) as server:
        window = signed_in(server.address, "kim").at(server.address)
        with window.client:
            statuses = [window.get(path).status_code for path in UNSTORABLE]
            assert all(status in (200, 404) for status in statuses), statuses
            break_off(server.address)
            assert window.get("/requests").status_code == 200
        assert server.errors.read_text("utf-8") == ""


def break_off(address: str) -> None:
    """A form that was announced, begun, and left."""
    host, port = address.removeprefix("http://").split(":")
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain"):
        with closing(socket.create_connection((host, int(port)))) as line:
            told = f"POST /needed HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: 99\r\n\r\n--b\r\n"
            line.sendall(told.encode())
