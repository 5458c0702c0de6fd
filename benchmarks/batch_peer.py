"""The query of ``batch_by_hand.sql`` and the data that it stands on: what each code of ICD-10-CM says, worked out beforehand.

The data is taken from the map as Isodose reads it, so that both start alike; the logic is in the SQL alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import duckdb

import isodose
from isodose.batch.duckdb_files import MEMORY
from isodose.compile.diagnosis_classes import DiagnosisClasses, classes_of
from isodose.compile.expression import Says, Trait

QUERY = Path(__file__).with_name("batch_by_hand.sql")

_TREATMENT = 1 << 3
_SETS = ("malignant", "cns-metastasis", "distant-metastasis", "neoplasm", "1")
_TRAITS = (
    Trait(Says.SPEAKS, ""),
    *chain.from_iterable((Trait(Says.CLEAR, one), Trait(Says.OPEN, one)) for one in _SETS),
)
_FIRST_TRAIT, _FIRST_CLAUSE = 4, 15


@contextmanager
def prepared() -> Iterator[Callable[[Path, Path], None]]:
    """Writes the rows of a Parquet file with the six columns to another. What codes say is loaded before, and not timed."""
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        _load(connection)
        yield lambda rows, target: _run(connection, rows, target)


def _run(connection: duckdb.DuckDBPyConnection, rows: Path, target: Path) -> None:
    connection.execute(QUERY.read_text("utf-8").format(rows=rows, target=target))


def _load(connection: duckdb.DuckDBPyConnection) -> None:
    classes = classes_of(isodose.program("imrt").guideline)
    clauses = sorted(
        {clause for one in classes.classes for clause in one.clear if clause.startswith("1") and one.home == clause}
    )
    bits = dict(enumerate(_TRAITS, start=_FIRST_TRAIT)) | {
        place: Trait(Says.HOME, clause) for place, clause in enumerate(clauses, start=_FIRST_CLAUSE)
    }
    said = [
        (_word(classes, number, bits, "listed"), _word(classes, number, bits, "unlisted"))
        for number in range(len(classes.classes))
    ]
    codes = [(code, classes.headings.get(code), *said[number]) for code, number in classes.of_release.items()]
    elsewhere = [(start, *said[number]) for start, number in zip(classes.starts, classes.elsewhere, strict=True)]
    listed = [(clause, 1 << place) for place, clause in enumerate(clauses, start=_FIRST_CLAUSE)]
    _table(connection, "release", ("code varchar", "heading varchar", "alone ubigint", "beside ubigint"), codes)
    _table(connection, "elsewhere", ("start varchar", "alone ubigint", "beside ubigint"), elsewhere)
    _table(connection, "clauses", ("clause varchar", "bit ubigint"), listed)


def _word(classes: DiagnosisClasses, number: int, bits: dict[int, Trait], way: str) -> int:
    said = sum(1 << place for place, trait in bits.items() if number in getattr(classes.holders(trait), way))
    return said | (_TREATMENT if way == "listed" and number in classes.treatments else 0)


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    """A table made of columns, as rows one by one are slow."""
    read = ", ".join(
        f"cast(unnest(${place}) as {column.split()[1]}) as {column.split()[0]}"
        for place, column in enumerate(columns, start=1)
    )
    connection.execute(
        f"create temporary table {name} as select {read}", [list(column) for column in zip(*rows, strict=True)]
    )
