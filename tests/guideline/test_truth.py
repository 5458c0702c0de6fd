"""Kleene's tables, cell by cell."""

from itertools import permutations, product

import pytest

from isodose.guideline.truth import (
    MET,
    NOT_MET,
    UNKNOWN,
    Truth,
    all_of,
    any_of,
    at_least,
    none_of,
    opposite,
)

LETTERS = {"T": MET, "F": NOT_MET, "?": UNKNOWN}


def truths(letters: str) -> list[Truth]:
    return [LETTERS[letter] for letter in letters]


@pytest.mark.parametrize(
    ("parts", "all_", "any_", "none"),
    [
        ("TT", "T", "T", "F"),
        ("TF", "F", "T", "F"),
        ("T?", "?", "T", "F"),
        ("FT", "F", "T", "F"),
        ("FF", "F", "F", "T"),
        ("F?", "F", "?", "?"),
        ("?T", "?", "T", "F"),
        ("?F", "F", "?", "?"),
        ("??", "?", "?", "?"),
        ("T", "T", "T", "F"),
        ("F", "F", "F", "T"),
        ("?", "?", "?", "?"),
        ("", "T", "F", "T"),
    ],
)
def test_two_parts_combine_as_kleene_says(parts: str, all_: str, any_: str, none: str) -> None:
    assert all_of(truths(parts)) is LETTERS[all_]
    assert any_of(truths(parts)) is LETTERS[any_]
    assert none_of(truths(parts)) is LETTERS[none]


@pytest.mark.parametrize(
    ("parts", "by_count"),
    [
        # of these parts, at least 1, at least 2, at least 3, at least 4
        ("TTT", "TTTF"),
        ("TTF", "TTFF"),
        ("TT?", "TT?F"),
        ("TFF", "TFFF"),
        ("TF?", "T?FF"),
        ("T??", "T??F"),
        ("FFF", "FFFF"),
        ("FF?", "?FFF"),
        ("F??", "??FF"),
        ("???", "???F"),
    ],
)
def test_at_least_is_met_when_enough_are_and_not_met_when_too_few_can_be(parts: str, by_count: str) -> None:
    for order in permutations(parts):
        answers = [at_least(count, truths("".join(order))) for count in (1, 2, 3, 4)]
        assert answers == truths(by_count)


def test_the_parts_may_be_any_iterable() -> None:
    assert at_least(2, (truth for truth in truths("T?T"))) is MET
    assert all_of(truth for truth in truths("TT")) is MET


def test_opposite_leaves_unknown_unknown() -> None:
    assert [opposite(truth) for truth in truths("TF?")] == truths("FT?")


def test_combining_means_the_same_as_asking_every_way_the_unknown_could_turn_out() -> None:
    """A combination is unknown exactly if some completion makes it met and another makes it not met."""
    for parts in product("TF?", repeat=3):
        completions = list(product(*("TF" if letter == "?" else letter for letter in parts)))
        for combine, holds in (
            (all_of, all),
            (any_of, any),
            (none_of, lambda known: not any(known)),
            (lambda given: at_least(2, given), lambda known: sum(known) >= 2),
        ):
            outcomes = {bool(holds([letter == "T" for letter in known])) for known in completions}
            expected = UNKNOWN if len(outcomes) == 2 else (MET if outcomes.pop() else NOT_MET)
            assert combine(truths("".join(parts))) is expected


def test_the_words_are_those_of_the_flat_output() -> None:
    assert [truth.value for truth in Truth] == ["met", "not-met", "unknown"]
