"""Diagnosis codes for Ibis: each list of codes that occurs is read once, its codes joined with the release, and joined back.

So an engine needs no place for a table of codes inside an expression: the table is a table, which a cluster gives to each node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add, or_

import ibis
import pyarrow as pa
from ibis.expr import types

from isodose.compile.expression import Kind, Trait
from isodose.compile.ibis.expressions import fits, in_backticks, trimmed, upper
from isodose.compile.rows.code_bits import TREATMENT, CodeBits, Words, word_and_bit
from isodose.determination.cells import DIAGNOSIS_CODE

CODES, WRONG, HEADINGS, _WORD = "isodose_codes", "isodose_wrong_codes", "isodose_headings", "isodose_word_"


class CodeTables:
    """What the lists of codes in a column say, a row for each list."""

    def __init__(self, bits: CodeBits) -> None:
        self._bits = bits
        self._words = [f"{_WORD}{number}" for number in range(bits.words)]

    def of(self, codes: types.Column, kind: Kind) -> types.Table:
        """A table: the list as the column has it, the words of its bits, and what a message says of what is wrong with it."""
        lists = codes.name(CODES).as_table().distinct()
        split = lists[CODES].split(";") if kind is Kind.TEXT else lists[CODES]
        each = self._read(lists.mutate(entry=split).unnest("entry", offset="place"))
        once = each.group_by([CODES, "code"]).agg(
            first=each.place.min(),
            heading=each.heading.max(),
            wrong=_in_order(each.wrong, each.place),
            **{word: each[word].max() for word in self._words},
        )
        return once.group_by(CODES).agg(
            **{HEADINGS: _in_order(once.heading, once["first"]), WRONG: once.wrong.max()},
            **{word: self._together(once[word], number) for number, word in enumerate(self._words)},
        )

    def says(self, row: types.Table, trait: Trait) -> types.BooleanValue:
        """Whether a row's codes say it: one that the map lists, or one that it does not beside no treatment."""
        listed, unlisted = self._bits.places(trait)
        ways = [] if listed is None else [has(row, listed)]
        if unlisted is not None:
            ways.append(has(row, unlisted) & ~has(row, TREATMENT))
        return reduce(or_, ways) if ways else ibis.literal(value=False)

    def _read(self, entries: types.Table) -> types.Table:
        """The entries with the code that each writes, its bits, and what is said of it."""
        text = upper(trimmed(entries.entry))
        is_code = fits(text, DIAGNOSIS_CODE.pattern)
        code = ibis.ifelse(is_code, text.replace(".", ""), ibis.null("string"))
        is_wrong = text.notnull() & ~is_code
        says = in_backticks(entries.entry) + " is not an ICD-10-CM code"
        read = entries.mutate(code=code, wrong=ibis.ifelse(is_wrong, says, ibis.null("string")))
        release = self._release()
        joined = read.left_join(release, read.code == release.known)
        words = {word: self._word(joined, number) for number, word in enumerate(self._words)}
        return joined.select(CODES, "place", "code", "wrong", "heading", **words)

    def _word(self, joined: types.Table, number: int) -> types.IntegerValue:
        """That of the release, else that of the code's place in the map."""
        classes = self._bits.classes
        values = [self._bits.of_class(of_class, is_heading=False)[number] for of_class in classes.elsewhere]
        turns = [place for place, value in enumerate(values) if place == 0 or value != values[place - 1]]
        starts, values = [classes.starts[turn] for turn in turns], [values[turn] for turn in turns]
        other = ibis.ifelse(joined.wrong.notnull(), self._bits.unreadable[number], 0)
        of_map = ibis.ifelse(joined.code.notnull(), _by_place(joined.code, starts, values), other)
        return ibis.coalesce(joined[self._words[number]], of_map).cast("int64")

    def _together(self, word: types.IntegerColumn, number: int) -> types.IntegerScalar:
        """All bits that some have, bit by bit: not every engine has an `or` over many."""
        return reduce(add, ((word & bit).max() for bit in self._bits.bits_of(number)))

    def _release(self) -> types.Table:
        codes, words = zip(*self._bits.of_release(), strict=True)
        headings = self._bits.classes.headings
        columns = {"known": codes, "heading": [headings.get(code) for code in codes], **self._in_columns(words)}
        return ibis.memtable(pa.table(columns))

    def _in_columns(self, words: Sequence[Words]) -> Mapping[str, Sequence[int]]:
        return dict(zip(self._words, zip(*words, strict=True), strict=True))


def has(row: types.Table, place: int) -> types.BooleanValue:
    """Whether a row has the bit."""
    word, bit = word_and_bit(place)
    return (row[f"{_WORD}{word}"] & bit) != 0


def _in_order(texts: types.StringColumn, places: types.IntegerColumn) -> types.StringScalar:
    """The texts of a group in the order of their places, as one."""
    placed = ibis.struct({"place": places, "text": texts})
    found = ibis.ifelse(texts.notnull(), placed, ibis.null(placed.type())).collect()
    return found.sort().map(lambda one: one["text"]).join("; ").nullif("")


def _by_place(code: types.StringValue, starts: Sequence[str], values: Sequence[int]) -> types.IntegerValue:
    """The value of the last start that is not after the code, found by halves."""
    if len(values) == 1:
        return ibis.literal(values[0], type="int64")
    middle = len(starts) // 2
    before = _by_place(code, starts[:middle], values[:middle])
    return ibis.ifelse(code < starts[middle], before, _by_place(code, starts[middle:], values[middle:]))
