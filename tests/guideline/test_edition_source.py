"""An edition's file as an edition: clauses with their words, kinds and readings; every fault told at once."""

from datetime import date

import pytest

from isodose.guideline.document import Piece
from isodose.guideline.edition import Aside, Clause, Data, Edition, Reading
from isodose.guideline.edition_source import clause_ids, edition_from, quote_of
from isodose.guideline.outcome import Outcome
from isodose.guideline.problem import Place, Problem
from isodose.guideline.tree import All, Compare, Yes
from tests.guideline.samples import EDITION, facts, told

BODY = EDITION[EDITION.index("# Sleep") :]
FRONT = EDITION[: EDITION.index("# Sleep")]
FIRST_LINE = FRONT.count("\n") + 1


def read(text: str, file: str = "2025-01-01.md") -> tuple[Edition | None, list[str]]:
    problems: list[Problem] = []
    found = edition_from(text, file, facts(), problems)
    assert {problem.place.file for problem in problems} <= {file}
    return found, told(problems)


def edition(body: str = BODY, front: str = FRONT) -> Edition:
    found, problems = read(front + body)
    assert problems == []
    assert found is not None
    return found


def line_of(text: str, of: str = EDITION) -> int:
    return of[: of.index(text)].count("\n") + 1


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
    found, _ = read(EDITION, "2025-01-01@2024-11-20.md")
    assert found is not None
    assert found.id == "2025-01-01@2024-11-20"


def test_a_clause_has_the_words_it_stands_under_without_its_number() -> None:
    clause = edition().clauses["1"]
    assert isinstance(clause.rule, All)
    assert clause.rule.parts[0] == Yes("symptoms", "symptoms")
    assert isinstance(clause.rule.parts[1], Compare)
    assert clause == Clause(
        id="1",
        title="Symptoms",
        quote="Symptoms, and a body mass index of 30 or more.",
        kind="criterion",
        rule=clause.rule,
        readings=(),
        place=Place("2025-01-01.md", line_of("```rule 1")),
    )


def test_a_clause_without_a_title_is_called_by_its_words() -> None:
    assert edition().clauses["2"].title == "The airway is abnormal"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Thyroid,", "Thyroid"),
        ("These:", "These"),
        ("A " * 29 + "AB", "A " * 29 + "AB"),
        ("A " * 30 + "AB", "A " * 27 + "A …"),
        ("word " * 12 + "end.", "word " * 10 + "word …"),
    ],
)
def test_a_long_title_ends_where_a_word_does(words: str, title: str) -> None:
    found = edition(f"{words}\n\n```rule x\nsymptoms\n```\n", FRONT_X)
    assert found.clauses["x"].title == title
    assert len(found.clauses["x"].title) <= 60


FRONT_X = """\
---
guideline: sleep
title: T
plan: P
effective: 2025-01-01
decided: 2024-11-20
text: reconstructed
criteria: held
ladder:
  - {when: clause x, outcome: approved}
  - {otherwise: clinical-review, reason: criteria-not-met}
---
"""


@pytest.mark.parametrize(
    ("clause", "text", "quote"),
    [
        ("1", "1. The **plan** considers", "The plan considers"),
        ("1.a.iii", "iii. Hypopharynx", "Hypopharynx"),
        ("1.a", "1.a. Head", "1.a. Head"),
        ("3", "13. Other", "13. Other"),
        ("3", "3 Other", "3 Other"),
        ("limitations", "The plan does not cover", "The plan does not cover"),
    ],
)
def test_the_number_that_is_left_out_of_a_quote_is_the_clause_s_own(clause: str, text: str, quote: str) -> None:
    assert quote_of(clause, (Piece("paragraph", text, Place("e.md")),)) == quote


def test_a_quote_is_all_the_pieces_on_one_line() -> None:
    pieces = (Piece("paragraph", "1. These:", Place("e.md")), Piece("bullet_list", "- a\n- b", Place("e.md")))
    assert quote_of("1", pieces) == "These: a b"
    assert quote_of("1", ()) == ""


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


READING = """\
```reading {}
read as: So.
because: Why.
answered by: us
since: 2026-11-24
could also mean: Otherwise.
```

"""


def test_readings_belong_to_the_clauses_that_they_stand_beside() -> None:
    body = (
        "1. One.\n\n```rule x\nsymptoms\n```\n\n" + READING.format("A1") + READING.format("A2")
        + "2. Two.\n\n" + READING.format("A3") + "```rule y\nsymptoms\n```\n"
    )  # fmt: skip
    found = edition(body, FRONT_X)
    assert found.clauses["x"].readings == ("A1", "A2")
    assert found.clauses["y"].readings == ("A3",)
    assert list(found.readings) == ["A1", "A2", "A3"]


def test_a_reading_that_cannot_be_read_stands_beside_nothing() -> None:
    body = "1. One.\n\n```rule x\nsymptoms\n```\n\n```reading A1\nread as: So.\n```\n"
    found, problems = read(FRONT_X + body)
    assert found is not None
    assert found.clauses["x"].readings == ()
    assert found.readings == {}
    assert len(problems) == 4


def test_text_and_blocks_are_kept_in_the_file_s_order() -> None:
    body = (
        "# Title\n\nText.\n\n```aside\nBecause\n  so.\n```\n\n1. One.\n\n```data d\n[a]\n```\n\n"
        "```rule x\nsymptoms\n```\n\n" + READING.format("A1")
    )
    found = edition(body, FRONT_X)
    assert [type(passage) for passage in found.passages] == [Piece, Piece, Aside, Piece, Data, Clause, Reading]
    assert found.passages[2] == Aside("Because so.", Place("2025-01-01.md", 17))
    assert found.passages[4] == found.data["d"] == Data("d", ["a"], Place("2025-01-01.md", 24))
    assert found.passages[5] is found.clauses["x"]
    assert found.passages[6] is found.readings["A1"]


def test_a_data_block_reads_the_table_of_its_own_group() -> None:
    body = "| Code |\n| --- |\n| 95810 |\n\n```data c\n{column: Code}\n```\n\n1. One.\n\n```rule x\nprocedure_code in c\n```\n"
    found = edition(body, FRONT_X)
    assert found.data["c"].value == ["95810"]
    other = body.replace("```data c", "```aside\nx\n```\n\nText.\n\n```data c")
    assert read(FRONT_X + other)[1] == ["25:10 no table stands above this block to read the column `Code` from"]


def test_rules_may_use_data_and_clauses_that_stand_below_them() -> None:
    body = (
        "1. One.\n\n```rule x\nall: [procedure_code in c, clause y]\n```\n\n"
        "2. Two.\n\n```data c\n[95810]\n```\n\n```rule y\nsymptoms\n```\n"
    )
    assert list(edition(body, FRONT_X).clauses) == ["x", "y"]


def test_what_stands_twice_is_told_with_the_line_of_the_first_and_the_first_is_kept() -> None:
    body = (
        "1. One.\n\n```rule x\nsymptoms\n```\n\n```rule x\nabnormal_airway\n```\n\n```data d\n[a]\n```\n\n"
        "```data d\n[b]\n```\n\n" + READING.format("A1") + READING.format("A1")
    )
    found, problems = read(FRONT_X + body)
    assert problems == [
        "27:1 `data d` stands twice; the first is in line 23",
        "19:1 [x] `rule x` stands twice; the first is in line 15",
        "39:1 `reading A1` stands twice; the first is in line 31",
    ]
    assert found is not None
    assert found.clauses["x"].rule == Yes("symptoms", "symptoms")
    assert found.data["d"].value == ["a"]
    kinds = [type(passage) for passage in found.passages]
    assert kinds == [Piece, Clause, Data, Reading]


def test_a_rule_and_a_data_block_may_share_a_name() -> None:
    body = "Codes.\n\n```data x\n[95810]\n```\n\n```rule x\nprocedure_code in x\n```\n"
    found = edition(body, FRONT_X)
    assert list(found.clauses) == list(found.data) == ["x"]


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
    found, problems = read("".join(lines[:start] + lines[end:]) + BODY)
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
    assert problem in read(EDITION.replace(old, new))[1]


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = (
        EDITION.replace("title: Sleep Studies\n", "")
        .replace("effective: 2025-01-01", "effective: x")
        .replace("clause 2", "clause 3")
        .replace("  - symptoms", "  - simptoms")
        .replace("[95810, 95811]", "{codes: [95810], since: now}")
    )
    assert read(text) == (
        None,
        [
            "24:27 `since` must be a date like 2026-01-01",
            "31:5 [1] no fact `simptoms` is declared in facts.yaml; did you mean `symptoms`?",
            "11:28 no clause `3` has a rule in this edition",
            "4:12 `effective` must be a date like 2025-10-01, not `x`",
            "2:1 the front matter lacks `title`",
        ],
    )


def test_an_edition_without_front_matter_is_none() -> None:
    assert read(BODY) == (
        None,
        [
            "1:1 the file must start with front matter between two lines `---`",
            "2:1 nothing is written here",
        ],
    )


def test_clauses_that_refer_to_one_another_are_told() -> None:
    body = "1. One.\n\n```rule x\nany: [clause y, symptoms]\n```\n\n2. Two.\n\n```rule y\nnone: clause x\n```\n"
    _, problems = read(FRONT_X + body)
    assert problems == ["15:1 [x] clause `x` refers to itself: x → y → x"]
    assert read(FRONT_X + "1. One.\n\n```rule x\nclause x\n```\n")[1] == [
        "15:1 [x] clause `x` refers to itself: x → x"
    ]


def test_a_diagnosis_in_its_own_clause_is_no_circle() -> None:
    assert list(edition("1. One.\n\n```rule x\ndiagnosis in x\n```\n", FRONT_X).clauses) == ["x"]


def test_rules_about_what_could_not_be_read_are_not_blamed_for_it() -> None:
    body = (
        "1. One.\n\n```data c\n[\n```\n\n```rule x\nall: [procedure_code in c, procedure_code in c.d]\n```\n\n"
        "```rule y\nprocedure_code in e\n```\n"
    )
    _, problems = read(FRONT_X + body)
    [yaml, other] = problems
    assert yaml.startswith("17:1 this is not YAML: ")
    assert other == "24:1 [y] no data block states a list `e`"
    problems_of_facts: list[Problem] = []
    edition_from(FRONT_X + "1. One.\n\n```rule x\nheight > 3\n```\n", "e.md", facts(), problems_of_facts, {"height"})
    assert problems_of_facts == []


def test_a_rule_that_is_no_yaml_is_told_with_its_clause() -> None:
    _, problems = read(FRONT_X + "1. One.\n\n```rule x\n[\n```\n")
    assert problems == ["17:1 [x] this is not YAML: did not find expected node content"]
