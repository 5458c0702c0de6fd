"""What a message offers: the nearest right word, or the words that are right."""

import pytest

from isodose.guideline.problem import Level, Place, Problem, did_you_mean, listed


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("treatment-intent", "; did you mean `treatment_intent`?"),
        ("Treatment_Intent", "; did you mean `treatment_intent`?"),
        ("tretment_intent", "; did you mean `treatment_intent`?"),
        ("ages", "; did you mean `Age`?"),
        ("1.b", "; did you mean `1.a`?"),
        ("technique", ""),
        ("", ""),
    ],
)
def test_the_nearest_word_is_offered_if_one_is_near(word: str, offered: str) -> None:
    assert did_you_mean(word, ["treatment_intent", "Age", "1.a"]) == offered


def test_a_word_is_near_from_three_fifths_on() -> None:
    assert did_you_mean("abcde", ["abcxy"]) == "; did you mean `abcxy`?"
    assert did_you_mean("abcdef", ["abcxyz"]) == ""


def test_the_nearer_of_two_is_offered() -> None:
    assert did_you_mean("curativ", ["curable", "curative"]) == "; did you mean `curative`?"


def test_words_are_listed_with_or_before_the_last() -> None:
    assert listed(["a"]) == "`a`"
    assert listed(["a", "b"]) == "`a` or `b`"
    assert listed(word for word in "abc") == "`a`, `b` or `c`"


def test_a_problem_is_an_error_at_the_start_of_its_file_unless_said_otherwise() -> None:
    problem = Problem(Place("facts.yaml"), "wrong")
    assert (problem.place.line, problem.place.column) == (1, 1)
    assert (problem.level, problem.clause, problem.topic) == (Level.ERROR, None, "")


def test_places_sort_as_one_reads() -> None:
    places = [Place("b"), Place("a", 10, 1), Place("a", 9, 2), Place("a", 9, 1)]
    assert sorted(places) == [Place("a", 9, 1), Place("a", 9, 2), Place("a", 10, 1), Place("b")]
