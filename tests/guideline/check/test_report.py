"""The report as a whole: what is shipped passes, everything wrong is told at once, and programs can read it."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from tests.command_line import Run
from tests.guideline.check.seed import Told, change, seeded
from tests.guideline.check.test_faults import FAULTS, found_in

from isodose.determination.check import check_guideline
from isodose.guideline.content import shipped
from isodose.guideline.problem import Level, Place

EDITION = "2025-10-01.md"


def test_in_the_shipped_guideline_the_ended_codes_are_found_and_settled_and_nothing_else_is(content: Path) -> None:
    found = check_guideline(shipped("imrt")).problems
    source = (content / "imrt" / EDITION).read_text("utf-8")
    table, removed = (
        Place(EDITION, source[: source.index(f"```data {name}\n")].count("\n") + 1)
        for name in ("codes", "codes.2025-01-15")
    )
    ended = "ended on 2025-12-31, but the edition rules from 2025-10-01 on, with no end. Settled by reading A18"
    assert [(problem.level, problem.place, problem.clause, problem.message) for problem in found] == [
        (Level.SETTLED, table, None, f"`codes.required`: 77385, 77386, G6015, G6016 {ended}"),
        (Level.SETTLED, removed, None, f"`codes.2025-01-15.not-required`: G6017 {ended}"),
    ]


def test_the_template_has_no_findings() -> None:
    assert check_guideline(shipped("template")).problems == ()


def test_a_guideline_without_worked_cases_is_warned_of(tmp_path: Path) -> None:
    folder = shutil.copytree(shipped("template"), tmp_path / "template", ignore=shutil.ignore_patterns("cases"))
    [problem] = check_guideline(folder).problems
    assert (problem.level, problem.place.file) == (Level.WARNING, "cases")
    assert problem.message == "the guideline has no worked cases"


def test_the_rows_of_the_table_have_names_of_their_own() -> None:
    assert [name for name, count in Counter(fault.name for fault in FAULTS).items() if count > 1] == []


READING = (
    "a fact is misspelt",
    "a combination has an empty list of parts",
    "a reading is no YAML",
    "a column of the table is misspelt",
    "the reason of a rung is misspelt",
    "a name in the front matter is not known",
    "a unit is not known",
    "a technique is misspelt",
    "a status is misspelt",
    "a word is changed",
    "an aside is removed",
    "a file is no part of a guideline",
)
"""Faults of what is read, and of the text."""

SENSE = (
    "no rule asks a fact",
    "a set that no rule asks has no rows either",
    "a code is not in codes.csv",
    "no rule asks a group of codes",
    "a code comes after it that is not listed",
    "a row can never win",
    "a row stands twice",
    "a reading quotes other words than the text's",
    "words are added to a text that is reconstructed",
    "a case does not say why",
    "what is missing is wrong",
    "a judgement is nobody's",
)
"""Faults of what can be read and makes no sense."""


@pytest.mark.parametrize("names", [READING, SENSE], ids=["of reading", "of sense"])
def test_all_that_is_wrong_is_told_at_once(names: tuple[str, ...], content: Path) -> None:
    faults = [fault for name in names for fault in FAULTS if fault.name == name]
    assert len(faults) == len(names)
    told: list[Told] = [one for fault in faults for one in fault.told]
    with seeded(content / "imrt", tuple(seed for fault in faults for seed in fault.seeds)) as copy:
        expected = sorted((one.place(copy), one.level, one.clause) for one in told)
        found = found_in(copy.folder)
    assert sorted((problem.place, problem.level, problem.clause) for problem in found) == expected


def test_programs_read_a_line_for_each_finding(content: Path, run: Run) -> None:
    misspelt = change(EDITION, "  - dose_escalation_concern", "  - dose_escalation_concren")
    with seeded(content / "imrt", (misspelt,)) as copy:
        place = copy.place(EDITION, "dose_escalation_concren")
        result = run("check", "--json", copy.folder)
    assert result.status == 1
    assert result.answers == [
        {
            "level": "error",
            "file": EDITION,
            "line": place.line,
            "column": 5,
            "clause": "1",
            "message": (
                "no fact `dose_escalation_concren` is declared in facts.yaml; did you mean `dose_escalation_concern`?"
            ),
        }
    ]


def test_each_line_for_programs_has_the_same_parts(run: Run) -> None:
    result = run("check", "--json", shipped("imrt"))
    assert result.status == 0
    assert [list(line) for line in result.answers] == [["level", "file", "line", "column", "clause", "message"]] * 7
    assert {line["level"] for line in result.answers} == {"settled"}
