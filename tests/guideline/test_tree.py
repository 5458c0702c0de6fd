"""What a rule is made of: leaves from left to right, and the clauses that a tree looks at."""

from datetime import date

import pytest

from isodose.guideline.tree import (
    All,
    Any,
    AtLeast,
    ClauseMet,
    InDiagnoses,
    Leaf,
    Node,
    NoneOf,
    Otherwise,
    Period,
    Yes,
    clauses_reached,
    is_below,
    leaves,
)

A, B, C, D, E = (Yes(letter, letter) for letter in "abcde")


def clause(name: str) -> ClauseMet:
    return ClauseMet(name, f"clause {name}")


def in_clause(name: str) -> InDiagnoses:
    return InDiagnoses("diagnosis", name, is_set=False, phrase=f"diagnosis in {name}")


def test_leaves_come_from_left_to_right_and_as_often_as_they_stand_there() -> None:
    tree = All((A, Any((B, NoneOf((C, A)))), AtLeast(1, (D, E))))
    assert list(leaves(tree)) == [A, B, C, A, D, E]


@pytest.mark.parametrize("leaf", [A, clause("1"), in_clause("1"), Otherwise()])
def test_a_leaf_is_its_own_only_leaf(leaf: Leaf) -> None:
    assert list(leaves(leaf)) == [leaf]


@pytest.mark.parametrize(
    ("name", "target", "below"),
    [
        ("1.a", "1.a", True),
        ("1.a.iii", "1.a", True),
        ("1.a.iii", "1", True),
        ("1", "1.a", False),
        ("1.ab", "1.a", False),
        ("10", "1", False),
        ("2.1.a", "1.a", False),
    ],
)
def test_a_clause_lies_below_those_whose_number_starts_its_own(name: str, target: str, *, below: bool) -> None:
    assert is_below(name, target) is below


def test_a_tree_reaches_what_it_refers_to_and_what_that_refers_to() -> None:
    rules: dict[str, Node] = {"1": All((A, clause("2"))), "2": NoneOf((clause("3"),)), "3": B, "4": C}
    assert clauses_reached(Any((A, clause("1"))), rules) == {"1", "2", "3"}
    assert clauses_reached(clause("4"), rules) == {"4"}
    assert clauses_reached(A, rules) == set()


def test_a_diagnosis_leaf_looks_at_its_clause_and_at_all_below_it() -> None:
    rules: dict[str, Node] = {name: in_clause(name) for name in ("1", "1.a", "1.a.i", "1.b", "10", "2")}
    assert clauses_reached(in_clause("1.a"), rules) == {"1.a", "1.a.i"}
    assert clauses_reached(in_clause("1"), rules) == {"1", "1.a", "1.a.i", "1.b"}


def test_a_named_set_is_no_clause_even_where_one_has_its_name() -> None:
    named = InDiagnoses("diagnosis", "1", is_set=True, phrase="diagnosis in 1")
    assert clauses_reached(named, {"1": A}) == set()


def test_clauses_that_refer_to_one_another_are_reached_once() -> None:
    rules: dict[str, Node] = {"1": clause("2"), "2": clause("1")}
    assert clauses_reached(clause("1"), rules) == {"1", "2"}


def test_a_clause_without_a_rule_is_not_reached() -> None:
    assert clauses_reached(clause("9"), {"1": A}) == set()


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (None, None, [True, True, True]),
        ("2026-01-02", None, [False, True, True]),
        (None, "2026-01-02", [True, True, False]),
        ("2026-01-02", "2026-01-02", [False, True, False]),
    ],
)
def test_a_period_holds_its_first_and_its_last_day(since: str | None, until: str | None, held: list[bool]) -> None:
    bounds = (date.fromisoformat(bound) if bound else None for bound in (since, until))
    period = Period(*bounds)
    assert [period.holds(date(2026, 1, day)) for day in (1, 2, 3)] == held
