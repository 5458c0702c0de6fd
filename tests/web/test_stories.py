"""The main tasks in a real Chromium, against the real server with its demonstration: at a desk and on a phone, with script and without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from tests.browser import DESK, PHONE
from tests.web import practice_scene as practice
from tests.web import reviewer_scene as reviewer
from tests.web.browsing import Browsing, browsing
from tests.web.scene import Scene, scene

from isodose.store.members import Member
from isodose.web.demo.courses import EAR, PALLIATIVE, PROSTATE, UNSAID
from isodose.web.demo.members import MEMBERS
from isodose.web.demo.people import PASSWORD

SAID = replace(UNSAID, facts={**UNSAID.facts, "dose_escalation_concern": True})


@dataclass(frozen=True)
class Way:
    """How the pages are come to, and a member of whom no other way tells."""

    size: tuple[int, int]
    script: bool
    member: Member


def _way(name: str, size: tuple[int, int], *, script: bool, member: int) -> object:
    """One way is for every day, the others are slow."""
    marks = () if name == "desk" else pytest.mark.slow
    return pytest.param(Way(size, script, MEMBERS[member]), id=name, marks=marks)


WAYS = pytest.mark.parametrize(
    "way",
    [
        _way("desk", DESK, script=True, member=0),
        _way("phone", PHONE, script=True, member=1),
        _way("desk-without-script", DESK, script=False, member=2),
        _way("phone-without-script", PHONE, script=False, member=6),
    ],
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    with browsing(tmp_path_factory.mktemp("demo")) as made:
        yield made


@pytest.mark.slow
@WAYS
def test_a_first_visit_leads_to_a_request_that_is_approved_at_once(here: Browsing, way: Way) -> None:
    with scene(here, None, way.size, script=way.script, name="first visit") as kim:
        kim.go("/")
        kim.look("home")
        kim.follow("Sign in to send a request")
        kim.fill({"Name": "kim", "Password": "not this one"})
        kim.press("Sign in")
        kim.says("put right")
        kim.look("refused at the door")
        kim.fill({"Name": "kim", "Password": PASSWORD})
        kim.press("Sign in")
        assert kim.heading() == "New request"
        kim.look("new request")
        practice.begin(kim, way.member)
        kim.look("empty draft")
        practice.describe(kim, PROSTATE)
        practice.check(kim)
        kim.look("questions")
        practice.answer(kim, PROSTATE)
        practice.check(kim)
        kim.says("Met, and still to be shown")
        practice.show_by_documents(kim, PROSTATE, way.member)
        practice.check(kim)
        kim.says("Approved at once when you send it")
        kim.look("told whole")
        practice.send(kim)
        kim.look("approved")
        assert practice.authorization(kim).startswith("AUTH-")


@pytest.mark.slow
@WAYS
def test_a_request_that_needs_one_document_is_approved_with_it(here: Browsing, way: Way) -> None:
    with scene(here, "kim", way.size, script=way.script, name="one document") as kim:
        kim.go("/requests/new")
        practice.begin(kim, way.member)
        practice.describe(kim, PROSTATE)
        practice.check(kim)
        practice.answer(kim, PROSTATE)
        practice.check(kim)
        kim.says("Met, and still to be shown")
        kim.look("not shown")
        practice.send(kim)
        kim.says("The plan asks:")
        kim.look("asked")
        kim.press("Answer")
        kim.look("answering")
        practice.show_by_documents(kim, PROSTATE, way.member)
        practice.send(kim)
        kim.look("approved")
        assert practice.authorization(kim).startswith("AUTH-")


@pytest.mark.slow
@WAYS
def test_a_nurse_settles_a_diagnosis_and_approves(here: Browsing, way: Way) -> None:
    tracking = practice.sent(here, EAR, way.member)
    with scene(here, "noor", way.size, script=way.script, name="nurse") as noor:
        reviewer.find(noor, tracking)
        noor.look("desk")
        reviewer.open_documents(noor)
        noor.look("document")
        reviewer.settle(noor, "Met", "The note names the middle ear, which is in the skull base.")
        noor.look("settled")
        reviewer.approve(noor, "Criterion 1 is met on the consultation note.")
        noor.look("approved")
        noor.says("Approved. The clock ends")


@pytest.mark.slow
@WAYS
def test_a_physician_denies_with_a_reason_of_their_own(here: Browsing, way: Way) -> None:
    tracking = practice.sent(here, PALLIATIVE, way.member)
    with scene(here, "ito", way.size, script=way.script, name="physician") as ito:
        reviewer.find(ito, tracking)
        ito.look("desk")
        reviewer.open_documents(ito)
        reviewer.offer_call(ito)
        ito.look("call offered")
        ito.page.get_by_role("link", name="Deny").click()
        ito.look("deny")
        refusals = {"": "Say the reason in words", reviewer.words_of_clause(ito): "the guideline's own text"}
        for reason, refusal in refusals.items():
            ito.fill({"Your reason": reason})
            ito.press("Deny")
            ito.look("refused")
            assert refusal in ito.refused()
        ito.fill({"Your reason": reviewer.REASON})
        ito.press("See what the member will read")
        ito.says("What the member will read")
        assert reviewer.REASON in reviewer.preview(ito)
        ito.look("preview")
        ito.press("Deny")
        ito.says("Denied. The clock ends")
        ito.look("denied")


@pytest.mark.slow
@WAYS
def test_a_practice_answers_a_question_and_is_approved(here: Browsing, way: Way) -> None:
    tracking = practice.sent(here, UNSAID, way.member)
    with scene(here, "kim", way.size, script=way.script, name="answer") as kim:
        kim.go("/requests?show=waiting")
        kim.look("waiting")
        kim.page.get_by_role("row").filter(has_text=tracking).get_by_role("link").first.click()
        kim.look("asked")
        kim.press("Answer")
        practice.answer(kim, SAID)
        practice.check(kim)
        kim.says("Met, and still to be shown")
        practice.show_passages(kim, SAID, way.member)
        kim.look("answered")
        practice.send(kim)
        assert practice.authorization(kim).startswith("AUTH-")
        kim.look("approved")


@pytest.mark.slow
@WAYS
def test_anybody_compares_two_editions(here: Browsing, way: Way) -> None:
    with scene(here, None, way.size, script=way.script, name="compare") as visitor:
        visitor.go("/guideline/editions")
        visitor.look("editions")
        visitor.go("/guideline/compare")
        visitor.look("choose")
        choose_editions(visitor)
        visitor.press("Compare")
        visitor.says("Nothing else changes. Proved")
        visitor.look("compared")


@pytest.mark.slow
@WAYS
def test_an_author_sees_whom_a_revision_touches(here: Browsing, way: Way) -> None:
    with scene(here, "gus", way.size, script=way.script, name="author") as gus:
        gus.go("/content")
        gus.look("content")
        gus.go("/content/touched")
        gus.look("choose")
        choose_editions(gus)
        gus.press("Look")
        gus.says("answered otherwise")
        gus.look("touched")
        gus.follow("What changes in the text and for every possible case")
        gus.says("Nothing else changes. Proved")


def choose_editions(scene: Scene) -> None:
    """The oldest and the newest, whatever else is there."""
    editions = scene.field("Before").locator("option").all_inner_texts()
    scene.field("Before").select_option(min(editions))
    scene.field("After").select_option(max(editions))


@WAYS
def test_anybody_asks_whether_authorization_is_needed(here: Browsing, way: Way) -> None:
    with scene(here, None, way.size, script=way.script, name="needed") as visitor:
        visitor.go("/needed")
        visitor.look("empty")
        visitor.press("Answer")
        visitor.look("nothing said")
        visitor.fill({"Procedure code": PROSTATE.code, "Date of the first treatment": "2026-12-07"})
        visitor.choose("The member's product", "HMO")
        visitor.press("Answer")
        visitor.says("What a request will be asked")
        visitor.look("answered")


@WAYS
def test_anybody_checks_a_case_and_nothing_is_kept(here: Browsing, way: Way) -> None:
    with scene(here, None, way.size, script=way.script, name="check") as visitor:
        visitor.go("/check")
        visitor.look("empty")
        said = {"Procedure code": PROSTATE.code, "First day of treatment": "2026-12-07", "Birth date": "1954-02-11"}
        visitor.fill({**said, "Diagnoses": "C61"})
        visitor.choose("Product", "HMO")
        visitor.choose("With which technique", "IMRT")
        if not visitor.script:
            visitor.press("Check")
        visitor.look("asked")
        practice.answer(visitor, PROSTATE)
        if not visitor.script:
            visitor.press("Check")
        visitor.says("Criterion 1 (Definitive treatment) is met")
        visitor.look("answered")


@WAYS
def test_what_is_not_there_and_what_is_not_ones_own_says_so(here: Browsing, way: Way) -> None:
    with scene(here, "kim", way.size, script=way.script, name="no such") as kim:
        for path, state in [("/nowhere", "404"), ("/request/TRACK-0000-0000-0", "no request"), ("/worklist", "403")]:
            kim.go(path)
            kim.look(state)
            kim.page.get_by_role("link", name="To the first page").wait_for()
        kim.go("/requests?show=ending")
        kim.look("empty list")


@pytest.mark.slow
@WAYS
def test_a_decision_on_a_stale_page_is_refused_and_keeps_what_was_typed(here: Browsing, way: Way) -> None:
    tracking = practice.sent(here, EAR, way.member)
    with scene(here, "noor", way.size, script=way.script, name="stale") as noor:
        noor.go(f"/case/{tracking}/do/note")
        noor.fill({"Note": "What I was about to write."})
        with scene(here, "karin", script=False, name="karin") as karin:
            karin.go(f"/case/{tracking}/do/note")
            karin.fill({"Note": "Something that came meanwhile."})
            karin.press("Add")
        noor.press("Add")
        noor.says("Something came while you were at it")
        assert noor.field("Note").input_value() == "What I was about to write."
        noor.look("stale")
