"""Diagnosis codes for Polars: each is looked up once, and what a row's codes say are the bits of a few numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from operator import or_

import polars as pl

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.expression import Kind, Trait
from isodose.determination.cells import DIAGNOSIS_CODE
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.text import as_code

READABLE, UNREADABLE, HEADING, TREATMENT = range(4)
"""The bits that say: an ICD-10-CM code is given; an entry is none; a code is a heading; a code is a treatment."""

_FIRST_TRAIT = 4
_BITS = 64
_REMEMBERED = 1 << 16


class CodeBits:
    """What each code says, as bits of a few numbers; those of all codes of a row together are the row's.

    Codes of one class say the same, but that some are headings: two sorts of a class, ``2 * class`` and one more. After them
    come the sorts of what is no code, and of what is blank.
    """

    def __init__(self, classes: DiagnosisClasses, traits: Iterable[Trait]) -> None:
        self._classes = classes
        self._holders = {trait: classes.holders(trait) for trait in traits}
        sets = (members for one in self._holders.values() for members in (one.listed, one.unlisted) if members)
        self._place = {members: place for place, members in enumerate(dict.fromkeys(sets), start=_FIRST_TRAIT)}
        self._unreadable = 2 * len(classes.classes)
        self._sort_of = lru_cache(_REMEMBERED)(self._sort_of_entry)
        sorts = {code: self._sort(code, number) for code, number in classes.of_release.items()}
        sorts |= {with_dot(code): sort for code, sort in sorts.items()}
        self._names, self._sorts = pl.Enum(list(sorts)), pl.Series(list(sorts.values()), dtype=pl.UInt32)
        rows = [*map(self._bits, range(self._unreadable)), 1 << UNREADABLE, 0]
        words = range(0, _FIRST_TRAIT + len(self._place), _BITS)
        self._words = [pl.Series([row >> word & (1 << _BITS) - 1 for row in rows], dtype=pl.UInt64) for word in words]

    def of(self, entries: pl.Expr) -> pl.Expr:
        """A row's bits, from its list of entries: a struct of numbers of 64 bits each."""
        return pl.struct(self._word(entries, word).alias(str(number)) for number, word in enumerate(self._words))

    def says(self, row: pl.Expr, trait: Trait) -> pl.Expr:
        """Whether a row's codes say it: one that the map lists, or one that it does not beside no treatment."""
        found = self._holders[trait]
        ways = [has(row, self._place[found.listed])] if found.listed else []
        if found.unlisted:
            ways.append(has(row, self._place[found.unlisted]) & ~has(row, TREATMENT))
        return reduce(or_, ways, pl.lit(value=False))

    def _word(self, entries: pl.Expr, word: pl.Series) -> pl.Expr:
        of_entry = pl.element().map_batches(
            lambda texts: word.gather(self._look_up(texts)), return_dtype=pl.UInt64, is_elementwise=True
        )
        return entries.list.eval(of_entry).list.agg(pl.element().bitwise_or()).fill_null(0)

    def _look_up(self, texts: pl.Series) -> pl.Series:
        """The sort of each text: that of a code of the release as it is mostly written, else of what is read in it."""
        found = self._sorts.gather(texts.cast(self._names, strict=False).to_physical())
        others = texts.filter(found.is_null()).drop_nulls().unique()
        if others.is_empty():
            return found
        sorts = pl.Series([self._sort_of(text) for text in others], dtype=pl.UInt32)
        return found.zip_with(found.is_not_null(), texts.replace_strict(others, sorts, default=None))

    def _sort_of_entry(self, text: str) -> int:
        code = as_code(text)
        if not DIAGNOSIS_CODE.fullmatch(code):
            return self._unreadable if code else self._unreadable + 1
        code = code.replace(".", "")
        return self._sort(code, self._classes.of(code))

    def _sort(self, code: str, number: int) -> int:
        return 2 * number + (code in self._classes.headings)

    def _bits(self, sort: int) -> int:
        return sum(1 << place for place in self._places(*divmod(sort, 2)))

    def _places(self, number: int, is_heading: int) -> Iterator[int]:
        yield READABLE
        if is_heading:
            yield HEADING
        if number in self._classes.treatments:
            yield TREATMENT
        yield from (place for members, place in self._place.items() if number in members)


def entries(codes: pl.Expr, kind: Kind) -> pl.Expr:
    """The entries of a cell of codes: a list, or a text that is split."""
    return codes.str.split(";") if kind is Kind.TEXT else codes


def has(row: pl.Expr, place: int) -> pl.Expr:
    """Whether a row has the bit."""
    return (row.struct.field(str(place // _BITS)) & (1 << place % _BITS)) != 0
