"""The six added columns on a Polars frame. What expressions share is computed once: a column, dropped at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.expression import (
    Belongs,
    Codes,
    Column,
    Expression,
    Headings,
    Literal,
    Names,
    Present,
    Sentences,
    UnreadableCodes,
    in_order,
)
from isodose.compile.polars.codes import CodeColumns, entries, has
from isodose.compile.polars.expressions import cell, written
from isodose.compile.polars.lists import listed
from isodose.compile.polars.problems import in_words
from isodose.compile.rows.code_bits import HEADING, READABLE, UNREADABLE, CodeBits
from isodose.compile.rows.flat_case import Added
from isodose.compile.rows.layers import shared_layers
from isodose.compile.rows.names import one_list

_BITS: Mapping[type[Expression], int] = {Codes: READABLE, UnreadableCodes: UNREADABLE, Headings: HEADING}
"""What is held of a row's codes by their bits."""


def add_columns(
    frame: pl.LazyFrame, added: Added, classes: DiagnosisClasses, names: Mapping[str, str] | None = None
) -> pl.LazyFrame:
    """The frame with the added columns, in the order of its rows.

    ``names`` says under which name the frame has a column of the flat case, where it is another.
    """
    texts = {"outcome": added.outcome, "review_reason": added.review_reason, "edition": added.edition}
    lists = {"basis": one_list(added.basis), "missing": one_list(added.missing)}
    assert isinstance(added.problem, Sentences)
    conditions = [when for when, _ in added.problem.parts]
    roots = [*texts.values(), *lists.values(), *conditions]
    columns = frame.collect_schema().names()
    held = _Held(frame, classes, names or {}, in_order(roots))
    for layer in shared_layers(roots):
        held.hold(one for one in layer if type(one) not in _BITS)
    found = {name: held.of(text).cast(pl.String) for name, text in texts.items()}
    found |= {name: _listed(names_, held) for name, names_ in lists.items()}
    found["problem"] = in_words(added.problem, list(map(held.of, conditions)), held.cell, classes)
    return held.frame.with_columns(**found).select(*columns, *Added.__dataclass_fields__)


def _listed(names: Names, held: _Held) -> pl.Expr:
    return listed([name for name, _ in names.parts], [held.of(flag) for _, flag in names.parts])


class _Held:
    """A frame, and the expressions that it holds as columns of its own."""

    def __init__(
        self, frame: pl.LazyFrame, classes: DiagnosisClasses, names: Mapping[str, str], below: list[Expression]
    ) -> None:
        self.frame = frame
        self._names = names
        self._columns: dict[Expression, pl.Expr] = {}
        traits = dict.fromkeys(one.trait for one in below if isinstance(one, Belongs))
        self._codes = CodeColumns(CodeBits(classes, traits))
        self._words = pl.Enum(list(dict.fromkeys(one.text for one in below if isinstance(one, Literal))))
        self.hold(dict.fromkeys(Codes(one.given) for one in below if isinstance(one, (Codes, UnreadableCodes))))

    def hold(self, expressions: Iterable[Expression]) -> None:
        """Columns for these, which need nothing but what is held."""
        found = {one: f"isodose {len(self._columns) + place}" for place, one in enumerate(expressions)}
        self.frame = self.frame.with_columns(self.of(one).alias(name) for one, name in found.items())
        self._columns |= {one: pl.col(name) for one, name in found.items()}

    def cell(self, column: Column) -> pl.Expr:
        return cell(column, self._names.get(column.name, column.name))

    def of(self, asked: Expression) -> pl.Expr:
        if asked in self._columns:
            return self._columns[asked]
        if isinstance(asked, Column):
            return self.cell(asked)
        if isinstance(asked, Literal):  # all that are not part of a message are chosen from: few, told apart by number
            return pl.lit(asked.text, dtype=self._words)
        return self._of_codes(asked)

    def _of_codes(self, asked: Expression) -> pl.Expr:
        match asked:
            case Codes(given):
                return self._codes.of(entries(self.cell(given), given.kind))
            case Belongs(codes, trait):
                return self._codes.says(self.of(codes), trait)
            case Present(Codes() | UnreadableCodes() | Headings() as said):
                return has(self.of(_codes_of(said)), _BITS[type(said)])
            case _:
                return written(asked, self.of)


def _codes_of(said: Codes | UnreadableCodes | Headings) -> Codes:
    return said.codes if isinstance(said, Headings) else Codes(said.given)
