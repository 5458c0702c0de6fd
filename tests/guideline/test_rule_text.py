"""A rule as its author would write it; read back, it is the same rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guideline.samples import vocabulary, yaml

from isodose.guideline.problem import Problem
from isodose.guideline.rule import tree_from
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.tree import All, Any, AtLeast, Node, NoneOf, Yes

A, B = Yes("symptoms", "symptoms"), Yes("home_study_possible", "home_study_possible")


@pytest.mark.parametrize(
    ("tree", "lines"),
    [
        (A, ["symptoms"]),
        (NoneOf((A,)), ["none: symptoms"]),
        (AtLeast(1, (A,)), ["at least 1: symptoms"]),
        (All((A, B)), ["all:", "  - symptoms", "  - home_study_possible"]),
        (
            Any((NoneOf((A,)), All((B, AtLeast(2, (A, B, A)))))),
            [
                "any:",
                "  - none: symptoms",
                "  - all:",
                "      - home_study_possible",
                "      - at least 2:",
                "          - symptoms",
                "          - home_study_possible",
                "          - symptoms",
            ],
        ),
        (All((Any((A, B)),)), ["all:", "  - any:", "      - symptoms", "      - home_study_possible"]),
    ],
)
def test_a_rule_is_written_one_part_a_line(tree: Node, lines: list[str]) -> None:
    assert rule_lines(tree) == lines


def combined(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    counted = several.flatmap(lambda found: st.integers(1, len(found)).map(lambda count: AtLeast(count, found)))
    return st.one_of(several.map(All), several.map(Any), several.map(NoneOf), counted)


LEAVES: st.SearchStrategy[Node] = st.sampled_from([A, B])


@given(st.recursive(LEAVES, combined, max_leaves=8))
def test_what_is_written_is_read_back(tree: Node) -> None:
    problems: list[Problem] = []
    assert tree_from(yaml("\n".join(rule_lines(tree))), vocabulary(), problems, None) == tree
    assert problems == []
