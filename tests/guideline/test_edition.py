"""One dated text: what it holds, and how it is named."""

from datetime import date

import pytest
from tests.guideline.samples import EDITION, facts

from isodose.guideline.edition import Edition, edition_id
from isodose.guideline.edition_source import edition_from
from isodose.guideline.problem import Problem
from isodose.guideline.tree import InList, NoneOf, Otherwise, leaves


@pytest.fixture(scope="module")
def edition() -> Edition:
    found = edition_from(EDITION, "2025-01-01.md", facts(), [])
    assert found is not None
    return found


def test_an_edition_is_named_by_its_effective_date_and_the_date_decided_where_that_is_shared() -> None:
    effective, decided = date(2025, 1, 1), date(2024, 9, 19)
    assert edition_id(effective, decided, is_shared=False) == "2025-01-01"
    assert edition_id(effective, decided, is_shared=True) == "2025-01-01@2024-09-19"


def test_its_pieces_are_the_text_alone(edition: Edition) -> None:
    assert [piece.text for piece in edition.pieces] == [
        "# Sleep Studies",
        "These codes need prior authorization: 95810, 95811.",
        "1. Symptoms, and a body mass index of 30 or more.",
        "2. The airway is abnormal.",
    ]


def test_its_trees_are_those_of_the_ladder_and_then_of_the_clauses(edition: Edition) -> None:
    first, second, last, *clauses = edition.trees
    assert isinstance(first, NoneOf)
    assert isinstance(first.parts[0], InList)
    assert second is edition.ladder[1].when
    assert last == Otherwise()
    assert clauses == [edition.clauses["1"].rule, edition.clauses["2"].rule]


def test_the_names_that_a_data_block_states(edition: Edition) -> None:
    assert edition.data_names("codes") == ("required",)
    assert edition.data_names("products") == ()


BELOW = "\n```data codes.later\nrequired: [95782]\nfree: [95783]\n```\n\n```rule 3\nprocedure_code in codes.later.required\n```\n"


def test_a_data_block_below_another_adds_to_its_lists_and_is_a_list_of_its_own() -> None:
    problems: list[Problem] = []
    found = edition_from(EDITION + BELOW, "2025-01-01.md", facts(), problems)
    assert found is not None
    assert problems == []
    assert [(data.name, part, value) for data, part, value in found.parts_stated("codes")] == [
        ("codes", "required", ["95810", "95811"]),
        ("codes.later", "required", ["95782"]),
        ("codes.later", "free", ["95783"]),
    ]
    [ladder] = [leaf for leaf in leaves(found.ladder[0].when) if isinstance(leaf, InList)]
    [own] = [leaf for leaf in leaves(found.clauses["3"].rule) if isinstance(leaf, InList)]
    assert ladder.members == {"95810", "95811", "95782"}
    assert own.members == {"95782"}


def test_the_names_of_the_parts_of_a_block_below_another_are_no_list() -> None:
    problems: list[Problem] = []
    edition_from(EDITION + BELOW.replace("in codes.later.required", "in codes.later"), "e.md", facts(), problems)
    assert [problem.message for problem in problems] == [
        "no data block states a list `codes.later`; did you mean `codes.later.free`?"
    ]


def test_a_data_block_that_is_a_list_states_no_names() -> None:
    text = EDITION.replace("required: [95810, 95811]", "[95810, 95811]").replace("codes.required", "codes")
    found = edition_from(text, "2025-01-01.md", facts(), [])
    assert found is not None
    assert found.data_names("codes") == ()


def test_two_editions_are_never_equal(edition: Edition) -> None:
    other = edition_from(EDITION, "2025-01-01.md", facts(), [])
    assert edition != other
    assert edition == edition  # noqa: PLR0124
