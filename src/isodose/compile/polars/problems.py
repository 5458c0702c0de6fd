"""What is wrong with a row in words, for Polars: written only for the rows of which there is something to say."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.expression import (
    Codes,
    Column,
    Expression,
    Headings,
    Sentences,
    Shown,
    UnreadableCodes,
    in_order,
)
from isodose.compile.polars.expressions import cell, written
from isodose.compile.python import value_of


def in_words(
    problem: Sentences, conditions: list[pl.Expr], of_cell: Callable[[Column], pl.Expr], classes: DiagnosisClasses
) -> pl.Expr:
    """The sentences whose condition holds; a row without any gets null."""
    flags = [f"is wrong {number}" for number in range(len(conditions))]
    cells = [one for one in in_order(text for _, text in problem.parts) if isinstance(one, Column)]
    texts = [_in_words(text, classes) for _, text in problem.parts]
    sentences = pl.concat_str(
        [pl.when(pl.col(flag)).then(text) for flag, text in zip(flags, texts, strict=True)],
        separator="; ",
        ignore_nulls=True,
    )

    def told(rows: pl.Series) -> pl.Series:
        frame = rows.struct.unnest()
        is_wrong = frame.select(pl.any_horizontal(flags)).to_series()
        found = frame.filter(is_wrong).select(sentences).to_series()
        return found.gather(pl.select(pl.when(is_wrong).then(is_wrong.cum_sum() - 1)).to_series())

    row = pl.struct(
        *(flag.alias(name) for name, flag in zip(flags, conditions, strict=True)),
        *(of_cell(column).alias(column.name) for column in cells),
    )
    return row.map_batches(told, return_dtype=pl.String, is_elementwise=True)


def _in_words(text: Expression, classes: DiagnosisClasses) -> pl.Expr:
    """A text over the cells of a row. What the reference reading says of a cell is asked of it, cell by cell."""

    def of(asked: Expression) -> pl.Expr:
        match asked:
            case Column(name):
                return cell(asked, name)
            case Shown(Column() as column) | UnreadableCodes(column) | Headings(Codes(column)):
                return _of_cell(asked, column, classes)
            case _:
                return written(asked, of)

    return of(text)


def _of_cell(asked: Expression, column: Column, classes: DiagnosisClasses) -> pl.Expr:
    def said(cells: pl.Series) -> pl.Series:
        return pl.Series([value_of(asked, {column.name: one}, classes) for one in cells.to_list()], dtype=pl.String)

    return pl.col(column.name).map_batches(said, return_dtype=pl.String, is_elementwise=True)
