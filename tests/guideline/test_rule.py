"""A rule block's YAML as a tree; a part that cannot be read leaves no tree, and all problems are told."""

from dataclasses import replace

import pytest
from tests.guideline.samples import told, vocabulary, yaml

from isodose.guideline.problem import Problem
from isodose.guideline.rule import tree_from
from isodose.guideline.tree import All, Any, AtLeast, Compare, Node, NoneOf, Yes

SYMPTOMS = Yes("symptoms", "symptoms")
AT_HOME = Yes("home_study_possible", "home_study_possible")


def read(text: str, clause: str | None = "1") -> tuple[Node | None, list[str]]:
    problems: list[Problem] = []
    return tree_from(yaml(text), vocabulary(), problems, clause), told(problems)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("symptoms", SYMPTOMS),
        ("all: [symptoms, home_study_possible]", All((SYMPTOMS, AT_HOME))),
        ("any: [symptoms, home_study_possible]", Any((SYMPTOMS, AT_HOME))),
        ("none: [symptoms, home_study_possible]", NoneOf((SYMPTOMS, AT_HOME))),
        ("none: symptoms", NoneOf((SYMPTOMS,))),
        ("at least 2: [symptoms, home_study_possible]", AtLeast(2, (SYMPTOMS, AT_HOME))),
        ("at least 1: [symptoms]", AtLeast(1, (SYMPTOMS,))),
        ("all:\n  - symptoms\n  - none: home_study_possible", All((SYMPTOMS, NoneOf((AT_HOME,))))),
        ("any:\n  all: [symptoms]", Any((All((SYMPTOMS,)),))),
    ],
)
def test_the_ways_to_combine(text: str, tree: Node) -> None:
    assert read(text) == (tree, [])


def test_the_order_of_parts_is_kept() -> None:
    tree, _ = read("all: [bmi >= 30 kg/m2, symptoms, bmi < 40 kg/m2]")
    assert isinstance(tree, All)
    first, second, third = tree.parts
    assert isinstance(first, Compare)
    assert isinstance(third, Compare)
    assert (first.operator, second, third.operator) == (">=", SYMPTOMS, "<")


SHAPE = "a rule is one phrase, or one of `all:`, `any:`, `none:`, `at least N:` with its parts"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[symptoms]", [f"1:1 [1] {SHAPE}"]),
        ("{all: [symptoms], any: [symptoms]}", [f"1:1 [1] {SHAPE}"]),
        ("{}", [f"1:1 [1] {SHAPE}"]),
        ("all:\n  - [symptoms]", [f"2:5 [1] {SHAPE}"]),
        (
            "oll: [symptoms]",
            ["1:1 [1] `oll:` is not `all:`, `any:`, `none:` or `at least N:`; did you mean `all`?"],
        ),
        (
            "at least two: [symptoms]",
            ["1:1 [1] `at least two:` is not `all:`, `any:`, `none:` or `at least N:`; did you mean `at least 2`?"],
        ),
        (
            "at least 0: [symptoms]",
            ["1:1 [1] `at least 0:` is not `all:`, `any:`, `none:` or `at least N:`; did you mean `at least 2`?"],
        ),
        ("xyzzy: [symptoms]", ["1:1 [1] `xyzzy:` is not `all:`, `any:`, `none:` or `at least N:`"]),
        ("all: []", ["1:6 [1] `all:` has no parts"]),
        ("any: {}", ["1:6 [1] `any:` has no parts"]),
        ("at least 3: []", ["1:13 [1] `at least 3:` has no parts"]),
        (
            "at least 3: [symptoms, home_study_possible]",
            ["1:1 [1] `at least 3` can never be met: it has only 2 parts"],
        ),
        ("at least 2: symptoms", ["1:1 [1] `at least 2` can never be met: it has only 1 part"]),
    ],
)
def test_what_is_no_rule_is_told_where_it_stands(text: str, problems: list[str]) -> None:
    assert read(text)[1] == problems


def test_all_problems_come_at_once_and_then_there_is_no_tree() -> None:
    text = """\
        all:
          - simptoms
          - any:
              - symptoms
              - severity is bad
          - symptoms
        """
    assert read(text) == (
        None,
        [
            "2:5 [1] no fact `simptoms` is declared in facts.yaml; did you mean `symptoms`?",
            "5:9 [1] `severity` offers no `bad`: it is `mild`, `moderate` or `severe`",
        ],
    )


def test_a_part_without_its_combination_is_told_too() -> None:
    assert read("oll: [simptoms]") == (
        None,
        [
            "1:1 [1] `oll:` is not `all:`, `any:`, `none:` or `at least N:`; did you mean `all`?",
            "1:7 [1] no fact `simptoms` is declared in facts.yaml; did you mean `symptoms`?",
        ],
    )


def test_a_condition_of_the_ladder_belongs_to_no_clause() -> None:
    problems = ["1:1 no fact `tall` is declared in facts.yaml"]
    assert read("tall", clause=None) == (None, problems)
    assert read("all: []", clause=None) == (None, ["1:6 `all:` has no parts"])
    assert read("[a]", clause=None) == (None, [f"1:1 {SHAPE}"])
    assert read("at least 2: symptoms", clause=None)[1] == ["1:1 `at least 2` can never be met: it has only 1 part"]


def test_a_rule_about_what_could_not_be_read_is_no_tree_and_no_problem() -> None:
    problems: list[Problem] = []
    known = replace(vocabulary(), unreadable={"height"})
    assert tree_from(yaml("all: [symptoms, height < 2 m]"), known, problems, "1") is None
    assert problems == []


@pytest.mark.parametrize(("word", "near"), [("NOT", "none"), ("And", "all"), ("or", "any")])
def test_what_other_languages_call_a_combination_is_known(word: str, near: str) -> None:
    _, [problem] = read(f"{word}: [symptoms]")
    assert problem.endswith(f"did you mean `{near}`?")


def test_a_part_with_nothing_in_it_is_told() -> None:
    assert read("all: [symptoms, '']") == (None, ["1:17 [1] nothing is written here"])


def test_a_name_that_nothing_declares_is_told_as_such() -> None:
    problems: list[Problem] = []
    tree_from(yaml("all: [simptoms, symptoms is mild]"), vocabulary(), problems, "1")
    assert [problem.unknown for problem in problems] == ["simptoms", ""]
