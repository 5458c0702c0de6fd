"""What is asked of a line, asked of each procedure code by itself: once it is known which code it is, little is left to ask.

A ladder asks of a code in which lists it stands, on every rung anew. Codes that stand in the same lists are asked the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeGuard

from isodose.compile.expression import ALWAYS, NEVER, Boolean, Matches, OneOf, all_of, any_of, negated
from isodose.compile.rows.reading import Reading
from isodose.compile.rows.reduced import answered, questions_in, reduced


def code_by_code(code: Reading) -> Callable[[Boolean], Boolean]:
    """A function from what is asked of a row to the same, asked in few questions of each code that is read so."""

    @cache
    def split(asked: Boolean) -> Boolean:
        lists = [one for one in questions_in(asked) if _is_of(one, code)]
        return any_of(_ways(asked, code, lists)) if lists else reduced(asked)

    return split


def _ways(asked: Boolean, code: Reading, lists: list[OneOf]) -> Iterator[Boolean]:
    """For codes of the same lists, for readable ones of no list, and for what cannot be read: what is left to ask of them."""
    for same in _of_same_lists(lists):
        yield all_of((OneOf(lists[0].text, same), _left(asked, code, same[0])))
    words = tuple(sorted({word for one in lists for word in one.members}))
    yield all_of((code.known, negated(OneOf(lists[0].text, words)), _left(asked, code, "")))
    yield all_of((negated(code.known), _left(asked, code, None)))


def _of_same_lists(lists: list[OneOf]) -> Iterator[tuple[str, ...]]:
    found: dict[tuple[bool, ...], list[str]] = {}
    for word in sorted({word for one in lists for word in one.members}):
        found.setdefault(tuple(word in one.members for one in lists), []).append(word)
    yield from map(tuple, found.values())


def _is_of(asked: Boolean, code: Reading) -> TypeGuard[OneOf]:
    return isinstance(asked, OneOf) and asked.text is code.value


def _left(asked: Boolean, code: Reading, word: str | None) -> Boolean:
    """What is left to ask where the code is this word; blank is in no list, None cannot be read."""

    def answer(question: Boolean) -> Boolean | None:
        if _is_of(question, code):
            return ALWAYS if word in question.members else NEVER
        if isinstance(question, Matches) and question.text is code.value:
            return NEVER if word is None else ALWAYS
        return None

    return reduced(answered(asked, answer))
