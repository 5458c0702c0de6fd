"""The 2,000 conformance cases, answered by an independent reading of the design, agree in every field."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.determination.imrt_cases import imrt
from tests.shared_data import needed

from isodose.determination.program import Program
from isodose.determination.record import ADDED, added

Json = dict[str, Any]


def lines(folder: Path, name: str) -> list[Json]:
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def conformance() -> Path:
    return needed("guideline", "conformance")


@pytest.mark.parametrize("as_known_on", [None, "2025-01-20", "2025-02-10"])
def test_every_case_is_answered_as_the_independent_reading_answers_it(
    conformance: Path, as_known_on: str | None
) -> None:
    known = date.fromisoformat(as_known_on) if as_known_on else None
    name = f"expected-as-known-on-{as_known_on}.jsonl" if as_known_on else "expected.jsonl"
    cases, expected = lines(conformance, "cases.jsonl"), lines(conformance, name)
    assert len(cases) == len(expected) == 2000
    program = imrt()
    differing = [
        (case, answer, right)
        for case, right in zip(cases, expected, strict=True)
        if (answer := compared(program, case, known)) != right
    ]
    assert differing == []


def compared(program: Program, case: Json, as_known_on: date | None) -> Json:
    """The answer in the fields of `expected.jsonl`, where `problem` says only whether there is one."""
    answer = added(program.determine(case, as_known_on))
    assert tuple(answer) == ADDED
    return {"request_id": case["request_id"]} | answer | {"problem": answer["problem"] is not None}


def test_the_cases_show_every_outcome_and_every_reason(conformance: Path) -> None:
    """So that agreement means something."""
    found = {(right["outcome"], right["review_reason"]) for right in lines(conformance, "expected.jsonl")}
    assert found == {
        ("invalid", None),
        ("not-applicable", None),
        ("not-required", None),
        ("covered-without-review", None),
        ("clinical-review", "limitation"),
        ("clinical-review", "criteria-not-met"),
        ("clinical-review", "judgement"),
        ("information-needed", None),
        ("approved", None),
    }
