"""The report as a user sees it: what is proved, what is found and by which reading it is settled, in words and in time."""

import builtins
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from tests.command_line import Run
from tests.determination.imrt_cases import imrt
from tests.guideline.check.seed import Copy
from tests.proof.seed import TEMPLATE
from tests.proof.slips import SLIPS

from isodose.commands.check import NOT_PROVED
from isodose.guideline.check import PROVED_TOPICS
from isodose.guideline.content import shipped
from isodose.guideline.load import load_or_raise
from isodose.guideline.problem import Level
from isodose.proof.report import Proof, prove

IMRT = imrt()


@pytest.fixture(scope="module")
def proof() -> Proof:
    return prove(IMRT.guideline)


def test_all_that_pulls_apart_in_imrt_is_settled_by_a_reading(proof: Proof) -> None:
    found = {(finding.topic, finding.clause) for finding in proof.findings}
    assert found == {
        ("coverage-and-limitation", "note-minors"),
        ("criterion-and-limitation", "limitations"),
        ("overtaken", "3"),
        ("exception-shut-out", "1"),
        ("uncovered", None),
    }
    assert {problem.level for problem in proof.problems} == {Level.SETTLED}
    readings = {problem.topic: problem.message.rpartition(" ")[2] for problem in proof.problems}
    assert readings == {
        "coverage-and-limitation": "A1",
        "criterion-and-limitation": "A23",
        "overtaken": "A1",
        "exception-shut-out": "A4",
        "uncovered": "C1",
    }


def test_the_region_that_no_criterion_covers_is_told_in_clinical_words(proof: Proof) -> None:
    [uncovered] = [finding for finding in proof.findings if finding.topic == "uncovered"]
    assert uncovered.message == (
        "No criterion covers a request where neither the tissue nor a critical structure was irradiated before, and (the age "
        "is at least 21 years or radiation therapy is not required for the tumor), and (no documented reason calls for IMRT "
        "rather than 3D conformal radiation or no diagnosis is listed in 1 or (treatment is palliative and no diagnosis is a "
        "metastasis in the central nervous system)): it ends in review"
    )


def test_every_example_is_answered_as_it_is_told(proof: Proof) -> None:
    for finding in proof.findings:
        assert finding.example is not None
        answer = IMRT.determine(finding.example)
        assert finding.shown.startswith("For example ")
        assert f": {answer.outcome}" in finding.shown


def test_each_rung_and_clause_of_imrt_decides_a_case(proof: Proof) -> None:
    told = {one.alive.clause for one in proof.decides if one.edition == "2025-10-01"}
    assert told - {None} == set(IMRT.guideline.editions[-1].clauses)
    assert "all 59 rungs and clauses decide some case by themselves" in proof.statements


def test_what_never_decides_is_counted_apart(content: Path) -> None:
    copy = Copy(content / TEMPLATE)
    try:
        next(slip for slip in SLIPS if str(slip) == "a date is before the edition begins").into(copy)
        statements = prove(load_or_raise(copy.folder)).statements
    finally:
        copy.restore()
    assert statements[-1] == "13 of 14 rungs and clauses decide some case by themselves; 1 never does"


def test_no_word_of_a_solver_is_told(proof: Proof) -> None:
    told = [*proof.statements, *(finding.message + finding.shown for finding in proof.findings)]
    told += [one.alive.name + one.alive.message for one in proof.decides]
    assert not [
        text for text in told for word in ("z3", "sat", "claim ", "None", "True", "frozenset") if word in text.split()
    ]


def test_each_topic_that_a_proof_finds_can_be_settled(proof: Proof) -> None:
    assert {finding.topic for finding in proof.findings} <= set(PROVED_TOPICS)


def test_the_check_shows_for_each_clause_a_case_that_it_decides(run: Run) -> None:
    result = run("check", "--examples", shipped("template"))
    assert result.status == 0
    assert "Edition 2026-01-01: what decides, with the smallest case that shows it" in result.out
    assert "Criterion 1.b (Habitual snoring)" in result.out


def test_without_z3_the_check_says_so_and_tells_all_else(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without_z3(
        name: str,
        names: Mapping[str, object] | None = None,
        more: Mapping[str, object] | None = None,
        given: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if name == "z3":
            raise ImportError(name)
        return imported(name, names, more, given or (), level)

    monkeypatch.setattr(builtins, "__import__", without_z3)
    result = run("check", shipped("imrt"))
    assert result.status == 0
    assert "python -m pip install 'isodose[proof]'" in " ".join(result.out.split())
    assert "Settled by reading A18" in " ".join(result.out.split())
    assert NOT_PROVED.startswith("Nothing was proved")


def test_the_whole_check_of_imrt_takes_less_than_five_seconds_of_the_processor() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "isodose", "check"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"the check of imrt: {spent:.1f} s of the processor")
    assert spent < 5
