"""One suite, every engine of rows: the same answer in all six columns to every combination of classes and to every code.

The everyday run takes an even spread of the combinations, the slow one all of them. The counts are printed (`-rP` shows them).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from tests.determination.imrt_cases import imrt
from tests.parity.combinations import Combinations
from tests.parity.oracle import Row, differences, write_cases

from isodose.batch.job import Engine, Format, Job, Source, Target
from isodose.guideline.diagnoses import with_dot

EVERYDAY = 97
"""Of so many combinations one is taken; a prime, so that no class is left out."""

COMPLETE: Row = {
    "date_of_service": date(2025, 11, 3),
    "member_birth_date": date(1960, 5, 1),
    "product": "ma-hmo",
    "procedure_code": "77386",
    "technique": "imrt",
    "treatment_intent": "curative",
    "dose_escalation_concern": True,
    "previously_irradiated": False,
    "radiation_required": True,
    "concurrent_proton_therapy": False,
}

Oracle = Callable[[str, Sequence[Row]], Path]


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """Cases with their answers in a folder, made once for all engines."""
    made: dict[str, Path] = {}

    def folder(name: str, rows: Sequence[Row]) -> Path:
        if name not in made:
            cases = tmp_path_factory.mktemp(name)
            write_cases(imrt(), rows, cases)
            made[name] = cases
        return made[name]

    return folder


@pytest.fixture(scope="module")
def combinations() -> Combinations:
    return Combinations(imrt())


def every_code() -> list[Row]:
    """A complete case for each code of the release, and beside it one for a code below it that the release does not hold."""
    entries = imrt().guideline.release.between("A", "Z")
    codes = [code for entry in entries for code in (entry.code, f"{entry.code}Z"[:7])]
    return [{**COMPLETE, "diagnosis_codes": [with_dot(code)]} for code in dict.fromkeys(codes)]


def answered(engine: str, cases: Path, target: Path) -> Path:
    run: Engine = import_module(f"isodose.batch.{engine}_engine").run
    source = Source(tuple(sorted((cases / "cases").glob("*.parquet"))), Format.PARQUET)
    summary = run(Job(imrt().guideline, source, Target(target, Format.PARQUET)), lambda *_: None)
    print(f"{engine}: {summary.rows} cases, {dict(summary.outcomes)}")
    return target


ENGINES = ["duckdb", "polars"]
"""Spark plans its query for minutes: tests/compile/test_ibis_columns.py holds its answers on smaller tables."""


@pytest.mark.parametrize("engine", ENGINES)
def test_an_even_spread_of_all_combinations(
    engine: str, oracle: Oracle, combinations: Combinations, tmp_path: Path
) -> None:
    cases = oracle("spread", combinations[::EVERYDAY])
    assert differences(cases, answered(engine, cases, tmp_path / "answered.parquet")) == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_every_combination(engine: str, oracle: Oracle, combinations: Combinations, tmp_path: Path) -> None:
    cases = oracle("all", combinations)
    assert differences(cases, answered(engine, cases, tmp_path / "answered.parquet")) == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_every_code_of_the_release(engine: str, oracle: Oracle, tmp_path: Path) -> None:
    """Classes could hide a slip of the map: each code is asked by itself."""
    cases = oracle("codes", every_code())
    assert differences(cases, answered(engine, cases, tmp_path / "answered.parquet")) == []
