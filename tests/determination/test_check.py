"""The whole check: what cannot be read, what is wrong, and worked cases that the engine answers otherwise."""

from pathlib import Path

import pytest
from tests.guideline.samples import CODES, EDITION, FACTS, write

from isodose.determination.check import Report, answered, check_guideline
from isodose.determination.finding import id_of
from isodose.determination.program import Program
from isodose.guideline.content import content_folder
from isodose.guideline.load import load_or_raise
from isodose.guideline.problem import Level
from isodose.guideline.truth import MET, NOT_MET
from isodose.guideline.worked_case import worked_cases

RIGHT = """\
title: Symptoms alone
why: Symptoms and a body mass index of 31 meet criterion 1.
facts: {date_of_service: 2025-11-03, procedure_code: 95810, symptoms: true, bmi: 31}
expect: {outcome: approved, basis: [1]}
"""


def told(report: Report, *, at_least: Level = Level.ERROR) -> list[str]:
    levels = (Level.ERROR,) if at_least is Level.ERROR else (Level.ERROR, Level.WARNING)
    return [
        f"{problem.place.file}:{problem.place.line}:{problem.place.column} [{problem.clause}] {problem.message}"
        for problem in report.problems
        if problem.level in levels
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path)


def case(folder: Path, text: str, name: str = "1/case") -> Report:
    file = folder / "cases" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return check_guideline(folder)


@pytest.mark.parametrize("name", ["imrt", "template"])
def test_what_is_shipped_is_right(name: str) -> None:
    report = check_guideline(content_folder() / name)
    assert [problem for problem in report.problems if problem.level is not Level.SETTLED] == []


def test_some_worked_case_meets_each_clause_and_some_does_not_in_every_edition() -> None:
    program = Program(load_or_raise(content_folder() / "imrt"))
    seen = {
        (determination.edition, id_of(finding), finding.truth)
        for determination in (answered(case, program) for case in worked_cases(program.guideline, []))
        for finding in determination.clauses
    }
    wanted = {
        (edition, clause, truth)
        for edition in program.guideline.editions
        for clause in edition.clauses
        for truth in (MET, NOT_MET)
    }
    assert wanted - seen == set()


def test_what_was_looked_at_is_counted() -> None:
    report = check_guideline(content_folder() / "template")
    assert report.summary == "template: 1 edition, 9 clauses, 15 facts, 6 rows of diagnoses, 4 codes, 8 worked cases"


def test_a_guideline_without_an_edition(tmp_path: Path) -> None:
    report = check_guideline(tmp_path)
    assert report.summary == f"{tmp_path}: no edition could be read."
    assert told(report) == [
        ".:1:1 [None] no edition is here: a file like 2025-10-01.md",
        "codes.csv:1:1 [None] the guideline lacks codes.csv",
        "facts.yaml:1:1 [None] the guideline lacks facts.yaml",
    ]


def test_what_rests_on_the_reading_waits_until_everything_can_be_read(folder: Path) -> None:
    (folder / "codes.csv").write_text(CODES + "9581,,\n", "utf-8")
    report = case(folder, RIGHT.replace("approved", "not-applicable"))
    assert report.summary == "sleep: references, codes, diagnoses and cases are checked once everything can be read"
    assert [message for message in told(report) if "codes.csv" in message or "cases" in message] == [
        (
            "codes.csv:4:1 [None] `9581` is not a procedure code: five digits, a letter and four digits, or four digits "
            "and a letter"
        )
    ]


def test_a_right_case_is_counted_and_not_told(folder: Path) -> None:
    report = case(folder, RIGHT)
    assert [message for message in told(report) if "cases" in message] == []
    assert report.summary.endswith(" 2 codes, 1 worked case")


def test_problems_come_in_the_order_of_their_places(folder: Path) -> None:
    case(folder, RIGHT.replace("approved", "not-required"), "2/b")
    report = case(folder, RIGHT.replace("approved", "not-required"), "1/a")
    places = [problem.place for problem in report.problems]
    assert places == sorted(places)
    assert len({place.file for place in places}) >= 3


FACTS_LINE = "facts: {date_of_service: 2025-11-03, procedure_code: 95810, symptoms: true, bmi: 31}"


@pytest.mark.parametrize(
    ("facts", "expect", "differing"),
    [
        ("symptoms: true, bmi: 31", "{outcome: approved, basis: [1]}", ""),
        ("symptoms: true, bmi: 31", "{outcome: approved}", "basis is 1, not none"),
        (
            "symptoms: false, abnormal_airway: true",
            "{outcome: approved, basis: [1, 2]}",
            "basis is 2, not 1, 2",
        ),
        (
            "symptoms: false, abnormal_airway: false",
            "{outcome: approved, basis: [1]}",
            (
                "outcome is `clinical-review`, not `approved`; review_reason is `criteria-not-met`, not none; "
                "basis is none, not 1"
            ),
        ),
        (
            "symptoms: true",
            "{outcome: information-needed, missing: [symptoms, bmi]}",
            "missing is bmi, not bmi, symptoms",
        ),
        (
            "symptoms: true, bmi: 31",
            "{outcome: approved, basis: [1], edition: none}",
            "edition is `2025-01-01`, not `none`",
        ),
        ("symptoms: true, bmi: 31", "{outcome: approved, basis: [1], edition: 2025-01-01}", ""),
        ("bmi: many", "{outcome: invalid, problem: not a number}", ""),
        (
            "bmi: many",
            "{outcome: invalid, problem: a date}",
            "problem is “`bmi`: `many` is not a number of kg/m2”, not one with “a date”",
        ),
        (
            "symptoms: true, bmi: 31",
            "{outcome: approved, basis: [1], problem: a date}",
            "problem is none, not one with “a date”",
        ),
    ],
)
def test_a_case_that_is_answered_otherwise_is_told_with_what_differs(
    folder: Path, facts: str, expect: str, differing: str
) -> None:
    text = RIGHT.replace("symptoms: true, bmi: 31", facts).replace("{outcome: approved, basis: [1]}", expect)
    found = [message for message in told(case(folder, text)) if "cases" in message]
    assert found == ([f"cases/1/case.yaml:4:9 [1] “Symptoms alone”: {differing}"] if differing else [])


def test_a_case_may_be_answered_as_known_on_a_day(folder: Path) -> None:
    text = RIGHT.replace(
        "expect: {outcome: approved, basis: [1]}",
        "as known on: 2024-11-19\nexpect: {outcome: not-applicable, edition: none}",
    )
    assert [message for message in told(case(folder, text)) if "cases" in message] == []


def test_judgements_and_disputes_of_a_case_count(folder: Path) -> None:
    findings = """\
judgements: [{clause: 2, truth: met, by: M. Reyes RN, on: 2025-10-20, why: the note says so}]
disputes: [{fact: symptoms, by: M. Reyes RN, on: 2025-10-20, why: the note says so}]
expect: {outcome: approved, basis: [2]}
"""
    text = RIGHT[: RIGHT.index("expect")] + findings
    assert [message for message in told(case(folder, text)) if "cases" in message] == []


def test_warnings_are_told_beside_errors(folder: Path) -> None:
    (folder / "facts.yaml").write_text(FACTS + "x: {type: date, title: X, question: X?}\n", "utf-8")
    found = told(check_guideline(folder), at_least=Level.WARNING)
    assert any("no rule asks the fact `x`" in message for message in found)
    assert any("the guideline has no worked cases" in message for message in found)
    assert not any("no rule asks the fact `x`" in message for message in told(check_guideline(folder)))


def test_an_edition_named_wrongly_is_told_with_its_right_name(tmp_path: Path) -> None:
    folder = write(tmp_path, **{"2025-01-01": EDITION.replace("effective: 2025-01-01", "effective: 2025-02-01")})
    assert "2025-01-01.md:1:1 [None] this edition's file must be named `2025-02-01.md`" in told(check_guideline(folder))


def test_a_case_that_cannot_be_right_is_told_with_what_is_wrong_alone(folder: Path) -> None:
    text = RIGHT.replace("bmi: 31", "bmi: many")
    assert [message for message in told(case(folder, text)) if "cases" in message] == [
        (
            "cases/1/case.yaml:4:9 [1] “Symptoms alone”: outcome is `invalid` (“`bmi`: `many` is not a number of kg/m2”), "
            "not `approved`"
        )
    ]


def test_one_and_several_are_counted_in_words(tmp_path: Path) -> None:
    rows = "in,codes,status,title,note\nsleep-disorder,G47,clear,,\n"
    folder = write(tmp_path, diagnoses=rows, codes="code,valid_from,valid_to\n95810,,\n")
    later = EDITION.replace("effective: 2025-01-01", "effective: 2026-01-01")
    (folder / "2026-01-01.md").write_text(later, "utf-8")
    summary = check_guideline(folder).summary
    assert summary == "sleep: 2 editions, 2 clauses, 15 facts, 1 row of diagnoses, 1 code, 0 worked cases"


def test_one_clause_is_one(tmp_path: Path) -> None:
    text = EDITION[: EDITION.index("2. The airway")].replace(", clause 2", "")
    assert " 1 clause, " in check_guideline(write(tmp_path, **{"2025-01-01": text})).summary


READING = """
```reading R1
read as: So.
because: Why.
answered by: the committee
since: 2026-11-24
could also mean: Otherwise.
```
"""


@pytest.mark.parametrize(
    ("reading", "shows", "message"),
    [
        (READING, "", "no worked case shows reading R1; if none can, say why under `no case`"),
        (READING, "shows: [R1]\n", None),
        (READING.replace("since", "no case: No fact tells it.\nsince"), "", None),
        (
            READING.replace("since", "no case: No fact tells it.\nsince"),
            "shows: [R1]\n",
            "a worked case shows reading R1; take out its `no case`",
        ),
    ],
)
def test_each_reading_is_shown_by_a_case_or_says_why_not(
    tmp_path: Path, reading: str, shows: str, message: str | None
) -> None:
    folder = write(tmp_path, **{"2025-01-01": EDITION + reading})
    report = case(folder, RIGHT + shows)
    assert told(report) == []
    line = EDITION.count("\n") + 2
    mine = [one for one in told(report, at_least=Level.WARNING) if "reading" in one]
    assert mine == ([f"2025-01-01.md:{line}:1 [None] {message}"] if message else [])


def test_readings_wait_until_all_cases_can_be_read(tmp_path: Path) -> None:
    folder = write(tmp_path, **{"2025-01-01": EDITION + READING})
    assert [one for one in told(case(folder, "title: x\n"), at_least=Level.WARNING) if "reading R1" in one] == []


def test_readings_wait_where_one_case_of_several_cannot_be_read(tmp_path: Path) -> None:
    folder = write(tmp_path, **{"2025-01-01": EDITION + READING})
    case(folder, RIGHT)
    found = told(case(folder, "title: x\n", "1/other"), at_least=Level.WARNING)
    assert [one for one in found if "reading R1" in one] == []


def test_a_report_has_what_was_read_for_who_looks_further(folder: Path) -> None:
    report = case(folder, RIGHT)
    assert report.guideline is not None
    assert report.guideline.id == "sleep"
    assert [one.place.file for one in report.cases] == ["cases/1/case.yaml"]
