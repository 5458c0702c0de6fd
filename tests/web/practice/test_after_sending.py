"""What a practice does with a request it has sent: answer, correct, add, hasten, withdraw, change and cancel."""

import re
from collections.abc import Mapping

import pytest
from tests.web.practice.typing import WHOLE, a_pdf, begun, number_of, passages, sent, typed
from tests.web.site import Browser, Site

RESTS_ON = ("concurrent_proton_therapy", "treatment_intent", "dose_escalation_concern", "diagnosis")


def request_of(browser: Browser, **fields: str) -> str:
    """The path of a request with these fields that was sent without a document."""
    draft = begun(browser)
    typed(browser, draft, {**WHOLE, **fields})
    answer = sent(browser, draft)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def attached(browser: Browser, draft: str, fields: Mapping[str, str]) -> str:
    """The SHA-256 of a document that is attached to a draft."""
    number = number_of(browser.get(draft))
    browser.post(
        draft, {**fields, "number": number, "do": "attach"}, [("file", ("note.pdf", a_pdf(), "application/pdf"))]
    )
    found = re.search(r"/draft/[0-9a-f]+/document/([0-9a-f]{64})", browser.get(draft).text)
    assert found
    return found[1]


def approved(browser: Browser, **fields: str) -> str:
    """The path of a request that was approved at once."""
    draft = begun(browser)
    document = attached(browser, draft, {**WHOLE, **fields})
    typed(browser, draft, {**WHOLE, **fields, **passages(document, *RESTS_ON)})
    return str(sent(browser, draft).headers["location"])


def seen(browser: Browser, request: str) -> str:
    """The event that the page of a request has seen last."""
    found = re.search(r'name="seen" value="([0-9]+)"', browser.get(request).text)
    assert found
    return found[1]


def test_what_is_asked_is_answered_with_a_document_and_approved_at_once(here: Site) -> None:
    kim = here.as_("kim")
    request = request_of(kim)
    assert "please attach the" in kim.get(request).text
    draft = kim.post(f"{request}/more").headers["location"]
    page = kim.get(draft).text
    assert "The plan asks" in page
    assert 'value="2025-11-17"' in page
    document = attached(kim, draft, WHOLE)
    typed(kim, draft, {**WHOLE, **passages(document, *RESTS_ON), "answer": "The note is attached."})
    assert sent(kim, draft).status_code == 303
    page = kim.get(request).text
    assert "AUTH-" in page
    assert "The note is attached." in page
    assert kim.get(f"{request}/document/{document}/1").headers["content-type"] == "image/png"
    kept = kim.get(f"{request}/document/{document}")
    assert kept.headers["content-disposition"].startswith("attachment")
    assert here.as_("lee").get(f"{request}/document/{document}").status_code == 404


def test_a_returned_request_is_corrected_in_one_step_and_keeps_its_number(here: Site) -> None:
    kim = here.as_("kim")
    request = request_of(kim, **{"start-1": "2026-02-02"})  # the code has ended by then
    page = kim.get(request).text
    assert "Returned for correction" in page
    assert "77407" in page
    draft = kim.post(f"{request}/more").headers["location"]
    typed(kim, draft, {**WHOLE, "start-1": "2025-12-15"})
    assert sent(kim, draft).headers["location"] == request
    assert "Returned for correction" not in re.sub(r"(?s)<ol.*?</ol>", "", kim.get(request).text)


def test_more_is_begun_once_and_says_what_came_meanwhile(here: Site) -> None:
    kim = here.as_("kim")
    request = request_of(kim, **{"fact-treatment_intent": "palliative"})
    draft = kim.post(f"{request}/more").headers["location"]
    assert kim.post(f"{request}/more").headers["location"] == draft
    kim.post(f"{request}/expedite", {"seen": seen(kim, request), "physician": "Dr. Amado", "words": "cord compression"})
    late = sent(kim, draft)
    assert late.status_code == 422
    assert "Asked to be decided faster" in late.text
    assert sent(kim, draft).status_code == 303


def test_a_physicians_words_come_with_the_request_and_make_it_urgent(here: Site) -> None:
    kim = here.as_("kim")
    urgent = {"urgent": "physician", "urgent_physician": "Dr. Amado", "urgent_words": "The airway is at risk."}
    request = request_of(kim, **urgent)
    page = kim.get(request).text
    assert "72 hours, expedited" in page
    assert "The airway is at risk." in page


def test_withdrawn_it_asks_for_nothing_more(here: Site) -> None:
    kim = here.as_("kim")
    request = request_of(kim)
    assert kim.post(f"{request}/withdraw", {"seen": "1", "why": "moved"}).status_code == 422
    assert kim.post(f"{request}/withdraw", {"seen": seen(kim, request), "why": "moved"}).status_code == 303
    assert "Nothing more is asked" in kim.get(request).text


def test_a_course_that_moves_takes_its_authorization_along(here: Site) -> None:
    kim = here.as_("kim")
    request = approved(kim, **{"end-1": "2026-01-09"})
    moved = {"line": "1", "start": "2025-11-24", "end": "2026-01-16", "sessions": "35", "provider": "1234567893"}
    answer = kim.post(f"{request}/change", {**moved, "seen": seen(kim, request), "why": "the mask was late"})
    assert answer.status_code == 303, answer.text
    assert "24 Nov 2025 to 16 Jan 2026" in kim.get(request).text


@pytest.mark.parametrize(("field", "words"), [("start", "A day is written like"), ("sessions", "a whole number")])
def test_a_change_that_cannot_be_read_keeps_what_was_typed(here: Site, field: str, words: str) -> None:
    kim = here.as_("kim")
    request = approved(kim)
    fields = {"line": "1", "start": "2025-11-24", "why": "more", field: "soon"}
    answer = kim.post(f"{request}/change", {**fields, "seen": seen(kim, request)})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="soon"' in answer.text


def test_a_cancelled_authorization_ends_on_the_day_that_is_named(here: Site) -> None:
    kim = here.as_("kim")
    request = approved(kim)
    answer = kim.post(
        f"{request}/cancel", {"line": "1", "last": "2025-11-20", "seen": seen(kim, request), "why": "over"}
    )
    assert answer.status_code == 303, answer.text
    assert "the last day was 20 Nov 2025" in kim.get(request).text


def test_another_practice_does_nothing_to_it(here: Site) -> None:
    kim, lee = here.as_("kim"), here.as_("lee")
    request = request_of(kim)
    for act in ("more", "withdraw", "expedite", "forward", "change", "cancel"):
        assert lee.post(f"{request}/{act}", {"seen": "2", "why": "x", "words": "x"}).status_code == 404
