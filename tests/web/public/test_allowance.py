"""What strangers may ask: enough for everybody at a clinic, not without end, and nobody else is kept waiting."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.site import CHEAP, MONDAY, PASSWORD, Browser, site

from isodose.web import allowance
from isodose.web.allowance import Allowances
from isodose.web.app import make_app
from isodose.web.rights import Right
from isodose.web.route import get
from isodose.web.routes import ROUTES
from isodose.web.sign_in.attempts import OF_STRANGERS, Pace

ASKED = {"procedure_code": "77386", "date_of_service": "2025-11-03"}
SECOND = timedelta(seconds=1)


def test_an_allowance_is_used_up_fills_up_again_and_is_each_networks_own() -> None:
    allowances = Allowances(Pace(burst=3, each_second=0.5))
    assert [allowances.take("192.0.2.1", 1, MONDAY) for _ in range(3)] == [None] * 3
    assert allowances.take("192.0.2.1", 1, MONDAY) == 2 * SECOND
    assert allowances.take("192.0.2.2", 3, MONDAY) is None
    assert allowances.take("192.0.2.1", 1, MONDAY + SECOND) == SECOND  # what is refused costs nothing
    assert allowances.take("192.0.2.1", 1, MONDAY + 2 * SECOND) is None
    assert allowances.take("192.0.2.1", 3, MONDAY + 3600 * SECOND) is None  # never more than it was
    assert allowances.take("192.0.2.1", 1, MONDAY + 3600 * SECOND)


def test_all_addresses_of_one_customer_are_one_network() -> None:
    allowances = Allowances(Pace(burst=1, each_second=1))
    assert allowances.take("2001:db8:0:1::1", 1, MONDAY) is None
    assert allowances.take("2001:db8:0:1::2", 1, MONDAY)
    assert allowances.take("2001:db8:0:2::1", 1, MONDAY) is None


def test_a_clock_that_is_set_back_fills_nothing_and_takes_nothing() -> None:
    allowances = Allowances(Pace(burst=2, each_second=1))
    assert allowances.take("192.0.2.1", 1, MONDAY) is None
    assert allowances.take("192.0.2.1", 1, MONDAY - SECOND) is None
    assert allowances.take("192.0.2.1", 1, MONDAY - SECOND)


def test_memory_is_bounded_however_many_networks_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "MOST_NETWORKS", 10)
    allowances = Allowances(OF_STRANGERS)
    for number in range(1000):
        allowances.take(f"192.0.{number // 250}.{number % 250}", 1, MONDAY)
    assert len(allowances.left) == 10


def test_every_open_page_that_computes_has_a_cost_and_no_other_has() -> None:
    costly = {(one.method, one.path) for one in ROUTES if one.cost}
    posts = {(one.method, one.path) for one in ROUTES if one.right is Right.EVERYBODY and one.method == "POST"}
    assert costly == posts | {("GET", "/guideline/compare")}
    with pytest.raises(ValueError, match="only a page for everybody has a cost"):
        get("/requests", Right.READ_OWN, ROUTES[0].handler, cost=1)


def test_who_asks_too_much_is_told_when_to_come_again_and_nobody_else_waits(tmp_path: Path) -> None:
    with site(tmp_path) as here:
        services = replace(here.services, sign_in=replace(CHEAP, strangers=Pace(burst=9, each_second=1)))
        app = make_app(services)  # one server for all of them
        browsers = [
            Browser(TestClient(app, follow_redirects=False, client=(address, 1)))
            for address in ("192.0.2.1", "192.0.2.2")
        ]
        stranger, other = browsers
        for _ in range(9):
            assert stranger.post("/needed", {}).status_code == 200
        for path in ("/needed", "/check"):
            refused = stranger.post(path, ASKED)
            assert refused.status_code == 429
            assert refused.headers["retry-after"] == "1"
            assert "what you typed is still there" in refused.text
        assert stranger.get("/guideline/compare").status_code == 429
        assert stranger.get("/guideline").status_code == 200  # reading costs nothing
        assert other.post("/check", ASKED).status_code == 200
        here.later(SECOND)
        assert stranger.post("/needed", {}).status_code == 200
        assert stranger.post("/needed", {}).status_code == 429
        signing_in = stranger.post("/sign-in", {"name": "kim", "password": PASSWORD})
        assert signing_in.status_code == 303
        kim = here.as_("kim")
        same_network = TestClient(app, follow_redirects=False, client=("192.0.2.1", 2), cookies=kim.client.cookies)
        assert same_network.post("/check", data={"csrf": kim.csrf, **ASKED}).status_code == 200
