"""The Questionnaire in LHC-Forms: what the form hides, by its own logic, never changes the determination."""

from collections.abc import Iterable, Iterator
from itertools import islice

import pytest
from playwright.sync_api import Page
from tests.compile.forms import Json, Row, answered, draw, drawn, open_forms, page_of_forms, response_of
from tests.compile.test_asked import IMRT, in_scope, interviewer, mixed, other, spread
from tests.parity.combinations import Combinations

from isodose.compile.questionnaire.form import questionnaire
from isodose.determination.case import case_from
from isodose.determination.cells import TEXT_CELLS
from isodose.determination.program import Program
from isodose.determination.record import json_value
from isodose.fhir.questionnaire_response import flat_case_from_response
from isodose.guideline.outcome import Outcome
from isodose.guideline.worked_case import worked_cases

NEWEST = IMRT.guideline.editions[-1]
FORM = questionnaire(IMRT.guideline, NEWEST)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with page_of_forms() as found:
        yield found


def worked(of: Program) -> list[Row]:
    """The worked cases that somebody can enter in a form of the newest edition."""
    rows: list[Row] = []
    for case in worked_cases(of.guideline, []):
        known = case_from(case.facts, of.guideline, TEXT_CELLS)
        row = {column: json_value(known.facts.get(fact.name)) for column, fact in of.guideline.columns.items()}
        answer = of.determine(row)
        if answer.edition is of.guideline.editions[-1] and not known.problems and not any(case.findings.values()):
            rows.append(row)
    return rows


def ruled(of: Program, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that are valid and ruled by the newest edition."""
    yield from (row for row in rows if of.determine(row).edition is of.guideline.editions[-1])


def differences(page: Page, of: Program, rows: list[Row], form: Json) -> list[tuple[Row, str]]:
    """The rows whose answers, given back by the form, are determined otherwise; or of which it hides something else."""
    asking = interviewer(of, of.guideline.editions[-1])
    found = []
    for row, given in zip(rows, answered(page, form, rows, of.guideline), strict=True):
        read = flat_case_from_response(given["response"], of.guideline)
        whole, part = of.determine(row), of.determine(read.row)
        if read.problems:
            found.append((row, f"cannot be read: {read.problems}"))
        if (part.outcome, part.review_reason, part.missing) != (whole.outcome, whole.review_reason, whole.missing):
            found.append((row, f"{part.outcome}, not {whole.outcome}; hidden are {given['hidden']}"))
        asked = asking.asked(asking.told(row))
        present = [
            question.fact.column for question in asking.interview.questions if row.get(question.fact.column) != "absent"
        ]
        if [column for column in present if column not in given["hidden"]] != [
            column for column in present if column in asked
        ]:
            found.append((row, f"hidden are {given['hidden']}, asked should be {asked}"))
    return found


@pytest.mark.slow
def test_worked_cases_are_determined_from_what_the_form_asks(page: Page) -> None:
    rows = worked(IMRT)
    assert {IMRT.determine(row).outcome for row in rows} == {*Outcome} - {Outcome.INVALID}
    assert len(rows[::3]) > 100
    assert differences(page, IMRT, rows[::3], FORM) == []


@pytest.mark.slow
def test_combinations_of_answers_are_determined_from_what_the_form_asks(page: Page) -> None:
    rows = [*islice(ruled(IMRT, spread(Combinations(IMRT), 500)), 50), *islice(in_scope(), 0, None, 449)]
    assert differences(page, IMRT, rows, FORM) == []


@pytest.mark.slow
def test_all_worked_cases_and_many_combinations_of_answers(page: Page) -> None:
    rows = [
        *worked(IMRT),
        *islice(ruled(IMRT, spread(Combinations(IMRT), 5000)), 500),
        *islice(in_scope(), 0, None, 29),
    ]
    assert differences(page, IMRT, rows, FORM) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["template", "diabetes-screening"])
def test_another_guideline_is_determined_from_what_its_form_asks(page: Page, name: str) -> None:
    of = other(name)
    form = questionnaire(of.guideline, of.guideline.editions[-1])
    rows = [*worked(of)[::2], *islice(ruled(of, mixed(of, 2000)), 30)]
    assert differences(page, of, rows, form) == []


CURATIVE = {
    "date_of_service": "2025-11-03",
    "procedure_code": "77386",
    "product": "ma-hmo",
    "member_birth_date": "1960-05-01",
    "diagnosis_codes": ["C61"],
    "treatment_intent": "curative",
    "dose_escalation_concern": True,
    "concurrent_proton_therapy": False,
}


def test_a_code_that_is_typed_untidily_hides_nothing(page: Page) -> None:
    untidy = {**CURATIVE, "procedure_code": " g6015 ", "diagnosis_codes": ["c61 ", "c79.31"], "product": "MA-HMO"}
    tidy = {**CURATIVE, "procedure_code": "G6015", "diagnosis_codes": ["C61", "C79.31"]}
    one, other_one = answered(page, FORM, [untidy, tidy], IMRT.guideline)
    assert one["hidden"] == other_one["hidden"]
    assert "treatment_intent" not in one["hidden"]


@pytest.mark.parametrize("birth", ["2004-02-29", "2004-02-28", "2004-03-01", "2007-02-28", "2007-03-01"])
@pytest.mark.parametrize("service", ["2028-02-29", "2025-10-01", "2026-02-28", "2026-03-01"])
def test_ages_in_a_form_are_those_of_the_engine(page: Page, birth: str, service: str) -> None:
    """Born on 29 February, one becomes older on 1 March of other years."""
    row = {
        **CURATIVE,
        "procedure_code": "77407",
        "technique": "imrt",
        "member_birth_date": birth,
        "date_of_service": service,
    }
    assert differences(page, IMRT, [row], FORM) == []


def test_on_the_page_stand_the_questions_that_can_still_matter(page: Page) -> None:
    rows: list[Row] = [{}, CURATIVE, {**CURATIVE, "treatment_intent": "palliative"}, *worked(IMRT)[::60]]
    for row, given in zip(rows, answered(page, FORM, rows, IMRT.guideline), strict=True):
        draw(page, FORM, response_of(row, FORM, IMRT.guideline))
        found = drawn(page, FORM)
        assert found["shown"] == [item["linkId"] for item in FORM["item"] if item["linkId"] not in given["hidden"]]
        assert found["response"].get("item") == given["response"].get("item")


def type_into(page: Page, link: str, words: str) -> None:
    """Type as a person does and go on to the next field; the field of a date lies within its calendar."""
    page.locator(f"input[id='{link}/1'], [id='{link}/1'] input").press_sequentially(words)
    page.keyboard.press("Tab")


def pick(page: Page, link: str, words: str) -> None:
    """Open the list of a question and pick one of its answers."""
    page.locator(f"input[id='{link}/1']").click()
    page.locator("#lhc-tools-searchResults li", has_text=words).click()


def test_a_person_fills_in_the_form(page: Page) -> None:
    draw(page, FORM, response_of({}, FORM, IMRT.guideline))
    assert len(drawn(page, FORM)["shown"]) == len(FORM["item"])
    type_into(page, "date_of_service", "11/03/2025")
    type_into(page, "procedure_code", "77386")
    pick(page, "product", "The member has the Medicare Advantage HMO")
    type_into(page, "member_birth_date", "05/01/1960")
    page.locator("[id='concurrent_proton_therapy/1|false']").click()
    pick(page, "treatment_intent", "Treatment is with curative intent")
    type_into(page, "diagnosis_codes", "c61")
    page.locator("[id='dose_escalation_concern/1|true']").click()
    page.wait_for_function("!document.getElementById('item-previously_irradiated/1')")
    found = drawn(page, FORM)
    assert found["shown"] == [*CURATIVE_SHOWN]
    assert page.locator(".validation-error").count() == 0
    read = flat_case_from_response(found["response"], IMRT.guideline)
    assert read.problems == ()
    assert IMRT.determine(read.row).outcome is Outcome.APPROVED


CURATIVE_SHOWN = (
    "date_of_service",
    "procedure_code",
    "product",
    "member_birth_date",
    "concurrent_proton_therapy",
    "treatment_intent",
    "diagnosis_codes",
    "dose_escalation_concern",
)
"""All that is asked about a curative course with a reason for IMRT; what was irradiated before no longer matters."""


@pytest.mark.parametrize("before", [True, False])
def test_what_a_yes_is_told_with_is_asked_while_the_answer_is_yes_and_changes_nothing(
    page: Page, *, before: bool
) -> None:
    row = {**CURATIVE, "treatment_intent": "palliative", "previously_irradiated": before}
    response = response_of(row, FORM, IMRT.guideline)
    [asked] = [item for item in response["item"] if item["linkId"] == "previously_irradiated"]
    dose = {"linkId": "previously_irradiated.more.dose", "answer": [{"valueDecimal": 45}]}
    asked["answer"][0]["item"] = [{"linkId": "previously_irradiated.more", "item": [dose]}] if before else []
    draw(page, FORM, response)
    page.wait_for_selector("[id='item-previously_irradiated/1']")
    assert page.locator("[id^='item-previously_irradiated.more.dose']").count() == before
    found = drawn(page, FORM)["response"]
    assert ("previously_irradiated.more.dose" in str(found)) is before
    read = flat_case_from_response(found, IMRT.guideline)
    assert (read.problems, read.row["previously_irradiated"]) == ((), before)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_cut_off(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    open_forms(page)
    draw(page, FORM, response_of(CURATIVE, FORM, IMRT.guideline))
    page.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_text(FORM["item"][0]["text"], exact=True).is_visible()
