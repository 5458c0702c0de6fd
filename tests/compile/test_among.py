"""The shortest form of a condition says the same as the condition, for all answers."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isodose.compile.conditions.among import About, Among, Diagrams, TooLargeError
from isodose.compile.conditions.answer_classes import NOT_ANSWERED, AnswerClass, Only
from isodose.compile.expression import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Boolean,
    Constant,
    CountAtLeast,
    Not,
    all_of,
    any_of,
    count_at_least,
    negated,
)

A, B, C, D = map(Only, "abcd")
UNIVERSE: Mapping[About, Sequence[AnswerClass]] = {
    "x": (A, B, NOT_ANSWERED),
    "y": (A, B, C, D, NOT_ANSWERED),
    "z": (A, NOT_ANSWERED),
    "w": tuple(map(Only, range(7))),
}


def x(*classes: AnswerClass) -> Boolean:
    return Among("x", frozenset(classes))


def y(*classes: AnswerClass) -> Boolean:
    return Among("y", frozenset(classes))


def z(*classes: AnswerClass) -> Boolean:
    return Among("z", frozenset(classes))


def holds(asked: Boolean, answers: Mapping[About, AnswerClass]) -> bool:
    match asked:
        case Constant(value):
            return value
        case Among(about, classes):
            return answers[about] in classes
        case Not(part):
            return not holds(part, answers)
        case AllOf(parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers) for part in parts)
        case CountAtLeast(count, parts):
            return sum(holds(part, answers) for part in parts) >= count
        case _:
            raise AssertionError(asked)


def situations() -> Iterator[dict[About, AnswerClass]]:
    yield from (dict(zip(UNIVERSE, classes, strict=True)) for classes in product(*UNIVERSE.values()))


def sets() -> st.SearchStrategy[Boolean]:
    return st.sampled_from(list(UNIVERSE)).flatmap(
        lambda about: st.sets(st.sampled_from(UNIVERSE[about])).map(lambda chosen: Among(about, frozenset(chosen)))
    )


def conditions() -> st.SearchStrategy[Boolean]:
    def of(parts: st.SearchStrategy[Boolean]) -> st.SearchStrategy[Boolean]:
        several = st.lists(parts, min_size=2, max_size=4)
        counted = st.tuples(st.integers(1, 4), several).map(lambda given: count_at_least(*given))
        return several.map(all_of) | several.map(any_of) | parts.map(negated) | counted

    return st.recursive(sets(), of, max_leaves=14)


@given(conditions())
@settings(max_examples=150)
def test_the_shortest_form_says_the_same(asked: Boolean) -> None:
    found = Diagrams(UNIVERSE).shortest(asked)
    assert [answers for answers in situations() if holds(found, answers) is not holds(asked, answers)] == []


@pytest.mark.parametrize(
    ("asked", "shortest"),
    [
        (all_of([x(A), any_of([x(A, B), y(C)])]), x(A)),
        (any_of([x(A), x(B)]), x(A, B)),
        (any_of([x(A), all_of([x(B, NOT_ANSWERED), y(A)])]), any_of([x(A), y(A)])),
        (all_of([x(A), x(B)]), NEVER),
        (any_of([x(A), negated(x(A))]), ALWAYS),
        (any_of([all_of([x(A), y(A)]), all_of([x(B), y(A)])]), all_of([x(A, B), y(A)])),
        (count_at_least(2, [x(A), y(A), x(A)]), x(A)),
        (any_of([all_of([x(A), y(A)]), all_of([negated(x(A)), y(A)])]), y(A)),
        (all_of([any_of([x(A), y(A)]), any_of([x(A), z(A)])]), any_of([x(A), all_of([y(A), z(A)])])),
    ],
)
def test_what_other_parts_settle_is_left_out(asked: Boolean, shortest: Boolean) -> None:
    found = Diagrams(UNIVERSE).shortest(asked)
    assert found is shortest or sorted(map(str, _parts(found))) == sorted(map(str, _parts(shortest)))


def _parts(asked: Boolean) -> tuple[Boolean, ...]:
    return asked.parts if isinstance(asked, (AllOf, AnyOf)) else (asked,)


def test_equal_conditions_are_one_diagram_however_they_are_written() -> None:
    diagrams = Diagrams(UNIVERSE)
    left = all_of([any_of([x(A), y(A)]), any_of([x(A), z(A)])])
    right = any_of([x(A), all_of([y(A), z(A)])])
    assert diagrams.of(left) is diagrams.of(right)


def test_a_condition_of_many_choices_stays_short() -> None:
    """At least 2 of 12: their alternatives are 66 pairs, or 12 lists of all but one."""
    universe: Mapping[About, Sequence[AnswerClass]] = {str(number): (A, NOT_ANSWERED) for number in range(12)}
    asked = count_at_least(2, [Among(about, frozenset((A,))) for about in universe])
    found = Diagrams(universe).shortest(asked)
    assert isinstance(found, AllOf)
    assert len(found.parts) == 12


def test_a_condition_without_a_short_form_is_none() -> None:
    """At least 8 of 16: thousands of alternatives, written either way."""
    universe: Mapping[About, Sequence[AnswerClass]] = {str(number): (A, NOT_ANSWERED) for number in range(16)}
    diagrams = Diagrams(universe)
    with pytest.raises(TooLargeError):
        diagrams.shortest(count_at_least(8, [Among(about, frozenset((A,))) for about in universe]))
    assert diagrams.shortest(Among("3", frozenset((A,)))) is Among("3", frozenset((A,)))
