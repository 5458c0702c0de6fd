"""A determination as JSON: what each field holds, on one line."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.determination.imrt_cases import imrt
from tests.determination.test_program import PROSTATE, determined

from isodose.determination.case import Judgement, case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.program import Determination
from isodose.determination.record import ADDED, added, json_line, json_value, problem_text, record
from isodose.determination.values import ABSENT, Coding, Value
from isodose.guideline.truth import MET

Json = dict[str, Any]


def finding(answer: Determination, clause: str) -> Json:
    found: list[Json] = json.loads(json_line(answer))["findings"]
    return next(one for one in found if one["clause"] == clause)


def test_the_six_added_columns_are_never_null_where_they_are_lists() -> None:
    assert added(determined()) == {
        "outcome": "approved",
        "review_reason": None,
        "basis": ["1", "1.h"],
        "missing": [],
        "edition": "2025-10-01",
        "problem": None,
    }
    assert added(determined(diagnosis_codes=["C30.1"])) == {
        "outcome": "clinical-review",
        "review_reason": "judgement",
        "basis": [],
        "missing": [],
        "edition": "2025-10-01",
        "problem": None,
    }
    assert tuple(added(determined())) == ADDED


def test_a_problem_is_all_that_is_wrong_in_one_text() -> None:
    answer = determined(procedure_code=None, date_of_service="x")
    assert problem_text(answer) == (
        "`date_of_service`: `x` is not a date: write it as YYYY-MM-DD; "
        "`procedure_code` is missing: Which CPT or HCPCS code will be billed for treatment delivery?"
    )
    assert added(answer)["edition"] is None
    assert added(answer)["problem"] == problem_text(answer)


def test_a_record_has_its_fields_in_one_order() -> None:
    assert list(record(determined())) == [
        "request_id", "line", "guideline", "outcome", "review_reason", "basis", "missing", "edition", "problem",
        "findings", "questions", "review", "grants", "explanation", "notes", "content_hash",
    ]  # fmt: skip


def test_a_record_of_an_approval() -> None:
    found = record(determined(line=2, techniqe="x"))
    assert (found["request_id"], found["line"], found["guideline"]) == ("R-1", 2, "imrt")
    assert found["content_hash"] == imrt().guideline.content_hash(imrt().guideline.editions[-1])
    assert found["questions"] == found["review"] == []
    assert found["notes"] == [
        "the column `techniqe` is no fact of this guideline and was not used; did you mean `technique`?"
    ]
    explanation: Any = found["explanation"]
    assert set(explanation[0]) == {"text", "clause", "quote"}
    assert explanation[1]["clause"] == "1"


def test_a_finding_says_which_facts_make_it_so() -> None:
    assert finding(determined(), "1") == {
        "clause": "1",
        "kind": "criterion",
        "title": "Definitive treatment",
        "truth": "met",
        "because": [
            {"fact": "treatment_intent", "value": "curative"},
            {"fact": "dose_escalation_concern", "value": True},
            {"fact": "diagnosis", "value": ["C61"]},
        ],
        "judged": [],
        "quote": imrt().guideline.editions[-1].clauses["1"].quote,
        "settled_by": None,
    }
    assert finding(determined(previously_irradiated=None), "2")["because"] == [
        {"fact": "previously_irradiated", "value": None}
    ]
    assert finding(determined(), "3")["because"] == [{"fact": "age", "value": 70}]
    assert finding(determined(diagnosis_codes=["C50911", "c77.5"]), "1.c")["because"] == [
        {"fact": "diagnosis", "value": ["C50.911", "C77.5"]}
    ]


def test_findings_of_every_clause_come_in_the_text_s_order() -> None:
    found = json.loads(json_line(determined()))["findings"]
    assert [one["clause"] for one in found] == list(imrt().guideline.editions[-1].clauses)
    assert record(determined(procedure_code=None))["findings"] == []


def test_what_a_reviewer_found_is_kept_with_who_when_and_why() -> None:
    judgement = Judgement("diagnosis in 1", MET, "M. Reyes RN", date(2025, 10, 20), "the note says so")
    case = case_from(PROSTATE | {"diagnosis_codes": ["C30.1"]}, imrt().guideline, JSON_CELLS)
    answer = imrt().determine_case(case._replace(judgements={judgement.target: judgement}))
    found = finding(answer, "1")
    assert found["judged"] == [
        {"target": "diagnosis in 1", "by": "M. Reyes RN", "on": "2025-10-20", "why": "the note says so"}
    ]
    assert [because["fact"] for because in found["because"]] == [
        "treatment_intent",
        "dose_escalation_concern",
        "diagnosis",
    ]
    on_clause = replace(judgement, target="1")
    answer = imrt().determine_case(case._replace(judgements={"1": on_clause}))
    found = finding(answer, "1")
    assert (found["truth"], found["because"], found["judged"][0]["target"]) == ("met", [], "1")
    below = finding(answer, "1.a")
    assert (below["truth"], below["settled_by"]) == ("unknown", "1")


def test_a_fact_that_a_reviewer_answered_is_no_fact_that_makes_it_so() -> None:
    judgement = Judgement("dose_escalation_concern", MET, "M. Reyes RN", date(2025, 10, 20), "the note says so")
    case = case_from(PROSTATE | {"dose_escalation_concern": None}, imrt().guideline, JSON_CELLS)
    found = finding(imrt().determine_case(case._replace(judgements={judgement.target: judgement})), "1")
    assert [because["fact"] for because in found["because"]] == ["treatment_intent", "diagnosis"]
    assert [one["target"] for one in found["judged"]] == ["dose_escalation_concern"]


def test_questions_are_for_the_requester_and_review_for_the_reviewer() -> None:
    found = record(determined(diagnosis_codes=["C30.1"], dose_escalation_concern=None))
    assert found["questions"] == [
        {
            "fact": "dose_escalation_concern",
            "question": imrt().guideline.facts["dose_escalation_concern"].question,
            "clause": "1",
        }
    ]
    review: Any = found["review"]
    assert [(one["clause"], one["leaf"]) for one in review] == [("1", "diagnosis in 1")]
    assert review[0]["text"].startswith("whether C30.1 (")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        (False, False),
        ("curative", "curative"),
        (date(2025, 11, 3), "2025-11-03"),
        (70, 70),
        (Fraction("30.5"), "30.5"),
        (("C61", "C50911"), ["C61", "C50.911"]),
        (Coding("SNOMED CT", "1"), {"system": "SNOMED CT", "code": "1"}),
        (ABSENT, "absent"),
        (None, None),
    ],
)
def test_a_value_in_json(value: Value | None, expected: object) -> None:
    found = json_value(value)
    assert found == expected
    assert type(found) is type(expected)


def test_a_record_is_one_line_that_is_read_back() -> None:
    answer = determined(request_id="R\n1 é")
    line = json_line(answer)
    assert "\n" not in line
    assert "é" in line
    assert json.loads(line) == json.loads(json.dumps(record(answer)))
    assert line.startswith('{"request_id": "R\\n1 é", "line": null, "guideline": "imrt", "outcome": "approved", ')


def test_no_letter_of_a_record_ends_a_line_and_none_is_lost() -> None:
    line = json_line(determined(request_id="a\u2028b\u0085c\ud800d\x7f"))
    assert '"a\\u2028b\\u0085c\\ud800d\\u007f"' in line
    assert len(line.splitlines()) == 1
    assert json.loads(line)["request_id"] == "a\u2028b\u0085c\ud800d\x7f"
    assert json.loads(line.encode())["request_id"] == "a\u2028b\u0085c\ud800d\x7f"
