"""Diagnosis codes for Polars: each is looked up once, and what a row's codes say are the bits of a few numbers."""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import or_

import polars as pl

from isodose.compile.expression import Kind, Trait
from isodose.compile.rows.code_bits import TREATMENT, CodeBits, Words, word_and_bit
from isodose.determination.cells import DIAGNOSIS_CODE
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.text import as_code

_REMEMBERED = 1 << 16


class CodeColumns:
    """Lists of codes as their bits. Codes of the same bits are of one sort; of sorts there are few."""

    def __init__(self, bits: CodeBits) -> None:
        self._bits = bits
        self._sorts: dict[Words, int] = {}
        sorts = {code: self._sort(words) for code, words in bits.of_release()}
        sorts |= {with_dot(code): sort for code, sort in sorts.items()}
        self._codes, self._of_code = pl.Enum(list(sorts)), pl.Series(list(sorts.values()), dtype=pl.UInt32)
        self._of_entry = lru_cache(_REMEMBERED)(self._sort_of_entry)

    def of(self, entries: pl.Expr) -> pl.Expr:
        """A row's bits, from its list of entries: a struct of numbers."""
        return pl.struct(self._word(entries, number).alias(str(number)) for number in range(self._bits.words))

    def says(self, row: pl.Expr, trait: Trait) -> pl.Expr:
        """Whether a row's codes say it: one that the map lists, or one that it does not beside no treatment."""
        listed, unlisted = self._bits.places(trait)
        ways = [] if listed is None else [has(row, listed)]
        if unlisted is not None:
            ways.append(has(row, unlisted) & ~has(row, TREATMENT))
        return reduce(or_, ways, pl.lit(value=False))

    def _word(self, entries: pl.Expr, number: int) -> pl.Expr:
        of_entry = pl.element().map_batches(
            lambda texts: self._looked_up(texts, number), return_dtype=pl.UInt64, is_elementwise=True
        )
        return entries.list.eval(of_entry).list.agg(pl.element().bitwise_or()).fill_null(0)

    def _looked_up(self, texts: pl.Series, number: int) -> pl.Series:
        sorts = self._sorts_of(texts)
        return pl.Series([words[number] for words in self._sorts], dtype=pl.UInt64).gather(sorts)

    def _sorts_of(self, texts: pl.Series) -> pl.Series:
        """The sort of each text: that of a code of the release as it is mostly written, else of what is read in it."""
        found = self._of_code.gather(texts.cast(self._codes, strict=False).to_physical())
        others = texts.filter(found.is_null()).drop_nulls().unique()
        if others.is_empty():
            return found
        sorts = pl.Series([self._of_entry(text) for text in others], dtype=pl.UInt32)
        return found.zip_with(found.is_not_null(), texts.replace_strict(others, sorts, default=None))

    def _sort_of_entry(self, text: str) -> int | None:
        """None of a blank entry, which says nothing."""
        code = as_code(text)
        if not DIAGNOSIS_CODE.fullmatch(code):
            return self._sort(self._bits.unreadable) if code else None
        code = code.replace(".", "")
        classes = self._bits.classes
        return self._sort(self._bits.of_class(classes.of(code), is_heading=code in classes.headings))

    def _sort(self, words: Words) -> int:
        return self._sorts.setdefault(words, len(self._sorts))


def entries(codes: pl.Expr, kind: Kind) -> pl.Expr:
    """The entries of a cell of codes: a list, or a text that is split."""
    return codes.str.split(";") if kind is Kind.TEXT else codes


def has(row: pl.Expr, place: int) -> pl.Expr:
    """Whether a row has the bit."""
    word, bit = word_and_bit(place)
    return (row.struct.field(str(word)) & bit) != 0
