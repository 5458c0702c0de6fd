"""The empty forms of a request: a CSV header, and a JSON Schema that accepts what can be read and refuses what cannot."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.determination.imrt_cases import imrt
from tests.guideline.samples import FACTS, write

from isodose.determination.case import Case
from isodose.determination.forms import csv_template, request_schema
from isodose.determination.request import cases_from
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise

Json = dict[str, Any]

MORE = """
pressure: {type: number, unit: mmHg, title: P, question: How high?, help: At rest., absent: not measured}
tonsils: {type: choice, values: {large: l}, title: T, question: How large?, absent: there are none}
"""
SIGNED = {"by": "M. Reyes RN", "on": "2025-10-20", "why": "the note says so"}
LINE = {"line": 1, "date_of_service": "2025-11-03", "procedure_code": "95810", "diagnosis_codes": ["G47.33"]}


@pytest.fixture(scope="module")
def guideline(tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    folder: Path = tmp_path_factory.mktemp("guideline")
    return load_or_raise(write(folder, facts=FACTS + MORE))


@pytest.fixture
def schema(guideline: Guideline) -> Json:
    found: Json = json.loads(request_schema(guideline))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def is_accepted(schema: Json, **parts: object) -> bool:
    request = {"request_id": "R-1", "member": {}, "lines": [LINE]} | parts
    return jsonschema.Draft202012Validator(schema).is_valid(request)


def test_the_header_names_the_columns_of_a_flat_case() -> None:
    assert csv_template(imrt().guideline) == (
        "request_id,date_of_service,member_birth_date,product,procedure_code,diagnosis_codes,technique,"
        "treatment_intent,dose_escalation_concern,previously_irradiated,radiation_required,concurrent_proton_therapy\n"
    )


def test_the_schema_says_what_it_is_about(schema: Json) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "A request under the guideline sleep"
    assert list(schema["properties"]) == ["request_id", "member", "lines", "judgements", "disputes"]


def test_each_column_has_its_title_its_question_its_unit_and_its_help(schema: Json) -> None:
    line = schema["properties"]["lines"]["items"]["properties"]
    assert list(line) == [
        "line", "date_of_service", "member_birth_date", "product", "procedure_code", "diagnosis_codes", "symptoms",
        "home_study_possible", "abnormal_airway", "severity", "setting", "bmi", "studies", "last_study", "pressure", "tonsils",
    ]  # fmt: skip
    assert line["bmi"] == {
        "type": ["number", "null"],
        "title": "Body mass index",
        "description": "What is the body mass index? In kg/m2.",
    }
    assert line["severity"] == {
        "type": ["string", "null"],
        "title": "Severity",
        "description": "How severe is it?",
        "enum": ["mild", "moderate", "severe", None],
    }
    assert line["pressure"] == {
        "anyOf": [
            {"type": ["number", "null"], "title": "P", "description": "How high? In mmHg. At rest."},
            {"const": "absent", "description": "not measured"},
        ]
    }
    assert "enum" not in line["setting"]


@pytest.mark.parametrize("day", ["2025-11-03", " 2025-11-03 ", "", " ", None])
@pytest.mark.parametrize("column", ["date_of_service", "last_study"])
def test_a_date_is_written_year_month_day_or_unknown(schema: Json, column: str, day: str | None) -> None:
    assert is_accepted(schema, lines=[LINE | {column: day}])


@pytest.mark.parametrize(
    "line",
    [
        {"symptoms": True, "severity": "mild", "setting": "anything", "bmi": 30.5, "studies": 0},
        {"symptoms": None, "severity": None, "setting": None, "bmi": None, "diagnosis_codes": None},
        {"diagnosis_codes": "G47.33; G47.31"},
        {"diagnosis_codes": ["G47.33", None, ""]},
        {"last_study": "absent", "pressure": "absent", "tonsils": "absent"},
        {"any other column": [1]},
    ],
)
def test_what_can_be_read_is_accepted(schema: Json, line: Json) -> None:
    assert is_accepted(schema, lines=[LINE | line])


@pytest.mark.parametrize(
    "line",
    [
        {"symptoms": "yes"},
        {"symptoms": 1},
        {"severity": "bad"},
        {"severity": 3},
        {"bmi": "30"},
        {"bmi": "absent"},
        {"last_study": "yesterday"},
        {"last_study": 20251103},
        {"date_of_service": "absent"},
        {"procedure_code": 95810},
        {"diagnosis_codes": [61]},
        {"diagnosis_codes": 61},
        {"line": "1"},
        {"tonsils": "small"},
    ],
)
def test_what_cannot_be_read_is_refused(schema: Json, guideline: Guideline, line: Json) -> None:
    assert not is_accepted(schema, lines=[LINE | line])
    [case] = cases_from({"lines": [LINE | line]}, guideline)
    assert isinstance(case, Case)
    assert len(case.problems) == 1


@pytest.mark.parametrize(
    ("parts", "is_right"),
    [
        ({"lines": []}, False),
        ({"lines": {}}, False),
        ({"lines": [7]}, False),
        ({"request_id": None}, True),
        ({"request_id": 7}, False),
        ({"member": {"member_id": "M-1", "member_birth_date": "1955-03-14", "product": "hmo"}}, True),
        ({"member": []}, False),
        ({"member": {"member_birth_date": "1955"}}, False),
        ({"judgements": [{"clause": "1", "truth": "met", **SIGNED}]}, True),
        ({"judgements": [{"leaf": "symptoms", "truth": "not-met", "line": 1, **SIGNED}]}, True),
        ({"judgements": [{"clause": "1", "leaf": "symptoms", "truth": "met", **SIGNED}]}, False),
        ({"judgements": [{"truth": "met", **SIGNED}]}, False),
        ({"judgements": [{"clause": "9", "truth": "met", **SIGNED}]}, False),
        ({"judgements": [{"leaf": "clause 1", "truth": "met", **SIGNED}]}, False),
        ({"judgements": [{"clause": "1", "truth": "unknown", **SIGNED}]}, False),
        ({"judgements": [{"clause": "1", **SIGNED}]}, False),
        ({"judgements": [{"clause": "1", "truth": "met", "by": "", "on": "2025-10-20", "why": "x"}]}, False),
        ({"judgements": [{"clause": "1", "truth": "met", "by": "x", "on": "2025-10-20"}]}, False),
        ({"judgements": [{"clause": "1", "truth": "met", "whi": "x", **SIGNED}]}, False),
        ({"disputes": [{"fact": "severity", "line": 1, **SIGNED}]}, True),
        ({"disputes": [{"fact": "age", **SIGNED}]}, True),
        ({"disputes": [{"fact": "procedure_code", **SIGNED}]}, False),
        ({"disputes": [{"fact": "tall", **SIGNED}]}, False),
        ({"disputes": [SIGNED]}, False),
        ({"disputes": [{"fact": "severity", "line": "1", **SIGNED}]}, False),
    ],
)
def test_the_parts_of_a_request(schema: Json, parts: Json, *, is_right: bool) -> None:
    assert is_accepted(schema, **parts) is is_right


def test_a_request_needs_lines(schema: Json) -> None:
    assert not jsonschema.Draft202012Validator(schema).is_valid({"request_id": "R-1"})


def test_letters_stay_what_they_are(tmp_path: Path) -> None:
    facts = FACTS.replace("How severe is it?", "How sévère is it?")
    text = request_schema(load_or_raise(write(tmp_path, facts=facts)))
    assert "sévère" in text
    assert text.startswith('{\n  "$schema"')
    assert text.endswith("}\n")


def test_a_member_and_what_reviewers_find_have_their_types(schema: Json) -> None:
    parts = schema["properties"]
    assert schema["type"] == "object"
    assert parts["member"]["properties"]["member_id"] == {"type": ["string", "null"]}
    signed = {
        "by": {"type": "string", "minLength": 1},
        "on": {"type": "string", "format": "date"},
        "why": {"type": "string"},
        "line": {"type": "integer"},
    }
    assert parts["judgements"]["type"] == parts["disputes"]["type"] == "array"
    for name, own in (("judgements", {"clause", "leaf", "truth"}), ("disputes", {"fact"})):
        items = parts[name]["items"]
        assert items["type"] == "object"
        assert {key: items["properties"][key] for key in signed} == signed
        assert set(items["properties"]) - set(signed) == own
    assert is_accepted(schema, judgements=[{"clause": "1", "truth": "met", **SIGNED, "by": "x"}])
