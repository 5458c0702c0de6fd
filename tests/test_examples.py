"""The examples: one of each kind of input, in the shape that the shipped forms describe, answered as they are meant to be."""

import csv
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from isodose.cli import main

EXAMPLES = Path(__file__).parents[1] / "examples"

OUTCOMES = {
    "request.json": ["approved"],
    "cases.csv": [
        "approved",
        "information-needed",
        "clinical-review",
        "invalid",
        "covered-without-review",
        "not-applicable",
        "not-required",
    ],
    "cases.jsonl": ["approved", "not-required", "information-needed"],
    "pas-bundle.json": ["information-needed"],
}
CLAIMS = {"claims.csv", "authorizations.csv"}
"""Answered by `isodose claims`: `tests/claims/test_claims_command.py`."""

SETTINGS = {"plan.toml"}
"""Read by `isodose serve`: `tests/letters/test_plan_file.py`."""

FORMS = {"request.schema.json": "schema", "cases-template.csv": "csv-template"}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / "request.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def test_every_example_is_named_here() -> None:
    assert {file.name for file in EXAMPLES.iterdir()} == {*OUTCOMES, *CLAIMS, *SETTINGS, *FORMS}


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_example_is_answered_as_it_is_meant_to_be(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "--json", str(EXAMPLES / name)]) == 0
    printed = capsys.readouterr()
    assert [json.loads(line)["outcome"] for line in printed.out.splitlines()] == OUTCOMES[name]
    assert printed.err == ""


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_what_the_command_exports(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", FORMS[name]]) == 0
    assert capsys.readouterr().out == (EXAMPLES / name).read_text("utf-8")


def test_the_request_fits_the_schema(schema: dict[str, Any]) -> None:
    jsonschema.validate(json.loads((EXAMPLES / "request.json").read_text("utf-8")), schema)


def test_each_flat_case_fits_the_schema_of_a_line(schema: dict[str, Any]) -> None:
    lines = (EXAMPLES / "cases.jsonl").read_text("utf-8").splitlines()
    jsonschema.validate({"lines": [json.loads(line) for line in lines]}, schema)


def test_a_request_with_findings_of_a_reviewer_fits_the_schema(schema: dict[str, Any]) -> None:
    request = json.loads((EXAMPLES / "request.json").read_text("utf-8"))
    signed = {"by": "M. Reyes RN", "on": "2025-10-20", "why": "the consult note documents it"}
    request["judgements"] = [
        {"clause": "1", "truth": "met", **signed},
        {"leaf": "diagnosis in malignant", "truth": "not-met", "line": 1, **signed},
    ]
    request["disputes"] = [{"fact": "treatment_intent", **signed}]
    jsonschema.validate(request, schema)


@pytest.mark.parametrize(
    "change",
    [
        {"lines": []},
        {"lines": [7]},
        {"lines": [{"treatment_intent": "to cure"}]},
        {"lines": [{"date_of_service": "3 November 2025"}]},
        {"lines": [{"radiation_required": "true"}]},
        {"judgements": [{"clause": "1", "truth": "met"}]},
        {"judgements": [{"clause": "9", "truth": "met", "by": "a", "on": "2025-10-20", "why": "b"}]},
        {"disputes": [{"fact": "procedure_code", "by": "a", "on": "2025-10-20", "why": "b"}]},
    ],
)
def test_the_schema_refuses_what_is_no_request(schema: dict[str, Any], change: dict[str, Any]) -> None:
    request = json.loads((EXAMPLES / "request.json").read_text("utf-8")) | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(request, schema)


def test_the_cases_have_the_columns_of_the_template() -> None:
    [template] = csv.reader((EXAMPLES / "cases-template.csv").read_text("utf-8").splitlines())
    header, *_ = csv.reader((EXAMPLES / "cases.csv").read_text("utf-8").splitlines())
    assert header == [*template, "practice"]


def test_a_filled_template_is_read_without_a_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = "EX-1,2025-11-03,1955-03-14,ma-hmo,77386,C61;C77.5,vmat,curative,true,false,true,false\n"
    (tmp_path / "filled.csv").write_text((EXAMPLES / "cases-template.csv").read_text("utf-8") + row, "utf-8")
    assert main(["decide", "--json", str(tmp_path / "filled.csv")]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["outcome"], answer["notes"]) == ("approved", [])
