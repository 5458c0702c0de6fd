"""The lists of a practice: what waits for it, what waits for the plan, what was decided, what ends soon, its drafts."""

import csv
import io

from tests.web.practice.test_after_sending import approved, request_of
from tests.web.practice.typing import begun
from tests.web.site import Site


def test_what_waits_for_the_practice_comes_first(here: Site) -> None:
    kim = here.as_("kim")
    assert "stands here" in kim.get("/requests").text
    request = request_of(kim)
    page = kim.get("/requests").text
    assert request in page
    assert "Asked: " in page
    assert request not in kim.get("/requests?show=plan").text
    assert request not in here.as_("lee").get("/requests?show=waiting").text


def test_each_request_is_in_the_list_that_says_whose_turn_it_is(here: Site) -> None:
    kim = here.as_("kim")
    review = request_of(kim, **{"fact-treatment_intent": "palliative", "fact-previously_irradiated": "no"})
    done = approved(kim, **{"end-1": "2025-11-14", "start-1": "2025-11-05"})
    assert review in kim.get("/requests?show=plan").text
    assert done in kim.get("/requests?show=decided").text
    ending = kim.get("/requests?show=ending").text
    assert done in ending
    assert "14 Nov 2025" in ending


def test_drafts_are_listed_for_the_whole_practice(here: Site) -> None:
    draft = begun(here.as_("kim"))
    assert draft in here.as_("kim").get("/requests?show=drafts").text
    assert draft not in here.as_("lee").get("/requests?show=drafts").text
    here.as_("kim").post(f"{draft}/discard")
    assert draft not in here.as_("kim").get("/requests?show=drafts").text


def test_a_request_is_found_by_its_numbers_however_they_are_typed(here: Site) -> None:
    kim, lee = here.as_("kim"), here.as_("lee")
    request = request_of(kim)
    number = request.removeprefix("/request/")
    for sought in (number, number.replace("-", "").lower(), "M1"):
        assert request in kim.post("/requests/find", {"sought": sought}).text
        assert request not in lee.post("/requests/find", {"sought": sought}).text
    assert "Nothing is found" in kim.post("/requests/find", {"sought": "TRACK-0000-0001-0"}).text


def test_a_list_is_to_be_had_as_data(here: Site) -> None:
    kim = here.as_("kim")
    request = request_of(kim)
    [one] = kim.get("/requests.json?show=waiting").json()["requests"]
    [row] = csv.DictReader(io.StringIO(kim.get("/requests.csv?show=waiting").text))
    assert one["tracking"] == row["tracking"] == request.removeprefix("/request/")
    assert kim.get("/requests.csv?show=nothing").status_code == 404
