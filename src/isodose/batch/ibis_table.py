"""The six added columns on an Ibis table of your own, on the engine where it stands, to be filtered, joined and grouped like any.

>>> import ibis, isodose
>>> from isodose.batch.ibis_table import determined
>>> cases = ibis.memtable({"procedure_code": ["77386"], "date_of_service": ["2025-11-03"], "product": ["ppo-gold"]})
>>> determined(cases, isodose.program("imrt")).select("outcome", "edition").to_pyarrow().to_pylist()
[{'outcome': 'not-applicable', 'edition': '2025-10-01'}]
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ibis.expr import datatypes, types

from isodose.batch.columns import FlatCase, flat_case_in
from isodose.compile.diagnosis_classes import classes_of
from isodose.compile.expression import Kind
from isodose.compile.ibis.columns import add_columns
from isodose.compile.rows.flat_case import added_columns
from isodose.determination.program import Program
from isodose.guideline.guideline import Guideline


def determined(
    table: types.Table, program: Program, *, names: Mapping[str, str] | None = None, as_known_on: date | None = None
) -> types.Table:
    """The table with six columns more, its rows in any order: outcome, review_reason, basis, missing, edition, problem.

    ``names`` says which name the table has for a column of the flat case, where it is another. Types of columns are declared:
    text in the column of a date is read as a date. The table is read twice, so it has to be the same both times. Raises
    ``isodose.batch.job.JobError`` if the table has no column of a flat case, or has one of the six already.
    """
    return with_added(table, program.guideline, names or {}, as_known_on, typed=True)[1]


def with_added(
    table: types.Table, guideline: Guideline, names: Mapping[str, str], as_known_on: date | None, *, typed: bool
) -> tuple[FlatCase, types.Table]:
    """The flat case that the table holds, and the table with the added columns; ``typed`` as in ``compile.reading``."""
    kinds = {name: kind_of(dtype) for name, dtype in table.schema().items()}
    case = flat_case_in(guideline, kinds, names)
    added = added_columns(guideline, case.kinds, as_known_on, typed=typed)
    return case, add_columns(table, added, classes_of(guideline), case.names)


def kind_of(dtype: datatypes.DataType) -> Kind:
    """What a column of the type holds. Types that no fact is of are read as the text that the engine writes for them."""
    if dtype.is_array():
        return Kind.TEXTS
    if dtype.is_boolean():
        return Kind.YES_NO
    if dtype.is_date():
        return Kind.DATE
    return Kind.NUMBER if dtype.is_numeric() else Kind.TEXT
