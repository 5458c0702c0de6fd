"""Each fault seeded into a copy of the shipped content is told at its place, once, and nothing else is."""

from pathlib import Path

import pytest
from tests.guideline.check import (
    faults_around,
    faults_in_blocks,
    faults_in_cases,
    faults_in_facts,
    faults_in_front_matter,
    faults_in_rules,
    faults_in_tables,
    faults_in_text,
)
from tests.guideline.check.seed import Fault, seeded

from isodose.determination.check import check_guideline
from isodose.guideline.problem import Level, Problem

TABLES = (
    faults_around,
    faults_in_rules,
    faults_in_blocks,
    faults_in_facts,
    faults_in_front_matter,
    faults_in_tables,
    faults_in_text,
    faults_in_cases,
)
FAULTS = [fault for table in TABLES for fault in table.FAULTS]

EVERY_DAY = 4
"""Of so many faults one is seeded every day; all are by `./test`."""

SEEDED = [pytest.param(fault, marks=pytest.mark.slow if at % EVERY_DAY else ()) for at, fault in enumerate(FAULTS)]


def found_in(folder: Path) -> list[Problem]:
    """What is told beside the ended codes, which a reading of the shipped guideline settles."""
    return [problem for problem in check_guideline(folder).problems if problem.level is not Level.SETTLED]


def is_an_answer(problem: Problem) -> bool:
    """Whether a worked case answers otherwise than is written in it."""
    return problem.place.file.startswith("cases/") and problem.message.startswith("“")


@pytest.mark.parametrize("fault", SEEDED, ids=str)
def test_a_fault_is_told_at_its_place_and_nothing_else_is(fault: Fault, content: Path) -> None:
    with seeded(content / fault.guideline, fault.seeds) as copy:
        found = found_in(copy.folder)
        expected = [(told.level, told.place(copy), told.clause, told.words(copy)) for told in fault.told]
    if fault.answers_change:
        answers = [problem for problem in found if is_an_answer(problem)]
        assert answers, "no worked case answers otherwise"
        found = [problem for problem in found if problem not in answers]
    assert [(problem.level, problem.place, problem.clause) for problem in found] == [
        (level, place, clause) for level, place, clause, _ in expected
    ], [problem.message for problem in found]
    for problem, (*_, words) in zip(found, expected, strict=True):
        for word in words:
            assert word in problem.message
