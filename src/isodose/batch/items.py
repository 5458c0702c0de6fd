"""What a file holds: rows, requests and FHIR resources, each with its place in the file, and faults where nothing can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from isodose.determination.cells import Cells
from isodose.determination.record import ADDED
from isodose.guideline.problem import listed

FOREIGN = re.compile("[\\udc80-\\udcff]")
"""A byte that is not UTF-8, as ``surrogateescape`` decodes it (PEP 383)."""

NOT_UTF_8 = "this is not UTF-8 text; save the file as UTF-8"


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be read at all: where in the file (empty: the whole), what is wrong and what would be right."""

    place: str
    message: str

    def in_file(self, file: Path) -> Fault:
        """The same, with the name of the file before its place."""
        return Fault(": ".join(filter(None, (str(file), self.place))), self.message)


@dataclass(frozen=True, slots=True)
class FlatRow:
    """One flat case."""

    place: str
    row: Mapping[str, object]
    cells: Cells


@dataclass(frozen=True, slots=True)
class RequestObject:
    """A request, not yet looked into."""

    place: str
    request: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FhirResource:
    """A FHIR resource, not yet looked into."""

    place: str
    resource: Mapping[str, object]


Item = Fault | FlatRow | RequestObject | FhirResource


def refused(columns: Iterable[str], place: str, added: Iterable[str] = ADDED) -> Fault | None:
    """An input column with the name of an added one would be lost."""
    taken = [name for name in added if name in columns]
    return (
        Fault(place, f"the answer adds {listed(taken)} itself; rename what was sent under that name") if taken else None
    )
