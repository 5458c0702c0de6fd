"""Passages that reviewers marked, each for a criterion. In records of earlier days they are notes of one form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from isodose.desk.request import Request
from isodose.desk.transitions import Do
from isodose.store.event import Event, Stored

_NOTE = re.compile(
    r"Passage for (?P<target>[^:]+): “(?P<words>.+)” \((?P<name>.+), page (?P<page>[0-9]+), (?P<sha>[0-9a-f]{12})\)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Marked:
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


def marks(history: tuple[Stored, ...], request: Request) -> tuple[Marked, ...]:
    """The marks of a case, the first first."""
    return tuple(_marks(history, request))


def _marks(history: tuple[Stored, ...], request: Request) -> Iterator[Marked]:
    for stored in history:
        if stored.event.kind == Do.MARK:
            yield _marked(stored.event, request)
        elif stored.event.kind == Do.NOTE and (found := _NOTE.fullmatch(str(stored.event.facts["why"]))):
            documents = [one for one in request.documents if one.startswith(found["sha"])]
            for document in documents[:1]:
                page, words = int(found["page"]), found["words"]
                yield Marked(found["target"], document, page, words, found["name"], stored.event.by)


def _marked(event: Event, request: Request) -> Marked:
    facts: Mapping[str, Any] = event.facts
    name = request.names.get(facts["document"]) or "a document"
    target = facts.get("clause") or facts["leaf"]
    return Marked(target, facts["document"], facts["page"], facts["words"], name, event.by)
