"""Claims operations put one line to the record: payable or why not, what would help, and what was authorized beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.reviewer.cases import sent
from tests.web.site import Site, site

from isodose.desk.state import State
from isodose.store.seen import looks

LINE = {
    "member_id": "M1",
    "member_birth_date": "1956-02-01",
    "procedure_code": "77386",
    "date_of_service": "2025-11-10",
    "diagnosis_codes": "C61",
    "course_begun": "2025-11-03",
    "units": "1",
}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as made:
        yield made


def answered(here: Site, **typed: str) -> dict[str, Any]:
    answer = here.as_("cleo").post("/claims", {**LINE, **typed, "form": "json"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_line_that_was_authorized_is_payable(here: Site) -> None:
    case = sent(here)
    assert case.request.standing.state is State.APPROVED
    found = answered(here)
    assert (found["reason"], found["tone"], found["units"]) == ("authorized", "met", 1)
    assert found["authorization"] == case.authorization(1)
    [known] = found["authorizations"]
    assert (known["authorization_number"], "77386" in known["procedure_codes"]) == (case.authorization(1), True)


def test_a_refusal_says_what_would_help(here: Site) -> None:
    case = sent(here)
    found = answered(here, date_of_service="2025-10-20", course_begun="2025-10-20")
    assert (found["reason"], found["authorization"]) == ("outside-dates", case.authorization(1))
    assert "ask to move its dates" in str(found["remedy"])


def test_a_request_that_waits_leaves_the_line_open(here: Site) -> None:
    case = sent(here, treatment_intent="palliative")
    found = answered(here)
    assert (found["reason"], found["tone"], found["authorization"]) == ("pending", "unknown", case.tracking)


def test_without_any_request_the_way_to_one_is_told(here: Site) -> None:
    page = here.as_("cleo").post("/claims", LINE).text
    assert "Not payable as it stands" in page
    assert "Nothing was asked for this member" in page
    assert "covered by ma-hmo on that day, without a break since 1 Jan 2024" in page


def test_an_id_with_another_birth_date_says_nothing_of_the_member(here: Site) -> None:
    page = here.as_("cleo").post("/claims", {**LINE, "member_birth_date": "1956-02-02"}).text
    assert "not found on the roster by this id and birth date" in page


def test_what_is_on_record_stands_beside_the_answer_and_was_seen(here: Site) -> None:
    case = sent(here)
    page = here.as_("cleo").post("/claims", LINE).text
    assert str(case.authorization(1)) in page
    [(_, look)] = looks(here.record.database, account="cleo")
    assert (look.request, look.what) == (case.tracking, "claim")


def test_what_cannot_be_looked_up_is_said_and_what_was_typed_is_kept(here: Site) -> None:
    answer = here.as_("cleo").post("/claims", {**LINE, "member_id": "", "date_of_service": "10 November"})
    assert answer.status_code == 422
    assert "2 things to put right" in answer.text
    assert 'value="10 November"' in answer.text


def test_what_cannot_be_right_is_the_answer(here: Site) -> None:
    found = answered(here, procedure_code="77386", date_of_service="2026-02-10")
    assert found["reason"] == "invalid"
    assert "ended on 2025-12-31" in str(found["remedy"])


def test_the_member_stands_in_no_address(here: Site) -> None:
    form = here.as_("cleo").get("/claims").text
    assert '<form class="card" method="post" action="/claims">' in form
    assert "Once a line is checked" in form
