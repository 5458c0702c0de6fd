"""The letters of a request, as who looks at it may see them: a practice those to it, the plan's people all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from isodose.desk.case import Case
from isodose.desk.role import By, Role
from isodose.desk.written import letters_in
from isodose.letters.kind import Reader


@dataclass(frozen=True, slots=True)
class Letter:
    """``title`` as it stands on the letter, ``to`` in words; ``sha256`` is the document's."""

    title: str
    to: str
    at: datetime
    sha256: str
    name: str

    def as_data(self) -> dict[str, str]:
        """For programs."""
        return {"title": self.title, "to": self.to, "at": self.at.isoformat(), "sha256": self.sha256}


def letters_for(case: Case, by: By) -> tuple[Letter, ...]:
    """What somebody may see of a case's letters, the newest first."""
    return tuple(reversed(list(_letters(case, by))))


def openable(case: Case, by: By) -> Mapping[str, str]:
    """The documents of a case that somebody may open, each with its name: what was sent, and those letters."""
    sent = {sha256: case.request.names.get(sha256, "document") for sha256 in case.request.documents}
    return {**sent, **{one.sha256: one.name for one in letters_for(case, by)}}


def _letters(case: Case, by: By) -> Iterator[Letter]:
    for stored, letter in letters_in(case.history):
        if by.role is not Role.REQUESTER or letter.reader == Reader.PROVIDER:
            to = "the practice" if letter.reader == Reader.PROVIDER else "the member"
            yield Letter(letter.name.removesuffix(".pdf"), to, stored.event.at, letter.sha256, letter.name)
