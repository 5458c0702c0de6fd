"""The six added columns on a Polars frame of your own, to be filtered, joined and grouped like any other.

>>> import isodose, polars
>>> from datetime import date
>>> from isodose.batch.polars_frame import determined
>>> cases = polars.LazyFrame({"procedure_code": ["77386"], "date_of_service": [date(2025, 11, 3)], "product": ["ppo-gold"]})
>>> determined(cases, isodose.program("imrt")).select("outcome", "edition").collect().rows()
[('not-applicable', '2025-10-01')]
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from isodose.batch.columns import FlatCase, flat_case_in
from isodose.compile.diagnosis_classes import classes_of
from isodose.compile.expression import Kind
from isodose.compile.polars.columns import add_columns
from isodose.compile.rows.flat_case import added_columns
from isodose.determination.program import Program
from isodose.guideline.guideline import Guideline


def determined(
    frame: pl.LazyFrame, program: Program, *, names: Mapping[str, str] | None = None, as_known_on: date | None = None
) -> pl.LazyFrame:
    """The frame with six columns more, its rows in their order: outcome, review_reason, basis, missing, edition, problem.

    ``names`` says which name the frame has for a column of the flat case, where it is another. Types of columns are declared:
    text in the column of a date is read as a date. Raises ``isodose.batch.job.JobError`` if the frame has no column of a flat
    case, or has one of the six already.
    """
    return with_added(frame, program.guideline, names or {}, as_known_on, typed=True)[1]


def with_added(
    frame: pl.LazyFrame, guideline: Guideline, names: Mapping[str, str], as_known_on: date | None, *, typed: bool
) -> tuple[FlatCase, pl.LazyFrame]:
    """The flat case that the frame holds, and the frame with the added columns; ``typed`` as in ``compile.reading``."""
    kinds = {name: kind_of(dtype) for name, dtype in frame.collect_schema().items()}
    case = flat_case_in(guideline, kinds, names)
    added = added_columns(guideline, case.kinds, as_known_on, typed=typed)
    return case, add_columns(frame, added, classes_of(guideline), case.names)


def kind_of(dtype: pl.DataType) -> Kind:
    """What a column of the type holds. Types that no fact is of are read as the text that Polars writes for them."""
    if isinstance(dtype, pl.List):
        return Kind.TEXTS
    if dtype == pl.Boolean:
        return Kind.YES_NO
    if dtype == pl.Date:
        return Kind.DATE
    return Kind.NUMBER if dtype.is_numeric() else Kind.TEXT
