"""What diagnosis codes say as the bits of a few numbers: engines look a code up, and all codes of a row say what any says.

A number of 62 bits is one that every engine has. Which bit is which follows from what is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.expression import Trait

READABLE, UNREADABLE, HEADING, TREATMENT = range(4)
"""The bits that say: an ICD-10-CM code is given; an entry is none; a code is a heading; a code is a treatment."""

_FIRST_TRAIT = 4
_BITS = 62

Words = tuple[int, ...]
"""Bits, 62 to a number."""


class CodeBits:
    """The bits of codes by their classes, for all that is asked of them."""

    def __init__(self, classes: DiagnosisClasses, traits: Iterable[Trait]) -> None:
        self.classes = classes
        self._holders = {trait: classes.holders(trait) for trait in traits}
        sets = (members for one in self._holders.values() for members in (one.listed, one.unlisted) if members)
        self._places = {members: place for place, members in enumerate(dict.fromkeys(sets), start=_FIRST_TRAIT)}
        self._starts = range(0, _FIRST_TRAIT + len(self._places), _BITS)

    @property
    def words(self) -> int:
        """How many numbers there are."""
        return len(self._starts)

    def bits_of(self, word: int) -> list[int]:
        """The bits that a number uses, by their values there."""
        used = _FIRST_TRAIT + len(self._places)
        return [1 << place for place in range(min(_BITS, used - word * _BITS))]

    @property
    def unreadable(self) -> Words:
        """The bits of an entry that is no code."""
        return self._words([UNREADABLE])

    def of_class(self, number: int, *, is_heading: bool) -> Words:
        """The bits of a code of the class."""
        return self._words(self._said_by(number, is_heading))

    def of_release(self) -> Iterator[tuple[str, Words]]:
        """Every code of the release with its bits."""
        headings = self.classes.headings
        known = {
            (number, is_heading): self.of_class(number, is_heading=is_heading)
            for number in range(len(self.classes.classes))
            for is_heading in (False, True)
        }
        yield from ((code, known[number, code in headings]) for code, number in self.classes.of_release.items())

    def places(self, trait: Trait) -> tuple[int | None, int | None]:
        """The bit that says it, and the bit that says it beside no treatment."""
        holders = self._holders[trait]
        return self._places.get(holders.listed), self._places.get(holders.unlisted)

    def _said_by(self, number: int, is_heading: bool) -> Iterator[int]:  # noqa: FBT001
        yield READABLE
        if is_heading:
            yield HEADING
        if number in self.classes.treatments:
            yield TREATMENT
        yield from (place for members, place in self._places.items() if number in members)

    def _words(self, places: Iterable[int]) -> Words:
        row = sum(1 << place for place in places)
        return tuple(row >> start & (1 << _BITS) - 1 for start in self._starts)


def word_and_bit(place: int) -> tuple[int, int]:
    """In which number a bit stands, and its value there."""
    return place // _BITS, 1 << place % _BITS
