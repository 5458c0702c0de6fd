"""The letters of a request, as who looks at it may see them: a practice those to it, the plan's people all, with how far each has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from isodose.desk.case import Case
from isodose.desk.role import By, Role
from isodose.desk.written import Written, letters_in
from isodose.letters.kind import Reader
from isodose.store.event import Stored
from isodose.store.outbox import of_request
from isodose.web.visit import Visit
from isodose.web.ways import says


@dataclass(frozen=True, slots=True)
class Letter:
    """``title`` as it stands on the letter, ``to`` in words; ``sha256`` is the document's. ``stands`` says how far it has come."""

    title: str
    to: str
    at: datetime
    sha256: str
    name: str
    stands: str = ""

    def as_data(self) -> dict[str, str]:
        """For programs."""
        stands = {"stands": self.stands} if self.stands else {}
        return {"title": self.title, "to": self.to, "at": self.at.isoformat(), "sha256": self.sha256, **stands}


def letters_for(visit: Visit, case: Case) -> tuple[Letter, ...]:
    """What the visitor may see of a case's letters, the newest first."""
    sender = visit.services.sender
    is_told = visit.by.role is not Role.REQUESTER and sender is not None
    ways = of_request(visit.services.database, case.tracking) if is_told else {}
    has_folder = sender is not None and sender.folder is not None
    found = []
    for stored, letter in _letters(case, visit.by):
        stands = says(ways.get(stored.number), has_folder=has_folder) if is_told else ""
        found.append(_shown(stored, letter, stands))
    return tuple(reversed(found))


def openable(case: Case, by: By) -> Mapping[str, str]:
    """The documents of a case that somebody may open, each with its name: what was sent, and those letters."""
    sent = {sha256: case.request.names.get(sha256, "document") for sha256 in case.request.documents}
    return {**sent, **{letter.sha256: letter.name for _, letter in _letters(case, by)}}


def _letters(case: Case, by: By) -> Iterator[tuple[Stored, Written]]:
    for stored, letter in letters_in(case.history):
        if by.role is not Role.REQUESTER or letter.reader == Reader.PROVIDER:
            yield stored, letter


def _shown(stored: Stored, letter: Written, stands: str) -> Letter:
    to = "the practice" if letter.reader == Reader.PROVIDER else "the member"
    return Letter(letter.name.removesuffix(".pdf"), to, stored.event.at, letter.sha256, letter.name, stands)
