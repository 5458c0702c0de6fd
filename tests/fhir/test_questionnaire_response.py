"""Answers of a QuestionnaireResponse as a flat case, and what is said of those that cannot be read."""

from typing import Any

import pytest
from tests.compile.test_asked import IMRT, other

from isodose.fhir.questionnaire_response import FlatCase, flat_case_from_response
from isodose.guideline.outcome import Outcome

Json = dict[str, Any]

SNOMED = "http://snomed.info/sct"
SCREENING = other("diabetes-screening")


def item(link: str, *answers: Json, **more: Any) -> Json:
    return {"linkId": link, "answer": list(answers), **more}


def read(*items: Json, of: Any = IMRT) -> FlatCase:
    return flat_case_from_response({"resourceType": "QuestionnaireResponse", "item": list(items)}, of.guideline)


def coding(code: str, system: str = "https://plan.example/fhir/CodeSystem/x") -> Json:
    return {"valueCoding": {"system": system, "code": code}}


def test_answers_become_a_case_that_is_determined() -> None:
    found = read(
        item("date_of_service", {"valueDate": "2025-11-03"}),
        item("procedure_code", {"valueString": "77386"}),
        item("product", coding("ma-hmo")),
        item("member_birth_date", {"valueDate": "1960-05-01"}),
        item("concurrent_proton_therapy", {"valueBoolean": False}),
        item("treatment_intent", coding("curative")),
        item("diagnosis_codes", {"valueString": "C61"}, {"valueString": "Z51.0"}),
        item("dose_escalation_concern", {"valueBoolean": True}),
    )
    assert found.problems == ()
    assert found.row["diagnosis_codes"] == ["C61", "Z51.0"]
    assert IMRT.determine(found.row).outcome is Outcome.APPROVED


@pytest.mark.parametrize(
    ("link", "answer", "cell"),
    [
        ("technique", coding("vmat"), "vmat"),
        ("technique", coding("1156530009", SNOMED), "vmat"),
        ("treatment_intent", coding("373846009", SNOMED), "curative"),
        ("product", {"valueString": "Commercial"}, "Commercial"),
        ("procedure_code", coding("77386", "http://www.ama-assn.org/go/cpt"), "77386"),
        ("diagnosis_codes", coding("C61", "http://hl7.org/fhir/sid/icd-10-cm"), ["C61"]),
        ("radiation_required", {"valueBoolean": False}, False),
        ("date_of_service", {"valueDate": "2025-11"}, "2025-11"),
    ],
)
def test_an_answer_is_read_as_its_fact(link: str, answer: Json, cell: object) -> None:
    assert read(item(link, answer)) == FlatCase({link: cell}, ())


@pytest.mark.parametrize(
    ("link", "answer", "cell"),
    [
        ("glucose_load", {"valueDecimal": 75.5}, 75.5),
        ("glucose_load", {"valueInteger": 75}, 75),
        ("glucose_load", {"valueQuantity": {"value": 75, "unit": "g"}}, 75),
        ("last_screening", {"valueDate": "2024-01-01"}, "2024-01-01"),
    ],
)
def test_numbers_are_read_in_their_unit(link: str, answer: Json, cell: object) -> None:
    assert read(item(link, answer), of=SCREENING) == FlatCase({link: cell}, ())


def test_a_box_says_that_there_is_none() -> None:
    ticked, blank = ({"valueBoolean": value} for value in (True, False))
    assert read(item("last_screening.absent", ticked), of=SCREENING) == FlatCase({"last_screening": "absent"}, ())
    assert read(item("last_screening.absent", blank), of=SCREENING) == FlatCase({}, ())


def test_answers_are_read_in_groups_and_below_other_answers() -> None:
    below = item("technique", {**coding("imrt"), "item": [item("radiation_required", {"valueBoolean": True})]})
    found = read({"linkId": "a group", "item": [below]})
    assert found == FlatCase({"technique": "imrt", "radiation_required": True}, ())


def test_a_question_without_an_answer_is_unknown() -> None:
    assert read({"linkId": "technique"}, {"linkId": "technique.help"}) == FlatCase({}, ())


@pytest.mark.parametrize(
    ("link", "answers", "problem"),
    [
        ("treatment_itent", [coding("curative")], "`treatment_itent` is no question of this guideline; did you mean `treatment_intent`?"),
        ("technique.absent", [{"valueBoolean": True}], "`technique.absent` is no question of this guideline"),
        ("technique.help", [{"valueString": "?"}], "`technique.help` is a text and has no answer"),
        ("treatment_intent", [coding("curativ")], "`treatment_intent`: the code 'https://plan.example/fhir/CodeSystem/x|curativ' is not offered: it is `curative`, `local-control` or `palliative`"),
        ("technique", [{"valueBoolean": True}], "`technique`: the answer is `valueBoolean`, and `valueCoding` or `valueString` is expected"),
        ("technique", [{}], "`technique`: the answer is empty, and `valueCoding` or `valueString` is expected"),
        ("technique", [coding("imrt"), coding("vmat")], "`technique`: it has 2 answers, and one is expected"),
        ("date_of_service", [{"valueDate": 2025}], "`date_of_service`: valueDate cannot be a number"),
        ("radiation_required", [{"valueBoolean": "yes"}], "`radiation_required`: valueBoolean cannot be a string"),
        ("procedure_code", [{"valueCoding": {"display": "IMRT"}}], "`procedure_code`: the procedure code has no code"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_left_out(link: str, answers: list[Json], problem: str) -> None:
    found = read(item(link, *answers))
    assert found.row == {}
    [told] = found.problems
    assert told.startswith(problem)


@pytest.mark.parametrize(
    "links", [("last_screening", "last_screening.absent"), ("last_screening.absent", "last_screening")]
)
def test_a_date_and_that_there_is_none_cannot_both_be(links: tuple[str, str]) -> None:
    answers: dict[str, Json] = {
        "last_screening": {"valueDate": "2024-01-01"},
        "last_screening.absent": {"valueBoolean": True},
    }
    found = read(*(item(link, answers[link]) for link in links), of=SCREENING)
    assert found.row == {}
    [told] = found.problems
    assert "keep one of them" in told


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"valueDecimal": True}, "`glucose_load`: valueDecimal cannot be true or false"),
        ({"valueQuantity": {"value": 75, "unit": "mg"}}, "`glucose_load`: a quantity that is not in g"),
    ],
)
def test_a_number_that_is_none(answer: Json, problem: str) -> None:
    assert read(item("glucose_load", answer), of=SCREENING) == FlatCase({}, (problem,))


def test_another_resource_is_refused() -> None:
    found = flat_case_from_response({"resourceType": "Questionnaire"}, IMRT.guideline)
    assert found == FlatCase({}, ("this is no QuestionnaireResponse: its resourceType is 'Questionnaire'",))


@pytest.mark.parametrize(
    "broken",
    [
        {"item": 5},
        {"item": [5]},
        {"item": [{"answer": [{"valueString": "x"}]}]},
        {"item": [{"linkId": "technique", "answer": {}}]},
    ],
)
def test_misshapen_responses_are_named(broken: Json) -> None:
    found = flat_case_from_response({"resourceType": "QuestionnaireResponse", **broken}, IMRT.guideline)
    assert found.row == {}
    assert len(found.problems) == 1


def test_what_is_told_below_a_yes_is_no_column_and_nothing_is_wrong_with_it() -> None:
    course = {
        "linkId": "previously_irradiated.more",
        "item": [
            {"linkId": "previously_irradiated.more.ended", "answer": [{"valueDate": "2019-05"}]},
            {"linkId": "previously_irradiated.more.dose", "answer": [{"valueDecimal": 45}]},
        ],
    }
    answer = {"valueBoolean": True, "item": [course, course]}
    found = read({"linkId": "previously_irradiated", "answer": [answer]})
    assert found == FlatCase({"previously_irradiated": True}, ())


def test_what_no_yes_is_told_with_is_no_question() -> None:
    found = read({"linkId": "previously_irradiated.more.colour", "answer": [{"valueString": "blue"}]})
    assert "`previously_irradiated.more.colour` is no question" in found.problems[0]
