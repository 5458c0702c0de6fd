"""Whether anything of many is so, in fewer questions: `this code on such a day, or that code on such a day` asks for the day once."""

from __future__ import annotations

from dataclasses import fields
from itertools import groupby
from typing import Any

from isodose.compile.expression import (
    ALWAYS,
    AllOf,
    Boolean,
    Choose,
    Expression,
    OneOf,
    Sentences,
    Value,
    all_of,
    any_of,
)

_Rest = tuple[Boolean, ...]


def merged(parts: tuple[Boolean, ...]) -> Boolean:
    """Some part holds: parts that ask the same but for the words that a text may be are asked together."""
    found: dict[tuple[Value | None, _Rest], dict[str, None]] = {}
    for part in parts:
        asked = part.parts if isinstance(part, AllOf) else (part,)
        word = next((one for one in asked if isinstance(one, OneOf)), None)
        rest = tuple(one for one in asked if one is not word)
        found.setdefault((word.text if word else None, rest), {}).update(dict.fromkeys(word.members if word else ()))
    return any_of(_one(text, rest, tuple(members)) for (text, rest), members in found.items())


def _one(text: Value | None, rest: _Rest, members: tuple[str, ...]) -> Boolean:
    return all_of((OneOf(text, members), *rest)) if text else all_of(rest)


def by_word(sentences: Sentences) -> Sentences:
    """The same sentences for a row of which any is true; else it may be an empty text in place of none.

    Of a run of them that each ask for words of the same text, only those of its word are looked at, unless one word leads to several.
    """
    parts: list[tuple[Boolean, Value]] = []
    for text, grouped in groupby(sentences.parts, lambda part: _words_of(part[0])[0]):
        run = list(grouped)
        chosen = None if text is None else _chosen(run)
        parts += [(ALWAYS, chosen)] if chosen else run
    return Sentences(tuple(parts))


def _chosen(run: list[tuple[Boolean, Value]]) -> Value | None:
    """What is said of each set of words, or nothing if a word is in several sets."""
    found: dict[OneOf, list[tuple[Boolean, Value]]] = {}
    for when, said in run:
        text, words, rest = _words_of(when)
        assert text is not None
        found.setdefault(OneOf(text, words), []).append((rest, said))
    all_words = [word for asked in found for word in asked.members]
    if len(all_words) > len(set(all_words)):
        return None
    return Choose(tuple((is_word, Sentences(tuple(said))) for is_word, said in found.items()))


def _words_of(when: Boolean) -> tuple[Value | None, tuple[str, ...], Boolean]:
    """The text of which it is first asked whether it is one of some words, the words, and what is asked besides."""
    first, *rest = when.parts if isinstance(when, AllOf) else (when,)
    if rest and isinstance(first, OneOf):
        return first.text, first.members, all_of(rest)
    return None, (), when


def replaced(expression: Expression, old: Expression, new: Expression) -> Expression:
    """The expression with one part in place of another, wherever it stands."""
    made: dict[Expression, Expression] = {old: new}

    def again(one: Expression) -> Expression:
        if one not in made:
            parts = [_in(getattr(one, field.name), again) for field in fields(one)]  # type: ignore[arg-type]
            made[one] = type(one)(*parts)
        return made[one]

    return again(expression)


def _in(part: Any, again: Any) -> Any:
    if isinstance(part, Expression):
        return again(part)
    return tuple(_in(one, again) for one in part) if isinstance(part, tuple) else part
