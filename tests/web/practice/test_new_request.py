"""From the first visit to an authorization, without script: a draft, its questions, its documents, and what comes of it."""

import re

import pytest
from tests.web.practice.typing import ANSWERS, SERVICE, WHOLE, Fields, a_pdf, begun, passages, sent, typed
from tests.web.site import Site

RESTS_ON = ("concurrent_proton_therapy", "treatment_intent", "dose_escalation_concern", "diagnosis")


def test_a_request_whose_criteria_are_met_and_shown_is_approved_at_once(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, WHOLE)
    number = re.search(r'name="number" value="([0-9]+)"', kim.get(draft).text)
    assert number
    files = [("file", ("note.pdf", a_pdf(), "application/pdf"))]
    kim.post(draft, {**WHOLE, "number": number[1], "do": "attach"}, files)
    document = re.search(r"/document/([0-9a-f]{64})", kim.get(draft).text)
    assert document
    typed(kim, draft, {**WHOLE, **passages(document[1], *RESTS_ON)})
    assert "Approved at once when you send it" in kim.get(draft).text

    answer = sent(kim, draft)
    assert answer.status_code == 303, answer.text
    page = kim.get(answer.headers["location"]).text
    assert re.search(r"AUTH-[0-9]{4}-[0-9]{4}-01-[0-9]", page)
    assert "box 23" in page
    assert kim.get(draft).status_code == 404


def test_only_what_can_still_change_the_answer_is_asked(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    assert "With the code and the first day of treatment" in kim.get(draft).text
    typed(kim, draft, {**SERVICE, "diagnosis": "C61"})
    page = kim.get(draft).text
    assert "What is the intent of this course of radiation?" in page
    assert 'name="fact-radiation_required"' not in page  # for children alone
    typed(kim, draft, {**SERVICE, **ANSWERS})
    page = kim.get(draft).text
    assert 'name="fact-previously_irradiated"' not in page
    assert "Not asked, since it cannot change the answer as things stand: Prior radiation" in page


def test_what_is_not_shown_by_a_document_is_asked_for_and_does_not_hold_up_sending(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, WHOLE)
    assert "Met, and still to be shown" in kim.get(draft).text
    page = kim.get(sent(kim, draft).headers["location"]).text
    assert "please attach the" in page
    assert "The plan&#39;s clock runs on" in page or "The plan's clock runs on" in page


def test_a_draft_that_lacks_something_is_not_sent_and_says_what(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    answer = sent(kim, draft)
    assert answer.status_code == 422
    for words in ("Give the procedure code", "Name the ordering physician", "Choose the diagnosis that is treated"):
        assert words in answer.text
    assert kim.get(draft).status_code == 200


def test_sent_twice_it_is_one_request(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, WHOLE)
    first = sent(kim, draft)
    assert first.status_code == 303
    assert sent(kim, draft).headers["location"] == first.headers["location"]  # the draft became the request
    assert sent(here.as_("lee"), draft).status_code == 404
    again = begun(kim)
    typed(kim, again, WHOLE)
    assert sent(kim, again).headers["location"] == first.headers["location"]


def test_nobody_of_another_practice_sees_a_draft_or_a_request(here: Site) -> None:
    kim, lee = here.as_("kim"), here.as_("lee")
    draft = begun(kim)
    typed(kim, draft, WHOLE)
    for path in (draft, f"{draft}/review"):
        assert lee.get(path).status_code == 404
    for path in (draft, f"{draft}/submit", f"{draft}/discard"):
        assert lee.post(path, {"do": "check", "attest": "yes"}).status_code == 404
    request = sent(kim, draft).headers["location"]
    assert (kim.get(request).status_code, lee.get(request).status_code) == (200, 404)
    assert lee.get(f"{request}/data.json").status_code == 404


def test_a_wrong_id_and_anothers_birth_date_are_answered_alike(here: Site) -> None:
    kim = here.as_("kim")
    pages = []
    for member_id, born in (("M1", "1956-02-02"), ("M9", "1956-02-01")):
        page = kim.get(begun(kim, member_id, born)).text
        assert "No member has this id and this birth date together" in page
        pages.append(re.sub(r"[0-9a-f]{16,64}|M1|M9|1956-02-0[12]|value=\"\d+\"", "", page))
    assert pages[0] == pages[1]
    assert "Alvarez" not in pages[0]


def test_a_member_whom_nothing_covers_that_day_is_not_sent_for(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim, "M2", "1948-07-09")
    typed(kim, draft, {**WHOLE, "member_id": "M2", "birth_date": "1948-07-09", "start-1": "2025-05-30"})
    assert "no coverage of this member on 2025-05-30" in kim.get(draft).text
    assert sent(kim, draft).status_code == 422


def test_what_was_typed_is_kept_as_it_was_typed(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, {"code-1": "77x85", "start-1": "", "ordering_npi": "123", "target": '<b>"prostate"</b>'})
    page = kim.get(draft).text
    assert 'value="77x85"' in page
    assert "A procedure code has five digits" in page
    assert "an NPI has ten digits" in page
    assert "&lt;b&gt;" in page
    assert "<b>&#34;" not in page


def test_who_saved_meanwhile_is_said_and_nothing_typed_is_lost(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, {"target": "prostate"})
    late = kim.post(draft, {"target": "prostate bed", "number": "1", "do": "check"})
    assert late.status_code == 409
    assert "kim saved this draft meanwhile" in late.text
    assert "target: prostate" in late.text
    assert 'value="prostate bed"' in late.text
    kim.post(draft, {"target": "prostate bed", "number": "2", "do": "check"})
    assert 'value="prostate bed"' in kim.get(draft).text


def test_a_page_saves_over_itself_however_often_and_over_nobody_else(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    mine, other = {"page_id": "a", "number": "1", "do": "live"}, {"page_id": "b", "number": "1", "do": "live"}
    assert kim.post(draft, {**mine, "target": "prostate"}).status_code == 200
    assert kim.post(draft, {**mine, "target": "prostate bed"}).status_code == 200  # its answer had not come yet
    assert kim.post(draft, {**other, "target": "breast"}).status_code == 409
    assert 'value="prostate bed"' in kim.get(draft).text


def test_a_course_that_was_under_way_when_the_member_joined_needs_none_for_ninety_days(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim, "M2", "1948-07-09")
    joined = {"member_id": "M2", "birth_date": "1948-07-09", "start-1": "2025-08-04", "end-1": "2025-08-15"}
    typed(kim, draft, {**WHOLE, **joined, "course_begun": "yes", "course_began": "2025-05-12"})
    page = kim.get(draft).text
    assert "No authorization is needed" in page
    assert "the course was under way when the member joined on 2025-06-01" in page.lower()
    page = kim.get(sent(kim, draft).headers["location"]).text
    assert "No authorization required" in page


def test_several_lines_of_one_course_are_sent_together(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, WHOLE)
    typed(kim, draft, {}, "add-line")
    assert 'name="code-2"' in kim.get(draft).text
    typed(kim, draft, {"line": ["1", "2"], "code-2": "77301", "start-2": "2025-11-10", "fact-technique-2": "imrt"})
    request = sent(kim, draft).headers["location"]
    assert "77301, 77385" in kim.get(request).text


def test_a_heading_of_the_release_is_never_offered(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, {"find": "C50.4"}, "find")
    page = kim.get(draft).text
    assert "add-diagnosis:C50.411" in page
    assert "add-diagnosis:C50.41&" not in page
    assert 'value="add-diagnosis:C50.4"' not in page
    typed(kim, draft, {"find": "meningioma"}, "find")
    assert "No billable code fits" in kim.get(draft).text
    typed(kim, draft, {"find": "C50.4"}, "add-diagnosis:C50.411")
    assert 'name="diagnosis" value="C50.411"' in kim.get(draft).text
    typed(kim, draft, {}, "remove-diagnosis:C50.411")
    assert 'name="diagnosis" value="C50.411"' not in kim.get(draft).text


def test_a_request_that_looks_like_an_earlier_one_is_sent_if_one_will(here: Site) -> None:
    kim = here.as_("kim")
    first = begun(kim)
    typed(kim, first, WHOLE)
    request = sent(kim, first).headers["location"].removeprefix("/request/")
    again = begun(kim)
    typed(kim, again, {**WHOLE, "start-1": "2025-11-24"})
    page = kim.get(again).text
    assert request in page
    assert "start: 2025-11-17 there, 2025-11-24 here" in page
    other = begun(here.as_("lee"))
    typed(here.as_("lee"), other, WHOLE)
    assert request not in here.as_("lee").get(other).text


STRANGE = [
    "9" * 5000,
    "\u0663",
    "-1",
    "9999-12-31",
    "0001-01-01",
    "\U0001f600",
    "' or 1=1 --",
    "..",
    "{{ 7 * 7 }}",
    "%s" * 99,
]


@pytest.mark.slow
@pytest.mark.parametrize("strange", STRANGE, ids=lambda text: repr(text)[:12])
def test_whatever_is_typed_is_kept_and_breaks_nothing(here: Site, strange: str) -> None:
    kim = here.as_("kim")
    names = {name for name in WHOLE if name != "line"} | {"end-1", "find", "page-diagnosis", "course_began", "dose"}
    everywhere: Fields = dict.fromkeys(names, strange)
    forms: list[Fields] = [everywhere, {**WHOLE, "end-1": strange}, {**WHOLE, "line": ["1", strange]}]
    for fields in forms:
        draft = begun(kim)
        for do in ("check", "add-line", f"remove-line:{strange}", f"add-diagnosis:{strange}", strange):
            assert typed(kim, draft, {**fields, "course_begun": "yes"}, do).status_code == 303
        assert kim.get(draft).status_code == 200
        assert kim.get(f"{draft}/review").status_code == 200
        assert sent(kim, draft).status_code in (303, 422)
