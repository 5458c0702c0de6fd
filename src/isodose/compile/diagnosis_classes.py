"""The map of diagnoses and the release of ICD-10-CM as data for engines: each code's class, and what each class says.

All codes between two neighbouring bounds of the map's rows are in the same rows, so they fall into two classes: one for those
that the release holds as billable, one for all others. Engines look codes up; they know no rule of the map.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import cast
from weakref import WeakKeyDictionary

from isodose.compile.expression import Says, Trait
from isodose.determination.illness import CodeClass, Illnesses
from isodose.determination.validity import heading_says
from isodose.guideline.diagnoses import Row
from isodose.guideline.guideline import Guideline
from isodose.guideline.icd10cm import IcdCode, Release

_FIRST, _LAST = "A", "Z"


@dataclass(frozen=True, slots=True)
class Holders:
    """The classes by which a trait is said: ``listed`` by a row of the map; ``unlisted`` without, and not beside a treatment."""

    listed: frozenset[int]
    unlisted: frozenset[int]


class DiagnosisClasses:
    """Codes (without dots) fall into numbered classes. A list of codes says what its codes' classes say together."""

    def __init__(self, guideline: Guideline) -> None:
        self._release = guideline.release
        self.starts = _starts(guideline.diagnoses.rows)
        billable, other = (Illnesses(guideline.diagnoses, _release_of(is_billable)) for is_billable in (True, False))
        pairs = [(billable.class_of(start), other.class_of(start)) for start in self.starts]
        self.classes: tuple[CodeClass, ...] = tuple(dict.fromkeys(one for pair in pairs for one in pair))
        number = {one: place for place, one in enumerate(self.classes)}
        self.billable = [number[pair[0]] for pair in pairs]
        self.elsewhere = [number[pair[1]] for pair in pairs]

    def of(self, code: str) -> int:
        """The number of a code's class."""
        entry = self._release.find(code)
        return self._at(code, is_billable=entry is not None and entry.billable)

    def _at(self, code: str, *, is_billable: bool) -> int:
        place = bisect_right(self.starts, code) - 1
        return (self.billable if is_billable else self.elsewhere)[place]

    @cached_property
    def of_release(self) -> dict[str, int]:
        """Every code of the release, headings too, with the number of its class."""
        return {entry.code: self._at(entry.code, is_billable=entry.billable) for entry in self._entries}

    @cached_property
    def of_billable(self) -> dict[str, int]:
        """The codes that the release holds as billable, with the number of their class."""
        return {entry.code: self._at(entry.code, is_billable=True) for entry in self._entries if entry.billable}

    def billable_where(self, differs: Callable[[int, int], bool]) -> Iterator[tuple[str, int]]:
        """The billable codes with their class, between the bounds where that class and the one of all other codes differ so."""
        codes = [entry.code for entry in self._entries if entry.billable]
        ends = [*self.starts[1:], _after(_LAST)]
        for start, end, billable, other in zip(self.starts, ends, self.billable, self.elsewhere, strict=True):
            if differs(billable, other):
                yield from ((code, billable) for code in _between(codes, start, end))

    @cached_property
    def headings(self) -> dict[str, str]:
        """Every heading of the release with what a problem says of it."""
        billable = [entry.code for entry in self._entries if entry.billable]
        headings = [entry.code for entry in self._entries if not entry.billable]
        return {code: heading_says(code, _between(billable, code, _after(code))) for code in headings}

    @cached_property
    def _entries(self) -> list[IcdCode]:
        return self._release.between(_FIRST, _LAST)

    @cached_property
    def treatments(self) -> frozenset[int]:
        """The classes that imply an illness coded beside them."""
        return frozenset(number for number, one in enumerate(self.classes) if one.is_treatment)

    def holders(self, trait: Trait) -> Holders:
        """Which classes say it."""
        said_by = [number for number, one in enumerate(self.classes) if one.home != "" and _says(one, trait)]
        listed = frozenset(number for number in said_by if self.classes[number].home)
        return Holders(listed, frozenset(said_by) - listed)

    def say(self, codes: Iterable[str], trait: Trait) -> bool:
        """Whether codes together say it: the meaning that every engine has to hold."""
        found = {self.of(code) for code in codes}
        holders = self.holders(trait)
        return bool(found & holders.listed) or bool(found & holders.unlisted and not found & self.treatments)


def _says(one: CodeClass, trait: Trait) -> bool:
    match trait.says:
        case Says.SPEAKS:
            return True
        case Says.CLEAR:
            return trait.target in one.clear
        case Says.OPEN:
            return trait.target in one.open
        case Says.HOME:
            return one.home == trait.target and trait.target in one.clear


def _starts(rows: Iterable[Row]) -> list[str]:
    """Where the rows that hold a code may change, in order, from the empty text on."""
    return sorted({"", *(bound for row in rows for bound in (row.low, _after(row.high)))})


def _between(codes: list[str], start: str, end: str) -> list[str]:
    """The codes, which are in order, from the first bound to before the second."""
    first = bisect_left(codes, start)
    return codes[first : bisect_left(codes, end, first)]


def _after(bound: str) -> str:
    """The first text that comes after all that starts with the bound."""
    return bound[:-1] + chr(ord(bound[-1]) + 1)


def _release_of(is_billable: bool) -> Release:  # noqa: FBT001
    """A release that holds every code, or none, as billable."""
    return cast("Release", SimpleNamespace(find=lambda code: IcdCode(code, is_billable, "")))


_MADE: WeakKeyDictionary[Guideline, DiagnosisClasses] = WeakKeyDictionary()


def classes_of(guideline: Guideline) -> DiagnosisClasses:
    """The guideline's classes of diagnosis codes, made once."""
    if guideline not in _MADE:
        _MADE[guideline] = DiagnosisClasses(guideline)
    return _MADE[guideline]
