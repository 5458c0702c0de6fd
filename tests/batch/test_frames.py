"""Tables of users: the examples in the docs and beside the functions run as they are written."""

import doctest
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from isodose import program
from isodose.batch import ibis_table, polars_frame
from isodose.batch.job import JobError

DOCS = Path(__file__).parents[2] / "docs" / "batch.md"

pytestmark = pytest.mark.filterwarnings("ignore:fetch_.* is deprecated:DeprecationWarning")
"""Ibis 12 speaks to DuckDB 2 in words of DuckDB 1."""


@pytest.mark.parametrize("module", [polars_frame, ibis_table], ids=["Polars", "Ibis"])
def test_the_example_beside_the_function(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert (result.failed, result.attempted > 2) == (0, True)


def test_the_examples_in_the_docs() -> None:
    result = doctest.testfile(str(DOCS), module_relative=False)
    assert (result.failed, result.attempted > 2) == (0, True)


def test_only_the_columns_that_are_asked_for_are_computed() -> None:
    cases = pl.LazyFrame({"procedure_code": ["77386"], "date_of_service": [date(2025, 11, 3)], "of_another": [1]})
    plan = polars_frame.determined(cases, program("imrt")).select("edition").explain()
    assert 'PROJECT["procedure_code", "date_of_service"] 2/3 COLUMNS' in plan


def test_a_column_with_the_name_of_an_added_one_is_refused() -> None:
    cases = pl.LazyFrame({"procedure_code": ["77386"], "outcome": ["approved"]})
    with pytest.raises(JobError, match="`outcome`"):
        polars_frame.determined(cases, program("imrt"))


def test_categories_are_text() -> None:
    row = {"procedure_code": ["99213"], "date_of_service": [date(2025, 11, 3)], "product": ["ma-hmo"]}
    cases = pl.LazyFrame(row, schema_overrides={"procedure_code": pl.Categorical, "product": pl.Enum(["ma-hmo"])})
    assert polars_frame.determined(cases, program("imrt")).collect()["outcome"].to_list() == ["not-applicable"]


@pytest.mark.slow
def test_rows_keep_their_order() -> None:
    days = [date(2025, 11, 3), date(2024, 1, 1), None, date(2025, 1, 1)] * 500
    cases = pl.LazyFrame({"procedure_code": ["99213"] * len(days), "date_of_service": days})
    answered = polars_frame.determined(cases, program("imrt")).collect(engine="streaming")
    assert answered["date_of_service"].to_list() == days
