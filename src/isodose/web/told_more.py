"""What was told beside a yes, as people read it. Kept in a request's details under its fact's name.

It is a list, each with the details that the guideline asks for; requests of earlier days have one text instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from isodose.guideline.facts import Fact
from isodose.guideline.guideline import Guideline
from isodose.guideline.more import More
from isodose.store.event import Json
from isodose.web.details import MORE

Row = Mapping[str, str]


def told_more(details: Mapping[str, Json], fact: Fact) -> tuple[str, ...]:
    """Each in a line of words; nothing where nothing was told."""
    said = details.get(f"{MORE}{fact.name}")
    if isinstance(said, str):
        return (said,) if said else ()
    if fact.more is None:
        return ()
    return tuple(fact.more.words(row) for row in rows_of(details, fact))


def rows_of(details: Mapping[str, Json], fact: Fact) -> tuple[Row, ...]:
    """Each by the names of its details; none where one text was told instead."""
    said = details.get(f"{MORE}{fact.name}")
    if not isinstance(said, list):
        return ()
    return tuple({name: str(words) for name, words in row.items()} for row in said if isinstance(row, Mapping))


def labelled_more(details: Mapping[str, Json], guideline: Guideline) -> Iterator[tuple[str, str]]:
    """All that was told beside a yes, each with what it is about."""
    for fact in guideline.facts.values():
        for words in told_more(details, fact):
            yield _label(fact, fact.more), words


def _label(fact: Fact, more: More | None) -> str:
    return f"{more.each[:1].upper()}{more.each[1:]}" if more else f"{fact.title}, in words"
