"""A second guideline is content and no code: it passes every check, and the engine has no word of the first."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from isodose.determination.check import answered, case_problems, check_guideline
from isodose.determination.program import Program
from isodose.guideline.load import load_or_raise
from isodose.guideline.outcome import Outcome
from isodose.guideline.problem import Level
from isodose.guideline.tree import COMBINATIONS, Node
from isodose.guideline.worked_case import WorkedCase, worked_cases
from tests.command_line import Run

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "second_guideline" / "diabetes-screening"
PROGRAM = Program(load_or_raise(FOLDER))
CASES = worked_cases(PROGRAM.guideline, [])

PARTS = ("guideline", "determination", "batch", "terminal")
FILES = [
    *(file for part in PARTS for file in (ROOT / "src" / "isodose" / part).rglob("*.py")),
    ROOT / "src/isodose/cli.py",
]

WORDS_OF_THE_FIRST = re.compile(
    r"imrt|vmat|radi(?:ation|other|olog)|irradiat|proton|dose|tumou?r|neoplasm|cancer|malignan|metasta|curative|palliative|"
    r"oncolog|carcinoma|\b(?:77\d{3}|G60\d\d|Z51)\b|connecticut|ma-hmo|ma-ppo",
    re.IGNORECASE,
)
NOT_MEANT = re.compile(r"isodose|absorbed dose|`\[77385, 77386\]`", re.IGNORECASE)
"""Our own name, what a Gy measures, and codes as an example of how a list is written."""


def test_it_holds_content_only() -> None:
    assert {file.suffix for file in FOLDER.rglob("*") if file.is_file()} <= {".md", ".yaml", ".csv", ".txt"}


def test_it_passes_the_check(run: Run) -> None:
    assert [problem for problem in check_guideline(FOLDER).problems if problem.level is Level.ERROR] == []
    assert run("check", FOLDER).status == 0


@pytest.mark.parametrize("case", CASES, ids=[case.place.file for case in CASES])
def test_each_worked_case_is_answered_as_it_says(case: WorkedCase) -> None:
    assert case_problems(case, PROGRAM) == []


def test_the_cases_reach_every_outcome_that_it_has() -> None:
    reached = {answered(case, PROGRAM).outcome for case in CASES}
    ladders = {rung.outcome for edition in PROGRAM.guideline.editions for rung in edition.ladder}
    assert reached >= ladders | {Outcome.INFORMATION_NEEDED, Outcome.INVALID}


def test_it_needs_constructs_that_the_first_does_not() -> None:
    phrases = {phrase.split(" ")[1] for phrase in PROGRAM.guideline.leaf_phrases if " " in phrase}
    assert {">", ">=", "<", "=", "is", "in"} <= phrases
    used = {
        type(node).__name__ for edition in PROGRAM.guideline.editions for tree in edition.trees for node in nodes(tree)
    }
    assert "AtLeast" in used
    assert any(rung.grants for edition in PROGRAM.guideline.editions for rung in edition.ladder)
    assert any(fact.absent for fact in PROGRAM.guideline.facts.values())


def nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, COMBINATIONS):
        for part in node.parts:
            yield from nodes(part)


def test_every_command_takes_it(run: Run) -> None:
    row = json.dumps({"date_of_service": "2024-03-01", "procedure_code": "82947", "product": "part-b"})
    for command in (
        ["decide", "--json", "-"], ["decide", "-"], ["show"], ["show", "e.5"], ["show", "codes", "--editions"],
        ["export", "schema"], ["export", "csv-template"],
    ):  # fmt: skip
        ended = run(*command, "--content", FOLDER, stdin=row)
        assert (ended.status, ended.err) == (0, ""), command
        assert not WORDS_OF_THE_FIRST.search(NOT_MEANT.sub("", ended.out)), command


def spoken(file: Path) -> Iterator[tuple[int, str]]:
    """The names and texts of a module with their lines; what it explains in docstrings and comments is free."""
    tree = ast.parse(file.read_text("utf-8"))
    explained = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield node.lineno, node.value
        for name in ("id", "name", "attr", "arg", "module"):
            if isinstance(value := getattr(node, name, None), str):
                yield getattr(node, "lineno", 1), value


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT / "src" / "isodose")))
def test_the_engine_has_no_word_of_a_guideline(file: Path) -> None:
    found = [
        f"{file.name}:{line}: {text!r}"
        for line, text in spoken(file)
        if WORDS_OF_THE_FIRST.search(NOT_MEANT.sub("", text))
    ]
    assert found == []


def test_such_a_word_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(
        '"""IMRT is free here."""\nfrom isodose import a\nproton = f"the dose of {a}"\n', "utf-8"
    )
    found = [text for _, text in spoken(tmp_path / "x.py") if WORDS_OF_THE_FIRST.search(NOT_MEANT.sub("", text))]
    assert found == ["proton", "the dose of "]
