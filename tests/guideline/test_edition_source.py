"""An edition's file as an edition: its front matter, what each clause is, and every fault told at once."""

from datetime import date

import pytest
from tests.guideline.samples import BODY, EDITION, FRONT, ONE_RUNG, edition, read_edition

from isodose.guideline.edition_source import clause_ids
from isodose.guideline.outcome import Outcome
from isodose.guideline.problem import ANY_CLAUSE


def test_the_front_matter_of_an_edition() -> None:
    found = edition()
    assert (found.guideline, found.title, found.plan) == ("sleep", "Sleep Studies", "Sample Health Plan")
    assert (found.effective, found.decided) == (date(2025, 1, 1), date(2024, 11, 20))
    assert (found.id, found.file) == ("2025-01-01", "2025-01-01.md")
    assert (found.reconstructed, found.published, found.criteria_held) == (True, None, True)
    assert [rung.outcome for rung in found.ladder] == [
        Outcome.NOT_APPLICABLE,
        Outcome.APPROVED,
        Outcome.CLINICAL_REVIEW,
    ]


def test_an_edition_whose_published_text_is_held_and_whose_criteria_are_not() -> None:
    front = FRONT.replace("text: reconstructed", "text: published/2025-01-01.txt")
    found = edition(front=front.replace("criteria: held", "criteria: not held"))
    assert (found.reconstructed, found.published) == (False, "published/2025-01-01.txt")
    assert not found.criteria_held


def test_an_edition_is_named_after_its_file() -> None:
    found, _ = read_edition(EDITION, "2025-01-01@2024-11-20.md")
    assert found is not None
    assert found.id == "2025-01-01@2024-11-20"


KINDS = """\
---
guideline: sleep
title: T
plan: P
effective: 2025-01-01
decided: 2024-11-20
text: reconstructed
criteria: held
ladder:
  - {when: {none: clause scope}, outcome: not-applicable}
  - {when: clause free, outcome: not-required}
  - {when: clause minors, outcome: covered-without-review}
  - {when: clause limitations, outcome: clinical-review, reason: limitation}
  - {when: {any: [clause 1, clause 2]}, outcome: approved}
  - {when: clause doubt, outcome: clinical-review, reason: judgement}
  - {otherwise: clinical-review, reason: criteria-not-met}
---
Text.

"""
RULES = {
    "1": "all: [clause base, diagnosis in 1.a]",
    "2": "clause limitations",
    "scope": "symptoms",
    "free": "symptoms",
    "minors": "symptoms",
    "limitations": "symptoms",
    "base": "symptoms",
    "1.a": "diagnosis in 1.a",
    "1.a.i": "diagnosis in 1.a.i",
    "1.b": "diagnosis in 1.b",
    "doubt": "symptoms",
}


def test_what_a_clause_is_follows_from_the_first_rung_that_reaches_it() -> None:
    blocks = "".join(f"```rule {name}\n{rule}\n```\n\n" for name, rule in RULES.items())
    found = edition(blocks, KINDS)
    assert {name: clause.kind for name, clause in found.clauses.items()} == {
        "1": "criterion",
        "2": "criterion",
        "scope": "scope",
        "free": "scope",
        "minors": "criterion",
        "limitations": "limitation",
        "base": "criterion",
        "1.a": "criterion",
        "1.a.i": "criterion",
        "1.b": "passage",
        "doubt": "criterion",
    }
    assert list(found.clauses) == list(RULES)


def test_clauses_are_named_before_anything_else_of_a_file_is_read() -> None:
    assert clause_ids(EDITION) == ["1", "2"]
    assert clause_ids("no front matter\n\n```rule 9\n[\n```\n\n```data d\n```\n") == ["9"]


@pytest.mark.parametrize("name", ["guideline", "title", "plan", "effective", "decided", "text", "criteria", "ladder"])
def test_what_the_front_matter_lacks_is_told(name: str) -> None:
    lines = FRONT.splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name}:"))
    end = start + 1
    while lines[end].startswith(" "):
        end += 1
    found, problems = read_edition("".join(lines[:start] + lines[end:]) + BODY)
    assert problems == [f"2:1 the front matter lacks `{name}`"]
    assert (found is None) == (name in ("effective", "decided"))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "effective: 2025-01-01",
            "effective: January",
            "5:12 `effective` must be a date like 2025-10-01, not `January`",
        ),
        (
            "decided: 2024-11-20",
            "decided: 2024",
            "6:10 `decided` must be a date like 2025-10-01, not `2024`",
        ),
        (
            "criteria: held",
            "criteria: not-held",
            "8:11 `criteria` is `held` or `not held`, not `not-held`; did you mean `not held`?",
        ),
        ("criteria: held", "criteria: 5", "8:11 `criteria` is `held` or `not held`, not `5`"),
        ("plan: ", "plam: x\nplan: ", "4:1 the front matter has no `plam`; did you mean `plan`?"),
        ("ladder:\n", "ladder: x\nother:\n", "9:9 `ladder` must be a list of rungs"),
    ],
)
def test_what_is_wrong_in_the_front_matter_is_told(old: str, new: str, problem: str) -> None:
    assert problem in read_edition(EDITION.replace(old, new))[1]


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = (
        EDITION.replace("title: Sleep Studies\n", "")
        .replace("effective: 2025-01-01", "effective: x")
        .replace("clause 2", "clause 3")
        .replace("  - symptoms", "  - simptoms")
        .replace("[95810, 95811]", "{codes: [95810], since: now}")
    )
    assert read_edition(text) == (
        None,
        [
            "22:35 `since` must be a date like 2026-01-01",
            "29:5 [1] no fact `simptoms` is declared in facts.yaml; did you mean `symptoms`?",
            "11:28 no clause `3` has a rule in this edition",
            "4:12 `effective` must be a date like 2025-10-01, not `x`",
            "2:1 the front matter lacks `title`",
        ],
    )


def test_an_edition_without_front_matter_is_none() -> None:
    assert read_edition(BODY) == (
        None,
        ["1:1 the file must start with front matter between two lines `---`"],
    )


def test_clauses_that_refer_to_one_another_are_told() -> None:
    body = "1. One.\n\n```rule x\nany: [clause y, symptoms]\n```\n\n2. Two.\n\n```rule y\nnone: clause x\n```\n"
    _, problems = read_edition(ONE_RUNG + body)
    assert problems == ["15:1 [x] clause `x` refers to itself: x → y → x"]
    assert read_edition(ONE_RUNG + "1. One.\n\n```rule x\nclause x\n```\n")[1] == [
        "15:1 [x] clause `x` refers to itself: x → x"
    ]


def test_a_diagnosis_in_its_own_clause_is_no_circle() -> None:
    assert list(edition("1. One.\n\n```rule x\ndiagnosis in x\n```\n", ONE_RUNG).clauses) == ["x"]


@pytest.mark.parametrize(
    "blocks",
    ["```rule\nx\n```\n", "```rule 9\nx\n```\n\n```rule 9\nx\n```\n", "x\n```\n"],
    ids=["no name", "twice", "no first line"],
)
def test_where_a_rule_has_lost_its_name_any_clause_may_be_meant(blocks: str) -> None:
    assert ANY_CLAUSE in clause_ids(ONE_RUNG + "Text.\n\n" + blocks)
    assert ANY_CLAUSE not in clause_ids(EDITION + "```data\nx\n```\n")


def test_front_matter_that_is_no_yaml_is_told() -> None:
    found, problems = read_edition(EDITION.replace("title: Sleep Studies", "title: [Sleep"))
    assert found is None
    assert len(problems) == 1
    assert "this is not YAML" in problems[0]
