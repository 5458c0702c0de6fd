"""A condition asked in few questions means the same, whatever is answered."""

from itertools import product
from random import Random

from isodose.compile.expression import (
    ALWAYS,
    NEVER,
    Boolean,
    Column,
    IsTrue,
    Kind,
    all_of,
    any_of,
    count_at_least,
    negated,
)
from isodose.compile.rows.reduced import answered, questions_in, reduced

QUESTIONS = [IsTrue(Column(letter, Kind.YES_NO)) for letter in "abcd"]
A, B, C, *_ = QUESTIONS


def made(random: Random, depth: int) -> Boolean:
    if not depth:
        return random.choice(QUESTIONS)
    parts = [made(random, depth - 1) for _ in range(3)]
    combine = random.choice((all_of, any_of, lambda given: count_at_least(2, given)))
    found = combine(parts)
    return negated(found) if random.random() < 0.3 else found


def table(asked: Boolean) -> list[Boolean]:
    """What comes out for each way to answer."""
    found = []
    for ways in product((ALWAYS, NEVER), repeat=len(QUESTIONS)):
        given: dict[Boolean, Boolean] = dict(zip(QUESTIONS, ways, strict=True))
        found.append(answered(asked, given.get))
    return found


def with_answer(asked: Boolean, question: Boolean, answer: Boolean) -> Boolean:
    return answered(asked, lambda one: answer if one is question else None)


def test_it_means_the_same_and_asks_nothing_that_changes_nothing() -> None:
    random = Random(1)  # noqa: S311 (made up, and the same each time)
    for _ in range(12):
        asked = made(random, 2)
        found = reduced(asked)
        assert table(found) == table(asked)
        for question in questions_in(found):
            assert table(with_answer(found, question, ALWAYS)) != table(with_answer(found, question, NEVER))


def test_what_always_or_never_holds_asks_nothing() -> None:
    assert reduced(any_of((all_of((A, B)), negated(A), negated(B)))) is ALWAYS
    assert reduced(all_of((any_of((A, B)), negated(A), negated(B)))) is NEVER


def test_what_a_part_says_already_is_left_out() -> None:
    assert reduced(any_of((all_of((A, B)), all_of((A, negated(B)))))) is A
    assert reduced(all_of((any_of((A, C)), any_of((A, B, C))))) is any_of((A, C))
