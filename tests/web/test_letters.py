"""Letters on the pages: a practice finds its own and never the member's, the plan's people both, and nobody is kept waiting."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.letters.stories import PLAN
from tests.pango import needs_pango
from tests.web.reviewer.cases import sent
from tests.web.site import Browser, Site, site

from isodose.desk.case import Case
from isodose.desk.policy import DeskPolicy
from isodose.desk.written import Written, letters_in
from isodose.letters.sending import Sender
from isodose.letters.waiting import Waiting
from isodose.letters.writing import Writer
from isodose.store.database import open_database
from isodose.store.record import Record
from isodose.web.upkeep import send_letters, write_letters

PRACTICES, MEMBERS = "Request received", "We got your request"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    needs_pango()
    with site(tmp_path) as made:
        yield made


def letters_written(here: Site, case: Case) -> dict[str, Written]:
    """A round of upkeep; then the case's letters by their reader."""
    services = here.services
    write_letters(replace(services, letters=Waiting(Writer(services.office, PLAN))))
    return {one.reader: one for _, one in letters_in(here.record.history(case.tracking))}


def seen(browser: Browser, page: str) -> str:
    found = re.search(r'name="seen" value="([0-9]+)"', browser.get(page).text)
    assert found
    return found[1]


def test_a_practice_opens_its_own_letters_and_cannot_reach_the_members(here: Site) -> None:
    case = sent(here, treatment_intent="palliative")
    letters = letters_written(here, case)
    kim, request = here.as_("kim"), f"/request/{case.tracking}"
    page = kim.get(request).text
    assert PRACTICES in page
    assert MEMBERS not in page
    own, members = letters["provider"], letters["member"]
    kept = kim.get(f"{request}/document/{own.sha256}")
    assert kept.content == here.record.document(own.sha256).content
    assert kept.headers["content-disposition"].endswith("Request%20received.pdf")
    assert kim.get(f"{request}/document/{own.sha256}/1").headers["content-type"] == "image/png"
    assert "TRACK-" in kim.get(f"{request}/look/{own.sha256}/1").text
    told = kim.get(f"{request}/data.json").json()["letters"]
    assert [(one["title"], one["sha256"]) for one in told] == [(PRACTICES, own.sha256)]
    for place in ("document/{}", "document/{}/1", "look/{}/1"):
        assert kim.get(f"{request}/{place.format(members.sha256)}").status_code == 404
        assert here.as_("lee").get(f"{request}/{place.format(own.sha256)}").status_code == 404


def test_the_desk_shows_both_and_opens_both(here: Site) -> None:
    case = sent(here, treatment_intent="palliative")
    letters = letters_written(here, case)
    noor, desk = here.as_("noor"), f"/case/{case.tracking}"
    page = noor.get(desk).text
    assert PRACTICES in page
    assert MEMBERS in page
    told = noor.get(f"{desk}/data.json").json()["letters"]
    assert {one["sha256"] for one in told} == {one.sha256 for one in letters.values()}
    for one in letters.values():
        assert f"{desk}/document/{one.sha256}/page/1.png" in page
        assert noor.get(f"{desk}/document/{one.sha256}/page/1.png").headers["content-type"] == "image/png"


def test_letters_that_come_meanwhile_keep_nobody_from_what_they_were_at(here: Site) -> None:
    case = sent(here, treatment_intent="palliative")
    noor, kim = here.as_("noor"), here.as_("kim")
    desk, request = f"/case/{case.tracking}", f"/request/{case.tracking}"
    at_the_desk, at_the_practice = seen(noor, f"{desk}/do/note"), seen(kim, request)
    assert letters_written(here, case)
    assert noor.post(f"{desk}/do/note", {"seen": at_the_desk, "why": "They called."}).status_code == 303
    hasten = {"physician": "Dr. Amado", "words": "cord compression"}
    stale = kim.post(f"{request}/expedite", {"seen": at_the_practice, **hasten})
    assert stale.status_code == 422, "a note is more than a letter"
    at_the_practice = seen(kim, request)
    assert kim.post(f"{request}/expedite", {"seen": at_the_practice, **hasten}).status_code == 303
    at_the_practice = seen(kim, request)
    assert letters_written(here, case)["member"].of > 1
    assert kim.post(f"{request}/withdraw", {"seen": at_the_practice, "why": "moved"}).status_code == 303


def test_who_is_to_look_blind_sees_no_letter_on_the_decision(here: Site) -> None:
    here.policy = DeskPolicy(second_look=1000, salt="s")
    case = sent(here)
    assert letters_written(here, case)["member"].name == "Your care is approved.pdf"
    noor = here.as_("noor").get(f"/case/{case.tracking}").text
    assert "Second look" in noor
    assert "Your care is approved" not in noor
    assert "Authorization approved" in here.as_("kim").get(f"/request/{case.tracking}").text


def test_how_far_each_letter_has_come_is_told_to_the_plans_people(here: Site, tmp_path: Path) -> None:
    case, services = sent(here, treatment_intent="palliative"), here.services
    written = letters_written(here, case)
    desk, request = f"/case/{case.tracking}", f"/request/{case.tracking}"
    root = here.as_("root")

    def round_of(folder: Path | None) -> None:
        here.sender = Sender(services.office, folder)
        send_letters(here.services)

    round_of(None)
    page = here.as_("noor").get(desk).text
    assert "Waits: no folder is set into which it could be put" in page
    assert "In the portal, not opened yet" in page
    assert "These wait" not in here.as_("kim").get(request).text
    assert "No folder is set" in root.get("/letters").text
    round_of(tmp_path / "away")
    assert "Not sent: " in here.as_("noor").get(desk).text
    failed = root.get("/letters?stage=failed").text
    assert "away: there is no such folder; tried 1 time, next 3 Nov 2025, 09:01" in failed
    assert case.tracking in failed
    assert "Request received" not in failed, "what a letter tells is not the administrator's business"
    (tmp_path / "away").mkdir()
    here.now += timedelta(minutes=1)
    assert here.as_("kim").get(f"{request}/document/{written['provider'].sha256}").status_code == 200
    round_of(tmp_path / "away")
    page = here.as_("noor").get(desk).text
    assert "Put out for printing, 3 Nov 2025, 09:01" in page
    assert "Downloaded by kim, 3 Nov 2025, 09:01" in page
    rows = root.get("/letters.json?stage=sent").json()
    assert {(row["to"], row["stage"], row["tries"]) for row in rows} == {("member", "sent", 2), ("provider", "sent", 0)}
    assert root.get("/letters.csv").text.splitlines()[0].startswith("request,letter,to,way,stage")


def test_a_database_that_does_not_answer_is_waited_for(here: Site) -> None:
    office = replace(here.services.office, record=Record(open_database("postgresql://nobody@127.0.0.1:1/none")))
    assert write_letters(replace(here.services, letters=Waiting(Writer(office, PLAN))), here.now) == here.now
