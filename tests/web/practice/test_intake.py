"""What comes by letter, phone or telefax is entered by the plan's intake, for the practice that sent it."""

from tests.web.practice.typing import WHOLE, begun, sent, typed
from tests.web.site import Site

FAX = {"practice": "elm-street", "channel": "fax", "arrived": "2025-10-31T16:30"}


def test_a_fax_belongs_to_its_practice_and_its_clock_runs_since_it_arrived(here: Site) -> None:
    paz = here.as_("paz")
    draft = begun(paz)
    typed(paz, draft, {**WHOLE, **FAX})
    request = sent(paz, draft).headers["location"]
    assert "by 15 Nov 2025, 00:00" in paz.get(request).text  # fourteen days from Friday, not from Monday
    assert here.as_("kim").get(request).status_code == 200
    assert here.as_("lee").get(request).status_code == 404
    assert request in here.as_("kim").get("/requests").text


def test_intake_says_how_it_came_and_not_later_than_now(here: Site) -> None:
    paz = here.as_("paz")
    draft = begun(paz)
    typed(paz, draft, {**WHOLE, "practice": "nobody", "arrived": "2025-11-04T08:00"})
    answer = sent(paz, draft)
    assert answer.status_code == 422
    for words in ("Say by which way it came", "Choose one of the practices", "It cannot have arrived later than now"):
        assert words in answer.text


def test_a_practice_cannot_say_that_its_request_is_anothers_or_came_earlier(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, {**WHOLE, "practice": "oak-avenue", "channel": "fax", "arrived": "2025-10-01T08:00"})
    request = sent(kim, draft).headers["location"]
    assert "by 18 Nov 2025, 00:00" in kim.get(request).text
    assert here.as_("lee").get(request).status_code == 404


def test_drafts_of_intake_are_seen_by_no_practice(here: Site) -> None:
    draft = begun(here.as_("paz"))
    assert here.as_("paz").get(draft).status_code == 200
    assert here.as_("kim").get(draft).status_code == 404
