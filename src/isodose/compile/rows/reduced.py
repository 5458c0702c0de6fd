"""A condition in as few questions as it takes: put one after the other, and left out where the answer changes nothing.

Compiled ladders say the same in many ways, as each rung repeats that none before it holds. What comes out means the same, and two
conditions that mean the same come out as one where they ask the same questions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from isodose.compile.expression import ALWAYS, NEVER, Boolean, all_of, any_of, negated, with_atoms

_MOST = 16
"""Questions of one condition; one that asks more stays as it is, as the ways to answer may double with each."""


def reduced(asked: Boolean) -> Boolean:
    """The same, asked in few questions, in the order in which they stand in it."""
    questions = questions_in(asked)
    return _decided(asked, questions) if len(questions) <= _MOST else asked


def questions_in(asked: Boolean) -> list[Boolean]:
    """What combines nothing, each once."""
    found: dict[Boolean, None] = {}

    def note(atom: Boolean) -> Boolean:
        found[atom] = None
        return atom

    with_atoms(note)(asked)
    return list(found)


def answered(asked: Boolean, answer: Callable[[Boolean], Boolean | None]) -> Boolean:
    """What is left to ask once some questions are answered; None is no answer."""

    def known(atom: Boolean) -> Boolean:
        given = answer(atom)
        return atom if given is None else given

    return with_atoms(known)(asked)


def _decided(asked: Boolean, questions: list[Boolean]) -> Boolean:
    @cache
    def decided(rest: Boolean) -> Boolean:
        open_here = set(questions_in(rest))
        first = next((one for one in questions if one in open_here), None)
        if first is None:
            return rest
        yes, no = (decided(answered(rest, {first: so}.get)) for so in (ALWAYS, NEVER))
        return yes if yes is no else _either(first, yes, no)

    return decided(asked)


def _either(question: Boolean, yes: Boolean, no: Boolean) -> Boolean:
    if yes is ALWAYS:
        return any_of((question, no))
    if no is ALWAYS:
        return any_of((negated(question), yes))
    return any_of((all_of((question, yes)), all_of((negated(question), no))))
