"""The tasks by keyboard alone: Tab, Enter, Space, arrows and letters, with the focus always in sight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from tests.web import practice_scene as practice
from tests.web import reviewer_scene as reviewer
from tests.web.browsing import Browsing, browsing
from tests.web.keyboard import Hands
from tests.web.scene import scene

from isodose.web.demo.courses import EAR, PALLIATIVE, PROSTATE
from isodose.web.demo.members import MEMBERS
from isodose.web.demo.people import PASSWORD


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    with browsing(tmp_path_factory.mktemp("demo")) as made:
        yield made


@pytest.mark.slow
def test_the_content_is_one_key_away_and_a_question_is_answered(here: Browsing) -> None:
    with scene(here, None, name="keys public") as visitor:
        hands = Hands(visitor)
        visitor.go("/guideline")
        hands.use("link", "To the content")
        assert hands.is_at(visitor.page.get_by_role("main"))
        visitor.go("/needed")
        hands.fill("Procedure code", "77407")
        hands.to(visitor.field("Date of the first treatment"))
        hands.type("12072026")
        hands.choose("The member's product", "HMO")
        hands.use("button", "Answer")
        assert "authorization is needed" in visitor.page.get_by_role("status").inner_text()


def test_editions_are_chosen_and_compared(here: Browsing) -> None:
    with scene(here, None, name="keys compare") as visitor:
        hands = Hands(visitor)
        visitor.go("/guideline/compare")
        hands.to(visitor.field("Before"))
        hands.press("Home")
        hands.to(visitor.field("After"))
        hands.press("End")
        hands.use("button", "Compare")
        visitor.page.wait_for_url("**/guideline/compare?**")


def test_somebody_signs_in_and_out(here: Browsing) -> None:
    with scene(here, None, name="keys door") as kim:
        hands = Hands(kim)
        kim.go("/sign-in?to=/requests")
        hands.fill("Name", "kim")
        hands.fill("Password", PASSWORD)
        hands.press("Enter")
        kim.page.wait_for_url("**/requests")
        hands.use("button", "Sign out")
        kim.page.get_by_role("link", name="Sign in").first.wait_for()


@pytest.mark.slow
def test_a_request_is_begun_described_and_sent(here: Browsing) -> None:
    with scene(here, "kim", name="keys request") as kim:
        hands, member = Hands(kim), MEMBERS[8]
        kim.go("/requests")
        hands.use("link", "New request")
        hands.fill("Member id", member.member_id)
        hands.to(kim.field("Birth date"))
        hands.type(f"{member.birth_date:%m%d%Y}")
        hands.use("button", "Begin")
        hands.fill("Procedure code", PROSTATE.code)
        hands.to(kim.field("First day of treatment"))
        hands.type(f"{datetime.now() + timedelta(days=9):%m%d%Y}")  # noqa: DTZ005 (as it is typed)
        hands.choose("With which technique", "IMRT")
        hands.fill("Ordering physician", "Dr. Lena Park")
        people = kim.page.get_by_role("region", name="Who and where")
        hands.to(people.get_by_label("NPI").first)
        hands.type("1447258397")
        hands.fill("Who bills", "Elm Street Radiation Oncology")
        hands.to(people.get_by_label("NPI").last)
        hands.type("1234567893")
        hands.to(kim.field("Place of service"))
        hands.type("Ind")
        hands.fill("Find it by words or code", "C61")
        hands.to(kim.page.get_by_role("button", name="C61").first)
        hands.press("Enter")
        kim.page.get_by_role("button", name="Remove C61").wait_for()
        hands.choose("What is the intent", "curative")
        hands.choose("Is there a documented reason", "Yes")
        hands.choose("Will IMRT and proton", "No")
        hands.fill("Whom the plan may call", "Kim Ferris")
        hands.fill("Phone", "860-555-0141")
        hands.use("button", "Look it over and send")
        hands.to(kim.page.get_by_role("checkbox"))
        hands.press("Space")
        hands.use("button", "Send to the plan")
        kim.says("The plan asks:")


@pytest.mark.slow
def test_a_request_is_found_and_withdrawn(here: Browsing) -> None:
    tracking = practice.sent(here, PALLIATIVE, MEMBERS[9])
    with scene(here, "kim", name="keys withdraw") as kim:
        hands = Hands(kim)
        kim.go("/requests")
        hands.fill("Find by number", tracking)
        hands.press("Enter")
        kim.says("request found")
        hands.to(kim.page.get_by_role("row").filter(has_text=tracking).get_by_role("link").first)
        hands.press("Enter")
        hands.to(kim.page.get_by_text("Withdraw it"))
        hands.press("Enter")
        hands.fill("Why optional", "The patient chose another hospital.")
        hands.use("button", "Withdraw the request")
        kim.says("Nothing more is asked")


@pytest.mark.slow
def test_a_nurse_finds_takes_judges_and_approves(here: Browsing) -> None:
    tracking = practice.sent(here, EAR, MEMBERS[10])
    with scene(here, "noor", name="keys nurse") as noor:
        hands = Hands(noor)
        noor.go("/worklist")
        hands.press("/")
        assert hands.is_at(noor.field("Find"))
        hands.type(tracking)
        hands.press("Enter")
        noor.says("case found")
        hands.press("j", "o")
        noor.says("The guideline, clause by clause")
        hands.press("a")
        noor.says("Nobody else decides meanwhile")
        hands.use("button", "Take it")
        noor.says("The case is yours for now")
        row = reviewer.open_criterion(noor)
        hands.press("j")
        while not hands.is_at(row):
            hands.press("ArrowDown")
        hands.press("m")
        noor.says("What you find")
        hands.type("The note names the middle ear, which lies in the skull base.")
        hands.use("button", "Record the judgement")
        noor.says("The judgement is recorded")
        hands.press("p")
        noor.says("Everything that was asked for is certified")
        hands.type("Criterion 1 is met on the consultation note.")
        hands.use("button", "Approve")
        noor.says("Approved. The clock ends")


@pytest.mark.slow
def test_a_nurse_asks_the_practice(here: Browsing) -> None:
    tracking = practice.sent(here, EAR, MEMBERS[14])
    with scene(here, "noor", name="keys asks") as noor:
        hands = Hands(noor)
        noor.go(f"/case/{tracking}")
        hands.press("q")
        noor.says("Asking never stops the clock")
        hands.fill("In your own words", "Which part of the middle ear is to be treated?")
        hands.use("button", "Ask")
        noor.says("The practice is asked.")


@pytest.mark.slow
def test_a_physician_offers_a_call_and_denies(here: Browsing) -> None:
    tracking = practice.sent(here, PALLIATIVE, MEMBERS[11])
    with scene(here, "ito", name="keys physician") as ito:
        hands = Hands(ito)
        ito.go(f"/case/{tracking}")
        hands.use("link", "Pathology report (scan).pdf not opened")
        ito.page.wait_for_url("**doc=2**")
        hands.use("link", "Offer a call between physicians")
        ito.says("A peer-to-peer is offered")
        hands.type(f"{datetime.now() + timedelta(days=1):%m%d%Y}")  # noqa: DTZ005 (as it is typed)
        hands.press("Tab")
        hands.type("1000AM")
        hands.use("button", "Offer it")
        ito.says("The call is offered.")
        hands.press("d")
        ito.says("signed with your license")
        hands.use("button", "Deny")
        assert "reason" in ito.refused()
        hands.fill("Your reason", reviewer.REASON)
        hands.use("button", "See what the member will read")
        ito.page.get_by_role("region", name="What the member will read").wait_for()
        hands.use("button", "Deny")
        ito.says("Denied. The clock ends")
