"""A letter as the record keeps it: for whom, of which event it tells, and the document that it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any as Untyped

from isodose.desk.transitions import Do
from isodose.store.event import DOCUMENTS, Event, Json, Stored


@dataclass(frozen=True, slots=True)
class Written:
    """``of`` is the number of the event that the letter tells of, ``sha256`` its PDF's, ``name`` the file's.

    ``plan`` is the SHA-256 of the plan's own names and texts, from which it was made, ``version`` that of the templates; letters
    of before versions were kept are of the first.
    """

    reader: str
    kind: str
    of: int
    sha256: str
    name: str
    plan: str
    version: int = 1


def letter_facts(letter: Written) -> dict[str, Json]:
    """A letter as its event's facts."""
    document: dict[str, Json] = {"sha256": letter.sha256, "name": letter.name}
    return {
        "reader": letter.reader,
        "kind": letter.kind,
        "of": letter.of,
        "plan": letter.plan,
        "version": letter.version,
        DOCUMENTS: [document],
    }


def letter_from(event: Event) -> Written:
    """The letter that an event tells of."""
    facts: Untyped = event.facts
    [document] = facts[DOCUMENTS]
    return Written(
        facts["reader"],
        facts["kind"],
        facts["of"],
        document["sha256"],
        document["name"],
        facts["plan"],
        facts.get("version", 1),
    )


def letters_in(history: Iterable[Stored]) -> Iterator[tuple[Stored, Written]]:
    """The letters of a request in the order in which they were written, each with its event."""
    for stored in history:
        if stored.event.kind == Do.WRITE_LETTER:
            yield stored, letter_from(stored.event)
