"""Passages that reviewers marked, each for a criterion: kept as notes of one form, which anybody can read in the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isodose.desk.request import Request
from isodose.desk.transitions import Do
from isodose.store.event import Stored

_DIGITS = 12
"""Of a document's SHA-256: enough to tell the documents of one case apart."""

_NOTE = re.compile(
    r"Passage for (?P<target>[^:]+): “(?P<words>.+)” \((?P<name>.+), page (?P<page>[0-9]+), (?P<sha>[0-9a-f]{12})\)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """``target`` is the clause, or the leaf's phrase, for which the words count. ``name`` is the document's own."""

    target: str
    document: str
    page: int
    words: str
    name: str
    by: str = ""

    @property
    def cited(self) -> str:
        """The passage as a reason cites it."""
        return f"“{self.words}” ({self.name}, page {self.page})"


def note_of(mark: Mark) -> str:
    """The note that keeps a mark."""
    return f"Passage for {mark.target}: “{mark.words}” ({mark.name}, page {mark.page}, {mark.document[:_DIGITS]})"


def marks(history: tuple[Stored, ...], request: Request) -> tuple[Mark, ...]:
    """The marks of a case, the first first."""
    return tuple(_marks(history, request))


def _marks(history: tuple[Stored, ...], request: Request) -> Iterator[Mark]:
    for stored in history:
        if stored.event.kind == Do.NOTE and (found := _NOTE.fullmatch(str(stored.event.facts["why"]))):
            documents = [one for one in request.documents if one.startswith(found["sha"])]
            for document in documents[:1]:
                page, words = int(found["page"]), found["words"]
                yield Mark(found["target"], document, page, words, found["name"], stored.event.by)
