"""What a practice tells beside a yes, and which line treats what: typed, checked, sent, shown, and typed again."""

import pytest
from tests.web.practice.typing import ANSWERS, PEOPLE, SERVICE, WHOLE, Fields, begun, sent, typed
from tests.web.site import Browser, Site

from isodose.desk.case import Case
from isodose.store.event import Json
from isodose.web.practice.draft.more_rows import with_row, without_row

IRRADIATED: Fields = {
    **WHOLE,
    "fact-dose_escalation_concern": "no",
    "fact-previously_irradiated": "yes",
    "each-previously_irradiated": ["1"],
}
PELVIS: Fields = {
    "told-previously_irradiated-1-ended": "2019-05",
    "told-previously_irradiated-1-site": "pelvis",
    "told-previously_irradiated-1-dose": "45",
}
TWO_LINES: Fields = {
    **WHOLE,
    "line": ["1", "2"],
    "code-2": "77385",
    "start-2": "2025-12-01",
    "fact-technique-2": "imrt",
    "diagnosis": ["C61", "C79.31"],
}


def reviewed(here: Site, request: str) -> str:
    """The case as a nurse sees it."""
    return here.as_("noor").get(f"/case/{request.rsplit('/', 1)[1]}").text


def _case(here: Site, request: str) -> Case:
    case = here.services.office.case(request.rsplit("/", 1)[1])
    assert case
    return case


def _request(browser: Browser, fields: Fields) -> str:
    draft = begun(browser)
    typed(browser, draft, fields)
    answer = sent(browser, draft)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_an_earlier_course_is_told_with_date_site_and_dose(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, IRRADIATED)
    assert "Earlier course" in kim.get(draft).text
    refused = sent(kim, draft)
    assert refused.status_code == 422
    assert "Dose of the earlier course: say it, or that it is unknown" in refused.text

    request = _request(kim, {**IRRADIATED, **PELVIS})
    line = "nded 2019-05; site pelvis; dose 45 Gy"
    assert f"E{line}" in kim.get(request).text
    assert reviewed(here, request).count(f"e{line}") == 2, "beside its criterion, and among the facts"
    stored = _case(here, request).request.details["more-previously_irradiated"]
    assert stored == [{"ended": "2019-05", "site": "pelvis", "dose": "45"}]


def test_what_cannot_be_right_is_said_at_its_field(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, {**IRRADIATED, **PELVIS, "told-previously_irradiated-1-dose": "45 Gy in 25"})
    page = kim.get(draft).text
    assert "a number of Gy such as 45 or 50.4" in page
    assert 'value="45 Gy in 25"' in page


def test_a_second_course_is_one_row_more_and_a_row_can_go(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, {**IRRADIATED, **PELVIS}, "add-row:each-previously_irradiated")
    page = kim.get(draft).text
    assert "Earlier course 2" in page
    both: Fields = {**IRRADIATED, **PELVIS, "each-previously_irradiated": ["1", "2"]}
    second: Fields = {"told-previously_irradiated-2-ended": "2001", "told-previously_irradiated-2-site": "spine"}
    typed(kim, draft, {**both, **second}, "remove-row:each-previously_irradiated:1")
    page = kim.get(draft).text
    assert 'value="spine"' in page
    assert 'value="pelvis"' not in page


@pytest.mark.parametrize("do", ["add-row:of", "remove-row:of:", "remove-row:seen:1", "add-row:", "remove-row:"])
def test_no_button_of_rows_changes_what_no_form_sets(do: str) -> None:
    body: dict[str, Json] = {"of": "TRACK-1", "seen": 7, "each-x": ["1"]}
    change = with_row if do.startswith("add") else without_row
    assert change(body, do.partition(":")[2]) == body


def test_it_is_typed_again_when_more_is_sent(here: Site) -> None:
    kim = here.as_("kim")
    request = _request(kim, {**IRRADIATED, **PELVIS})
    more = str(kim.post(f"{request}/more").headers["location"])
    page = kim.get(more).text
    for value in ("2019-05", "pelvis", "45"):
        assert f'value="{value}"' in page


def test_a_line_treats_what_is_ticked_for_it(here: Site) -> None:
    kim = here.as_("kim")
    request = _request(
        kim, {**TWO_LINES, "diagnosis-1": ["", "C61"], "diagnosis-2": ["", "C79.31"], "target-2": "left"}
    )
    case = _case(here, request)
    stated = (case.request.content or {})["lines"]
    assert isinstance(stated, list)
    assert [line["diagnosis_codes"] for line in stated if isinstance(line, dict)] == [["C61"], ["C79.31"]]
    assert "Diagnosis, line 2" in kim.get(request).text
    page = reviewed(here, request)
    assert 'Line 2, for <span class="fact">C79.31</span>' in page
    assert "Target, line 2" in page
    again = kim.get(str(kim.post(f"{request}/more").headers["location"])).text
    assert again.count('name="diagnosis-2" value="C79.31" checked') == 1
    assert 'name="diagnosis-2" value="C61" checked' not in again


def test_a_line_with_nothing_ticked_treats_all_of_them(here: Site) -> None:
    kim = here.as_("kim")
    request = _request(kim, {**TWO_LINES, "diagnosis-2": ["", "C79.31"]})
    stated = (_case(here, request).request.content or {})["lines"]
    assert isinstance(stated, list)
    assert [line["diagnosis_codes"] for line in stated if isinstance(line, dict)] == [["C61", "C79.31"], ["C79.31"]]


def test_a_diagnosis_that_no_line_treats_is_told(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, {**TWO_LINES, "diagnosis-1": ["", "C61"], "diagnosis-2": ["", "C61"]})
    assert "No line treats C79.31: tick it for one, or remove it" in kim.get(draft).text
    typed(kim, draft, {**TWO_LINES, "diagnosis-1": "", "diagnosis-2": ""})  # unticked again
    assert "No line treats" not in kim.get(draft).text


def test_one_line_or_one_diagnosis_leaves_no_choice(here: Site) -> None:
    kim = here.as_("kim")
    draft = begun(kim)
    typed(kim, draft, {**SERVICE, **PEOPLE, **ANSWERS, "diagnosis": ["C61", "C79.31"]})
    assert "Line 1: 77385 treats" not in kim.get(draft).text
    typed(kim, draft, {**TWO_LINES, "diagnosis": "C61"})
    assert "Line 1: 77385 treats" not in kim.get(draft).text
    typed(kim, draft, TWO_LINES)
    assert "Line 1: 77385 treats" in kim.get(draft).text
