"""The answer to a case: outcome, reason, basis, what is missing, which edition, and what looks odd."""

from datetime import date
from pathlib import Path

import pytest
from tests.determination.imrt_cases import imrt
from tests.guideline.samples import write

from isodose.determination.case import Judgement, case_from
from isodose.determination.cells import JSON_CELLS, TEXT_CELLS
from isodose.determination.finding import fact_of
from isodose.determination.program import Determination, Program
from isodose.determination.values import Coding
from isodose.guideline.edition import Clause
from isodose.guideline.load import load_or_raise
from isodose.guideline.truth import MET, NOT_MET, Truth

PROSTATE: dict[str, object] = {
    "request_id": "R-1",
    "date_of_service": "2025-11-03",
    "member_birth_date": "1955-03-14",
    "product": "ma-hmo",
    "procedure_code": "77386",
    "diagnosis_codes": ["C61"],
    "technique": "vmat",
    "treatment_intent": "curative",
    "dose_escalation_concern": True,
    "previously_irradiated": False,
    "radiation_required": True,
    "concurrent_proton_therapy": False,
}


def determined(as_known_on: str | None = None, /, **changes: object) -> Determination:
    known = date.fromisoformat(as_known_on) if as_known_on else None
    return imrt().determine(PROSTATE | changes, known)


def summary(answer: Determination) -> tuple[str, str | None, str, str]:
    return (
        answer.outcome.value,
        answer.review_reason and answer.review_reason.value,
        " ".join(answer.basis),
        " ".join(answer.missing),
    )


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, ("approved", None, "1 1.h", "")),
        ({"product": "another-plan"}, ("not-applicable", None, "", "")),
        ({"procedure_code": "99213", "technique": None}, ("not-applicable", None, "", "")),
        ({"procedure_code": Coding("x", "77386")}, ("not-applicable", None, "", "")),
        ({"date_of_service": "2024-12-31"}, ("not-applicable", None, "", "")),
        ({"procedure_code": "77301"}, ("not-required", None, "", "")),
        ({"member_birth_date": "2010-03-14"}, ("covered-without-review", None, "note-minors", "")),
        ({"concurrent_proton_therapy": True}, ("clinical-review", "limitation", "limitations", "")),
        ({"dose_escalation_concern": False}, ("clinical-review", "criteria-not-met", "", "")),
        ({"diagnosis_codes": ["C30.1"]}, ("clinical-review", "judgement", "", "")),
        ({"date_of_service": "2025-06-01"}, ("clinical-review", "judgement", "", "")),
        ({"dose_escalation_concern": None}, ("information-needed", None, "", "dose_escalation_concern")),
        ({"date_of_service": "yesterday"}, ("invalid", None, "", "")),
    ],
)
def test_each_outcome(changes: dict[str, object], answer: tuple[str, str | None, str, str]) -> None:
    assert summary(determined(**changes)) == answer


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"product": None}, "product"),
        ({"member_birth_date": None}, "age"),
        ({"diagnosis_codes": None}, "diagnosis"),
        ({"diagnosis_codes": ["Z51.0", "E11.9"]}, "diagnosis"),
        ({"concurrent_proton_therapy": None}, "concurrent_proton_therapy"),
        ({"procedure_code": "77407", "technique": None, "date_of_service": "2026-03-01"}, "technique"),
        (
            {"treatment_intent": None, "dose_escalation_concern": None},
            "dose_escalation_concern treatment_intent",
        ),
        # criterion 2 or 3 may still be met where criterion 1 cannot
        ({"treatment_intent": "palliative", "previously_irradiated": None}, "previously_irradiated"),
        # a clinician settles the ambiguous code only once the requester's facts are there
        ({"diagnosis_codes": ["C30.1"], "dose_escalation_concern": None}, "dose_escalation_concern"),
        # what is not required needs no facts
        ({"procedure_code": "77301", "product": None}, "product"),
    ],
)
def test_what_is_missing(changes: dict[str, object], missing: str) -> None:
    assert summary(determined(**changes)) == ("information-needed", None, "", missing)


@pytest.mark.parametrize(
    ("changes", "basis"),
    [
        ({"diagnosis_codes": ["C00.1"]}, "1 1.a.i"),
        ({"diagnosis_codes": ["C00.1", "C61"]}, "1 1.a.i 1.h"),
        ({"diagnosis_codes": ["C61", "C30.1", "E11.9"]}, "1 1.h"),
        ({"previously_irradiated": True}, "1 1.h 2"),
        ({"member_birth_date": "2005-11-03"}, "1 1.h 3"),
        ({"member_birth_date": "2005-11-03", "previously_irradiated": True}, "1 1.h 2 3"),
        ({"treatment_intent": "palliative", "previously_irradiated": True}, "2"),
        ({"diagnosis_codes": ["D49.2"], "previously_irradiated": True}, "2"),
    ],
)
def test_the_basis_of_an_approval(changes: dict[str, object], basis: str) -> None:
    assert summary(determined(**changes)) == ("approved", None, basis, "")


@pytest.mark.parametrize(
    ("changes", "as_known_on", "edition"),
    [
        ({}, None, "2025-10-01"),
        ({"date_of_service": "2025-06-01"}, None, "2025-01-01@2025-02-05"),
        ({"date_of_service": "2025-06-01"}, "2025-01-20", "2025-01-01@2025-01-15"),
        ({}, "2025-08-19", "2025-01-01@2025-02-05"),
        ({}, "2024-09-18", None),
        ({"date_of_service": "2024-12-31"}, None, None),
        ({"procedure_code": None}, None, None),
    ],
)
def test_the_edition_that_rules(changes: dict[str, object], as_known_on: str | None, edition: str | None) -> None:
    answer = determined(as_known_on, **changes)
    assert (answer.edition and answer.edition.id) == edition
    if edition is None:
        assert (answer.clauses, answer.rungs, answer.open, answer.rung) == ((), (), (), None)


def test_the_rung_that_decided() -> None:
    answer = determined()
    assert answer.edition is not None
    assert answer.rung is answer.edition.ladder[4]
    answer = determined(dose_escalation_concern=False)
    assert answer.edition is not None
    assert answer.rung is answer.edition.ladder[5]
    assert determined(dose_escalation_concern=None).rung is None


def test_an_answer_holds_the_case_and_the_findings_of_all_clauses() -> None:
    answer = determined()
    assert (answer.case.request_id, answer.guideline) == ("R-1", imrt().guideline)
    assert answer.edition is not None
    found = [finding.node.id for finding in answer.clauses if isinstance(finding.node, Clause)]
    assert found == list(answer.edition.clauses)
    assert len(answer.rungs) == len(answer.edition.ladder)


def test_what_is_wrong_is_told_and_what_looks_odd_noted() -> None:
    answer = determined(procedure_code="77386", technique="proton", techniqe="vmat")
    assert [wrong.fact for wrong in answer.problems] == ["technique"]
    assert answer.notes == (
        "the column `techniqe` is no fact of this guideline and was not used; did you mean `technique`?",
    )
    for changes in ({"date_of_service": "2024-12-31"}, {}):
        assert determined(techniqe="vmat", **changes).notes == answer.notes


def test_cells_may_be_written_as_text() -> None:
    row = {name: str(value).lower() if isinstance(value, bool) else value for name, value in PROSTATE.items()}
    row["diagnosis_codes"] = "C61; C77.5"
    answer = imrt().determine(row, cells=TEXT_CELLS)
    assert summary(answer) == ("approved", None, "1 1.h", "")
    assert imrt().determine(row).outcome == "invalid"


def judged(changes: dict[str, object], truths: dict[str, Truth]) -> Determination:
    case = case_from(PROSTATE | changes, imrt().guideline, JSON_CELLS)
    on = date(2025, 10, 20)
    judgements = {target: Judgement(target, truth, "M. Reyes RN", on, "so it is") for target, truth in truths.items()}
    return imrt().determine_case(case._replace(judgements=judgements))


def test_a_judgement_on_a_clause_settles_everything_below_it() -> None:
    changes: dict[str, object] = {"diagnosis_codes": ["C30.1"], "dose_escalation_concern": None}
    answer = judged(changes, {"1": MET})
    assert summary(answer) == ("approved", None, "1", "")
    assert answer.notes == ()
    answer = judged(changes, {"1": NOT_MET})
    assert summary(answer) == ("clinical-review", "criteria-not-met", "", "")


def test_a_judgement_on_a_list_names_the_list_in_the_basis() -> None:
    answer = judged({"diagnosis_codes": ["C30.1"]}, {"1.a": MET})
    assert summary(answer) == ("approved", None, "1 1.a", "")


def test_a_judgement_without_effect_is_noted() -> None:
    answer = judged({"techniqe": "x"}, {"1": NOT_MET, "tall": MET})
    assert summary(answer) == summary(determined())
    assert answer.notes[1:] == (
        "the judgement on `1` has no effect: the facts settle it already, or nothing asks it",
        "the judgement on `tall` has no effect: the facts settle it already, or nothing asks it",
    )


LADDER = """\
---
guideline: sleep
title: T
plan: P
effective: 2025-01-01
decided: 2024-11-20
text: reconstructed
criteria: held
ladder:
{ladder}
  - {{otherwise: clinical-review, reason: criteria-not-met}}
---
Text.

```rule 1
all: [symptoms, diagnosis in 1]
```

```rule 1.a
diagnosis in 1.a
```

```rule 2
any: [none: diagnosis in 1, clause 1]
```

```rule 3
home_study_possible
```
"""
DIAGNOSES = "in,codes,status,title,note\n1.a,G47.3,clear,,\n"


@pytest.mark.parametrize(
    ("ladder", "basis"),
    [
        ("  - {when: clause 1, outcome: approved}", "1 1.a"),
        ("  - {when: {all: [clause 1, clause 3]}, outcome: approved}", "1 1.a 3"),
        ("  - {when: {at least 2: [clause 1, clause 2, clause 3]}, outcome: covered-without-review}", "1 1.a 2 3"),
        ("  - {when: clause 3, outcome: clinical-review, reason: limitation}", "3"),
        # what is met because a part is not is no ground
        ("  - {when: {all: [clause 3, none: [none: clause 1]]}, outcome: approved}", "3"),
        # nor is a part of what is not met
        ("  - {when: {any: [clause 3, all: [clause 1, none: symptoms]]}, outcome: approved}", "3"),
        # a clause that is met by another is the ground, not what that one found
        ("  - {when: clause 2, outcome: approved}", "2"),
        ("  - {when: symptoms, outcome: approved}", ""),
        ("  - {when: clause 3, outcome: not-required}", ""),
        ("  - {when: clause 3, outcome: clinical-review, reason: judgement}", ""),
        # an earlier rung that may lead to the same outcome is no ground
        (
            "  - {when: abnormal_airway, outcome: approved}\n  - {when: clause 3, outcome: approved}",
            "3",
        ),
    ],
)
def test_the_basis_is_what_the_deciding_rung_names_and_what_its_lists_found(
    tmp_path: Path, ladder: str, basis: str
) -> None:
    folder = write(tmp_path, diagnoses=DIAGNOSES, **{"2025-01-01": LADDER.format(ladder=ladder)})
    row = {
        "date_of_service": "2025-11-03", "procedure_code": "95810", "diagnosis_codes": ["G47.33"],
        "symptoms": True, "home_study_possible": True,
    }  # fmt: skip
    answer = Program(load_or_raise(folder)).determine(row)
    assert " ".join(answer.basis) == basis


def test_what_only_a_reviewer_can_say_is_not_asked_of_the_requester(tmp_path: Path) -> None:
    program = Program(load_or_raise(write(tmp_path)))
    row = {"date_of_service": "2025-11-03", "procedure_code": "95810", "symptoms": False}
    answer = program.determine(row)
    assert summary(answer) == ("clinical-review", "judgement", "", "")
    assert [fact_of(leaf) for leaf, _ in answer.open] == ["abnormal_airway"]
    answer = program.determine(row | {"symptoms": True})
    assert summary(answer) == ("information-needed", None, "", "bmi")
