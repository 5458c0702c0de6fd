"""Where a form asks for each fact of a guideline: with the service line, or once for the course; and under which names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile

from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import DIAGNOSIS, Guideline

CODE, START, END, SESSIONS = "code", "start", "end", "sessions"
"""Fields of a service line; their names end with the line's."""


@lru_cache(8)
def of_line(guideline: Guideline) -> tuple[Fact, ...]:
    """The facts that go with a procedure code, as `codes.csv` says."""
    named = {name for code in guideline.codes.values() for name in code.means}
    return tuple(fact for fact in guideline.facts.values() if fact.name in named)


@lru_cache(8)
def of_course(guideline: Guideline) -> tuple[Fact, ...]:
    """The facts that the guideline's own questions ask for: what every guideline has, the form asks in its own way."""
    elsewhere = {*guideline.shared, DIAGNOSIS, *(fact.name for fact in of_line(guideline))}
    return tuple(fact for fact in guideline.facts.values() if fact.name not in elsewhere and fact.formula is None)


def field_of(fact: Fact, line: str = "") -> str:
    return f"fact-{fact.name}-{line}" if line else f"fact-{fact.name}"


@lru_cache(64)
def _choices(guideline: Guideline, name: str) -> Mapping[str, str]:
    fact = guideline.facts[name]
    if fact.type is FactType.YES_NO:
        return {"yes": "Yes", "no": "No"}
    said = [words.split() for words in fact.values.values()]
    shared = len(list(takewhile(lambda column: len(set(column)) == 1, zip(*said, strict=False)))) if said[1:] else 0
    short = (" ".join(words[shared:]).removeprefix("is ") for words in said)
    return {value: words[:1].upper() + words[1:] for value, words in zip(fact.values, short, strict=True)}


def choices(guideline: Guideline, fact: Fact) -> Mapping[str, str]:
    """The answers that a fact offers, each in the guideline's words without those that all of them begin with."""
    return _choices(guideline, fact.name)
