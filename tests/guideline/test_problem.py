"""What a message offers: the nearest right word, or the words that are right."""

import pytest

from isodose.guideline.problem import Level, Place, Problem, did_you_mean, in_order, listed, nearest


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


def about(name: str, *places: Place) -> list[Problem]:
    return [Problem(place, f"no fact `{name}`", unknown=name) for place in places]


def in_words(problems: list[Problem]) -> list[str]:
    return [f"{one.place.file}:{one.place.line} {one.message}" for one in in_order(problems)]


def test_findings_come_as_one_reads_and_those_of_one_place_by_their_words() -> None:
    a, b, c = (Problem(Place("a", 2), word) for word in "abc")
    first = Problem(Place("a", 1), "z")
    assert in_order([c, b, first, a]) == [first, a, b, c]


def test_one_unknown_name_is_one_finding_where_it_is_used_first() -> None:
    found = about("x", Place("e.md", 9), Place("e.md", 4), Place("e.md", 7, 3))
    assert in_words(found) == ["e.md:4 no fact `x` (also in line 7, line 9)"]
    assert in_words(found[:2]) == ["e.md:4 no fact `x` (also in line 9)"]
    assert in_words(found[:1]) == ["e.md:9 no fact `x`"]


def test_other_names_and_findings_about_none_stay_apart() -> None:
    found = [*about("x", Place("e.md", 4)), *about("y", Place("e.md", 5))]
    found += [Problem(Place("e.md", line), "wrong") for line in (6, 7)]
    assert in_words(found) == ["e.md:4 no fact `x`", "e.md:5 no fact `y`", "e.md:6 wrong", "e.md:7 wrong"]


def test_a_name_used_twice_in_a_line_has_one_place() -> None:
    found = about("x", Place("e.md", 4, 1), Place("e.md", 4, 9))
    assert in_words(found) == ["e.md:4 no fact `x`"]
    assert in_words([*found, *about("x", Place("e.md", 5), Place("e.md", 5, 7))]) == [
        "e.md:4 no fact `x` (also in line 5)"
    ]


def test_of_another_file_the_first_place_is_named() -> None:
    found = about("x", Place("a.md", 4), Place("b.md", 7), Place("a.md", 5))
    assert in_words(found) == ["a.md:4 no fact `x` (also in line 5, b.md:7)"]
    assert in_words([*found, *about("x", Place("b.md", 9))]) == [
        "a.md:4 no fact `x` (also in line 5, b.md:7 and 1 more place)"
    ]
    assert in_words([*found, *about("x", Place("c.md", 2))]) == ["a.md:4 no fact `x` (also in line 5, b.md:7, c.md:2)"]


def test_five_further_places_are_named_and_the_others_counted() -> None:
    lines = [Place("a.md", line) for line in range(1, 10)]
    assert in_words(about("x", *lines[:6])) == ["a.md:1 no fact `x` (also in line 2, line 3, line 4, line 5, line 6)"]
    assert in_words(about("x", *lines[:7])) == [
        "a.md:1 no fact `x` (also in line 2, line 3, line 4, line 5, line 6 and 1 more place)"
    ]
    assert in_words(about("x", *lines[:8])) == [
        "a.md:1 no fact `x` (also in line 2, line 3, line 4, line 5, line 6 and 2 more places)"
    ]


def test_a_finding_keeps_what_else_it_says() -> None:
    found = [Problem(Place("a", line), "m", "1", Level.WARNING, "topic", unknown="x") for line in (1, 2)]
    [one] = in_order(found)
    assert one == Problem(Place("a", 1), "m (also in line 2)", "1", Level.WARNING, "topic", "x")


def test_hyphens_and_underscores_are_the_same_to_what_is_near() -> None:
    assert nearest("a-b", ["a_b", "a+b"]) == "a_b"
    assert nearest("a_b", ["a-b", "a+b"]) == "a-b"
    assert nearest("a-b-c-d", ["a_b_c_d"]) == "a_b_c_d"
    assert nearest("abc", ["xyz"]) is None


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [("dose_plan", ["dose_plane", "dose-plan"], "dose-plan"), ("a-b", ["ab", "a_b"], "a_b")],
)
def test_a_hyphen_and_an_underscore_are_one_letter_to_the_nearest_word(word: str, known: list[str], near: str) -> None:
    assert nearest(word, known) == near
