"""What a fact can be. Unknown is None everywhere and is not a value."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from isodose.guideline.units import Number


class Absent:
    """The value of a fact that is known not to exist; there is one, ``ABSENT``. Comparisons with it are not met."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


class Coding(NamedTuple):
    """A procedure code of a system that is neither CPT nor HCPCS: no list of a guideline can name it."""

    system: str
    code: str


Value = bool | str | date | Number | tuple[str, ...] | Absent | Coding
"""Yes or no; a choice or a code; a date; a number in the fact's unit; diagnosis codes without dots; absent."""
