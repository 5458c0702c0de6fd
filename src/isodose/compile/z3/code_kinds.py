"""Every kind of diagnosis code that can be told from others: what codes can really say, each kind with a code to show it.

Codes of one kind are in the same class under each guideline. A kind that no code can have is none: no proof rests on it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.determination.cells import DIAGNOSIS_CODE
from isodose.guideline.guideline import Guideline
from isodose.guideline.icd10cm import IcdCode, Release

_LAST, _AFTER_LAST = "Z", "["

_MORE = ("", "Z", "9", "0", "ZZ", "99", "ZZZ", "999", "ZZZZ", "9999")
"""What is added to a code of the release to make one that it does not hold."""


@dataclass(frozen=True, slots=True)
class CodeKind:
    """Codes that each guideline takes alike. ``code`` is one of them, without its dot.

    ``is_heading`` says that the release holds all of them as headings, which are not valid once it is in force.
    """

    classes: tuple[int, ...]
    code: str
    is_heading: bool


class CodeKinds:
    """The kinds of code under some guidelines, which share a release."""

    def __init__(self, guidelines: Sequence[Guideline]) -> None:
        self.classes = tuple(map(DiagnosisClasses, guidelines))
        self._release = guidelines[0].release
        self._starts = sorted({start for classes in self.classes for start in classes.starts})

    @cached_property
    def kinds(self) -> tuple[CodeKind, ...]:
        """All kinds, in the order of the codes; billable ones before those that the release does not hold as such."""
        billable, others = dict[tuple[int, ...], CodeKind](), dict[tuple[int, ...], CodeKind]()
        for start, end in zip(self._starts, [*self._starts[1:], _AFTER_LAST], strict=True):
            clear, other = self._classes_from(start)
            if clear not in billable and (code := _billable(self._release, start, end)):
                billable[clear] = CodeKind(clear, code, is_heading=False)
            if (other not in others or others[other].is_heading) and (
                found := _not_billable(self._release, start, end)
            ):
                others[other] = CodeKind(other, found, is_heading=self._release.find(found) is not None)
        return (*billable.values(), *(kind for classes, kind in others.items() if classes not in billable))

    def of(self, code: str) -> tuple[int, ...]:
        """The number of a code's class under each guideline."""
        return tuple(classes.of(code) for classes in self.classes)

    def _classes_from(self, start: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The classes of the codes from one bound of a map to the next: of those that are billable, and of all others."""
        places = [bisect_right(classes.starts, start) - 1 for classes in self.classes]
        return (
            tuple(classes.billable[place] for classes, place in zip(self.classes, places, strict=True)),
            tuple(classes.elsewhere[place] for classes, place in zip(self.classes, places, strict=True)),
        )


def _billable(release: Release, start: str, end: str) -> str | None:
    """The first billable code from one bound to before the next."""
    return next((entry.code for entry in _entries(release, start, end) if entry.billable), None)


def _not_billable(release: Release, start: str, end: str) -> str | None:
    """A code from one bound to before the next that the release does not hold; else a heading; else none."""
    first = next(_entries(release, start, end), None)
    heads = [start[:3].ljust(3, "0"), start, *([first.code] if first else [])]
    made = (head + more for head in heads for more in _MORE)
    found = [code for code in made if start <= code < end and DIAGNOSIS_CODE.fullmatch(code)]
    unheld = next((code for code in found if release.find(code) is None), None)
    return unheld or next((entry.code for entry in _entries(release, start, end) if not entry.billable), None)


def _entries(release: Release, start: str, end: str) -> Iterator[IcdCode]:
    for entry in release.each_between(start, _LAST):
        if entry.code >= end:
            return
        yield entry
