"""The blocks of an edition beside the text they stand under: each clause with its words, its title and its readings."""

import pytest
from tests.guideline.samples import EDITION, ONE_RUNG, edition, facts, read_edition

from isodose.guideline.document import Piece
from isodose.guideline.edition import Aside, Clause, Data, Reading
from isodose.guideline.edition_body import quote_of
from isodose.guideline.edition_source import edition_from
from isodose.guideline.problem import Place, Problem
from isodose.guideline.tree import All, Compare, Yes


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
        place=Place("2025-01-01.md", EDITION[: EDITION.index("```rule 1")].count("\n") + 1),
    )


def test_a_clause_without_a_title_is_called_by_its_words() -> None:
    assert edition().clauses["2"].title == "The airway is abnormal"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Thyroid,", "Thyroid"),
        ("These:", "These"),
        ("A " * 29 + "AB", "A " * 29 + "AB"),
        ("A " * 30 + "AB", "A " * 28 + "A …"),
        ("word " * 12 + "end.", "word " * 10 + "word …"),
    ],
)
def test_a_long_title_ends_where_a_word_does(words: str, title: str) -> None:
    found = edition(f"{words}\n\n```rule x\nsymptoms\n```\n", ONE_RUNG)
    assert found.clauses["x"].title == title
    assert len(found.clauses["x"].title) <= 60


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
    found = edition(body, ONE_RUNG)
    assert found.clauses["x"].readings == ("A1", "A2")
    assert found.clauses["y"].readings == ("A3",)
    assert list(found.readings) == ["A1", "A2", "A3"]


def test_a_reading_that_cannot_be_read_stands_beside_nothing() -> None:
    body = "1. One.\n\n```rule x\nsymptoms\n```\n\n```reading A1\nread as: So.\n```\n"
    found, problems = read_edition(ONE_RUNG + body)
    assert found is not None
    assert found.clauses["x"].readings == ()
    assert found.readings == {}
    assert len(problems) == 4


def test_text_and_blocks_are_kept_in_the_file_s_order() -> None:
    body = (
        "# Title\n\nText.\n\n```aside\nBecause\n  so.\n```\n\n1. One.\n\n```data d\n[a]\n```\n\n"
        "```rule x\nsymptoms\n```\n\n" + READING.format("A1")
    )
    found = edition(body, ONE_RUNG)
    assert [type(passage) for passage in found.passages] == [Piece, Piece, Aside, Piece, Data, Clause, Reading]
    assert found.passages[2] == Aside("Because so.", Place("2025-01-01.md", 17))
    assert found.passages[4] == found.data["d"] == Data("d", ["a"], Place("2025-01-01.md", 24))
    assert found.passages[5] is found.clauses["x"]
    assert found.passages[6] is found.readings["A1"]


def test_a_data_block_reads_the_table_of_its_own_group() -> None:
    body = "| Code |\n| --- |\n| 95810 |\n\n```data c\n{column: Code}\n```\n\n1. One.\n\n```rule x\nprocedure_code in c\n```\n"
    found = edition(body, ONE_RUNG)
    assert found.data["c"].value == ["95810"]
    other = body.replace("```data c", "```aside\nx\n```\n\nText.\n\n```data c")
    assert read_edition(ONE_RUNG + other)[1] == [
        "24:10 no table stands above this block to read the column `Code` from"
    ]


def test_rules_may_use_data_and_clauses_that_stand_below_them() -> None:
    body = (
        "1. One.\n\n```rule x\nall: [procedure_code in c, clause y]\n```\n\n"
        "2. Two.\n\n```data c\n[95810]\n```\n\n```rule y\nsymptoms\n```\n"
    )
    assert list(edition(body, ONE_RUNG).clauses) == ["x", "y"]


def test_what_stands_twice_is_told_with_the_line_of_the_first_and_the_first_is_kept() -> None:
    body = (
        "1. One.\n\n```rule x\nsymptoms\n```\n\n```rule x\nabnormal_airway\n```\n\n```data d\n[a]\n```\n\n"
        "```data d\n[b]\n```\n\n" + READING.format("A1") + READING.format("A1")
    )
    found, problems = read_edition(ONE_RUNG + body)
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
    found = edition(body, ONE_RUNG)
    assert list(found.clauses) == list(found.data) == ["x"]


def test_rules_about_what_could_not_be_read_are_not_blamed_for_it() -> None:
    body = (
        "1. One.\n\n```data c\n[\n```\n\n```rule x\nall: [procedure_code in c, procedure_code in c.d]\n```\n\n"
        "```rule y\nprocedure_code in e\n```\n"
    )
    _, problems = read_edition(ONE_RUNG + body)
    [yaml, other] = problems
    assert yaml.startswith("17:1 this is not YAML: ")
    assert other == "24:1 [y] no data block states a list `e`"
    problems_of_facts: list[Problem] = []
    edition_from(ONE_RUNG + "1. One.\n\n```rule x\nheight > 3\n```\n", "e.md", facts(), problems_of_facts, {"height"})
    assert problems_of_facts == []


def test_a_rule_that_is_no_yaml_is_told_with_its_clause() -> None:
    _, problems = read_edition(ONE_RUNG + "1. One.\n\n```rule x\n[\n```\n")
    assert problems == ["17:1 [x] this is not YAML: did not find expected node content"]


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        # a rule without a name may be the clause that is referred to, or looked at for a diagnosis
        ("```rule\nsymptoms\n```\n\n```rule x\nany: [clause 9, diagnosis in 9]\n```\n", ["15:1"]),
        # so may the second of two that share a name
        ("```rule y\nsymptoms\n```\n\n```rule y\nsymptoms\n```\n\n```rule x\nclause 9\n```\n", ["19:1"]),
        # and one whose first line is missing
        ("a: b\n```\n\n```rule x\nclause 9\n```\n", ["15:1"]),
        ("```data\n[95810]\n```\n\n```rule x\nprocedure_code in c\n```\n", ["15:1"]),
        ("```data d\n[95810]\n```\n\n```data d\n[a]\n```\n\n```rule x\nprocedure_code in c\n```\n", ["19:1"]),
        # otherwise it is told
        ("```data\n[95810]\n```\n\n```rule x\nclause 9\n```\n", ["15:1", "20:1"]),
        ("```rule\nsymptoms\n```\n\n```rule x\nprocedure_code in c\n```\n", ["15:1", "20:1"]),
    ],
    ids=["rule", "rule twice", "no first line", "data", "data twice", "data, clause", "rule, list"],
)
def test_where_a_block_has_lost_its_name_what_may_be_meant_is_not_blamed(blocks: str, told: list[str]) -> None:
    _, problems = read_edition(ONE_RUNG + "Text.\n\n" + blocks)
    assert sorted(problem.split(" ", 1)[0] for problem in problems) == told


def test_a_block_without_a_name_leaves_those_after_it() -> None:
    body = "Text.\n\n```data\n[a]\n```\n\n```data d\n[95810]\n```\n\n```rule x\nprocedure_code in d\n```\n"
    found, _ = read_edition(ONE_RUNG + body)
    assert found is not None
    assert list(found.data) == ["d"]
    assert list(found.clauses) == ["x"]
