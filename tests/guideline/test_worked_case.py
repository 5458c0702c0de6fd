"""Worked cases: facts, the answer that is right, and why; and what can be wrong with one."""

from datetime import date
from pathlib import Path

import pytest
from tests.guideline.samples import EDITION, told, write

from isodose.guideline.load import load_or_raise
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.problem import Place, Problem
from isodose.guideline.worked_case import Expected, WorkedCase, worked_cases

READING = """
```reading R1
read as: So.
because: Why.
answered by: us
since: 2026-11-24
could also mean: Otherwise.
```
"""
FULL = """\
title: Symptoms  alone
why: >-
  Symptoms and a body mass index
  of 31 meet criterion 1.
shows: [R1]
facts:
  request_id: R-1
  date_of_service: 2025-11-03
  diagnosis_codes: G47.33; G47.31
judgements:
  - {clause: 2, truth: met, by: us, on: 2025-10-20, why: so}
disputes: {fact: symptoms, by: us, on: 2025-10-20, why: so}
as known on: 2025-01-20
expect:
  outcome: clinical-review
  review_reason: limitation
  basis: [2, 1]
  missing: [bmi]
  edition: 2025-01-01
  problem: none at all
"""
SHORT = """\
title: T
why: W
facts: {symptoms: true}
expect: {outcome: approved}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, **{"2025-01-01": EDITION + READING})


def read(folder: Path, **files: str) -> tuple[list[WorkedCase], list[Problem]]:
    for name, text in files.items():
        file = folder / "cases" / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".yaml").write_text(text, "utf-8")
    problems: list[Problem] = []
    return worked_cases(load_or_raise(folder), problems), problems


def test_a_case_with_everything(folder: Path) -> None:
    [case], problems = read(folder, **{"1__full": FULL})
    assert problems == []
    assert case == WorkedCase(
        title="Symptoms alone",
        why="Symptoms and a body mass index of 31 meet criterion 1.",
        clause="1",
        shows=("R1",),
        facts={"request_id": "R-1", "date_of_service": "2025-11-03", "diagnosis_codes": "G47.33; G47.31"},
        findings={
            "judgements": [{"clause": "2", "truth": "met", "by": "us", "on": "2025-10-20", "why": "so"}],
            "disputes": [{"fact": "symptoms", "by": "us", "on": "2025-10-20", "why": "so"}],
        },
        as_known_on=date(2025, 1, 20),
        expected=Expected(
            outcome=Outcome.CLINICAL_REVIEW,
            review_reason=Reason.LIMITATION,
            basis=("1", "2"),
            missing=("bmi",),
            edition="2025-01-01",
            problem="none at all",
            place=Place("cases/1/full.yaml", 15, 3),
        ),
        place=Place("cases/1/full.yaml"),
    )


def test_a_case_with_no_more_than_it_needs(folder: Path) -> None:
    [case], problems = read(folder, **{"1__short": SHORT})
    assert problems == []
    assert (case.shows, case.as_known_on) == ((), None)
    assert case.findings == {"judgements": [], "disputes": []}
    expected = case.expected
    assert (expected.review_reason, expected.basis, expected.missing) == (None, (), ())
    assert (expected.edition, expected.problem) == (None, "")


def test_cases_come_by_clause_and_name(folder: Path) -> None:
    cases, problems = read(
        folder, **{"2__a": SHORT, "1__b": SHORT, "1__a": SHORT, "requests__x": SHORT, "editions__x": SHORT}
    )
    assert problems == []
    assert [case.place.file for case in cases] == [
        "cases/1/a.yaml",
        "cases/1/b.yaml",
        "cases/2/a.yaml",
        "cases/editions/x.yaml",
        "cases/requests/x.yaml",
    ]


def test_a_guideline_without_cases_is_warned_of(folder: Path) -> None:
    cases, [problem] = read(folder)
    assert cases == []
    assert (problem.place, problem.level.value) == (Place("cases"), "warning")
    assert problem.message == "the guideline has no worked cases"


def test_other_files_are_warned_of(folder: Path) -> None:
    (folder / "cases" / "1").mkdir(parents=True)
    (folder / "cases" / "1" / "case.yml").write_text(SHORT, "utf-8")
    cases, problems = read(folder, **{"1__a": SHORT})
    assert len(cases) == 1
    assert [(problem.place.file, problem.level.value, problem.message) for problem in problems] == [
        ("cases/1/case.yml", "warning", "a worked case is a file `NAME.yaml`")
    ]


OUTCOMES = (
    "`invalid`, `not-applicable`, `not-required`, `covered-without-review`, `clinical-review`, `information-needed` or "
    "`approved`"
)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("title: T\n", "", "1:1 [1] a worked case lacks `title`"),
        ("why: W\n", "", "1:1 [1] a worked case lacks `why`"),
        ("facts: {symptoms: true}\n", "", "1:1 [1] a worked case lacks `facts`"),
        ("expect: {outcome: approved}\n", "", "1:1 [1] a worked case lacks `expect`"),
        ("why: W", "whi: W\nwhy: W", "2:1 [1] a worked case has no `whi`; did you mean `why`?"),
        (
            "{symptoms: true}",
            "{simptoms: true}",
            "3:9 [1] no fact is read from a column `simptoms`; did you mean `symptoms`?",
        ),
        (
            "{symptoms: true}",
            "{diagnosis: C61}",
            "3:9 [1] no fact is read from a column `diagnosis`; did you mean `diagnosis_codes`?",
        ),
        ("{symptoms: true}", "symptoms", "3:8 [1] `facts` must be names with a word or phrase each"),
        ("approved", "aproved", f"4:19 [1] `outcome` is {OUTCOMES}, not `aproved`; did you mean `approved`?"),
        ("{outcome: approved}", "{}", "4:9 [1] `expect` lacks `outcome`"),
        ("{outcome: approved}", "{outcome: clinical-review}", "4:9 [1] `expect` lacks `review_reason`"),
        (
            "{outcome: approved}",
            "{outcome: clinical-review, review_reason: limit}",
            (
                "4:51 [1] `review_reason` is `limitation`, `criteria-not-met` or `judgement`, not `limit`; "
                "did you mean `limitation`?"
            ),
        ),
        ("approved}", "approved, basis: [1, 3]}", "4:40 [1] no clause `3` is in the guideline"),
        ("approved}", "approved, missing: [bmj]}", "4:39 [1] no fact `bmj` is in the guideline; did you mean `bmi`?"),
        (
            "approved}",
            "approved, edition: 2025-01-02}",
            "4:38 [1] `edition` is `2025-01-01` or `none`, not `2025-01-02`; did you mean `2025-01-01`?",
        ),
        ("approved}", "approved, bases: [1]}", "4:29 [1] `expect` has no `bases`; did you mean `basis`?"),
        ("why: W", "why: W\nshows: [R2]", "3:9 [1] no edition has a reading `R2`"),
        (
            "why: W",
            "why: W\nas known on: January",
            "3:14 [1] `as known on` must be a date like 2025-01-20, not `January`",
        ),
        (
            "why: W",
            "why: W\njudgements: [1, {clause: 1}]",
            "3:14 [1] `judgements` must be a list of names with values",
        ),
        ("why: W", "why: W\ndisputes: 1", "3:11 [1] `disputes` must be a list of names with values"),
    ],
)
def test_what_is_wrong_with_a_case_is_told(folder: Path, old: str, new: str, problem: str) -> None:
    cases, problems = read(folder, **{"1__a": SHORT.replace(old, new)})
    assert told(problems) == [problem]
    assert {one.place.file for one in problems} == {"cases/1/a.yaml"}
    is_without_answer = "expect" in problem and "lacks" in problem and "review_reason" not in problem
    assert len(cases) == (0 if is_without_answer or "`outcome` is" in problem else 1)


def test_a_folder_is_named_after_a_clause(folder: Path) -> None:
    cases, problems = read(folder, **{"3__a": SHORT, "request__a": SHORT})
    assert told(problems) == [
        "1:1 [3] no clause `3` is in the guideline",
        "1:1 [request] no clause `request` is in the guideline; did you mean `requests`?",
    ]
    assert len(cases) == 2


def test_a_case_that_cannot_be_read_leaves_the_others(folder: Path) -> None:
    (folder / "cases" / "1").mkdir(parents=True)
    (folder / "cases" / "1" / "b.yaml").write_bytes(b"\xff")
    cases, problems = read(folder, **{"1__a": SHORT, "1__c": "[", "1__d": "x"})
    assert [case.place.file for case in cases] == ["cases/1/a.yaml"]
    assert told(problems)[:2] == [
        "1:1 [1] this file is not UTF-8",
        "2:1 [1] this is not YAML: did not find expected node content",
    ]
    assert told(problems)[2].startswith("1:1 [1] a worked case must be names with values, one a line: `title`, `why`")


def test_a_byte_order_mark_does_not_matter(folder: Path) -> None:
    [case], problems = read(folder, **{"1__a": "\ufeff" + SHORT})
    assert problems == []
    assert case.title == "T"


def test_a_derived_fact_is_given_by_what_it_is_derived_from(folder: Path) -> None:
    _, problems = read(folder, **{"1__a": SHORT.replace("{symptoms: true}", "{age: 30}")})
    assert told(problems) == [
        "3:9 [1] no fact is read from a column `age`: it is derived; give `member_birth_date` and `date_of_service`"
    ]


@pytest.mark.parametrize(
    ("old", "new", "unknown"),
    [
        ("{symptoms: true}", "{simptoms: true}", "simptoms"),
        ("why: W", "why: W\nshows: [R2]", "R2"),
        ("approved}", "approved, basis: [9]}", "9"),
        ("approved}", "approved, missing: [bmj]}", "bmj"),
        ("approved}", "approved, edition: 2025-01-02}", "2025-01-02"),
        ("approved", "aproved", ""),
    ],
)
def test_an_unknown_name_is_said_apart_so_that_it_is_told_once(folder: Path, old: str, new: str, unknown: str) -> None:
    _, [problem] = read(folder, **{"1__a": SHORT.replace(old, new)})
    assert problem.unknown == unknown


def test_so_is_an_unknown_folder(folder: Path) -> None:
    _, [problem] = read(folder, **{"9__a": SHORT})
    assert problem.unknown == "9"


def test_hidden_files_are_no_cases(folder: Path) -> None:
    (folder / "cases" / "1").mkdir(parents=True)
    (folder / "cases" / "1" / ".draft.yaml").write_text(SHORT, "utf-8")
    cases, problems = read(folder, **{"1__a": SHORT})
    assert (len(cases), problems) == (1, [])


def test_a_case_that_is_not_utf_8_is_told_in_its_own_file(folder: Path) -> None:
    file = folder / "cases" / "1" / "latin.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(SHORT.replace("title: T", "title: T\n# t\xe9st").encode("latin-1"))
    cases, [problem] = read(folder)
    assert cases == []
    assert (problem.place, problem.clause) == (Place("cases/1/latin.yaml", 2), "1")
    assert problem.message == "this file is not UTF-8"
