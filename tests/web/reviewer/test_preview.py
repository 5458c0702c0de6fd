"""The letters that a denial would become, in a real browser: read by everybody, at a desk and on a phone."""

from pathlib import Path

import pytest
from tests.browser import DESK, PHONE
from tests.letters.stories import PLAN
from tests.web.browsing import barriers, is_too_wide
from tests.web.practice.served import chromium_of, served, window
from tests.web.reviewer.cases import do, palliative
from tests.web.site import site


@pytest.mark.slow
def test_what_the_member_will_read_keeps_nobody_out(tmp_path: Path) -> None:
    with site(tmp_path) as here:
        here.plan = PLAN
        case, ito = palliative(here), here.as_("ito")
        do(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
        token = ito.client.cookies["isodose"]
        with served(here) as address, chromium_of(address) as (browser, at):
            for size in (DESK, PHONE):
                with window(browser, at, token, size) as page:
                    page.goto(f"/case/{case.tracking}/do/deny")
                    page.get_by_label("Your reason").fill("The notes do not say why a simpler plan would harm you.")
                    page.get_by_role("button", name="See what the member will read").click()
                    page.get_by_role("region", name="The member’s letter").wait_for()
                    page.get_by_text("What the practice will read").press("Enter")
                    page.get_by_role("region", name="The practice’s letter").wait_for()
                    assert barriers(page) == []
                    assert not is_too_wide(page)
