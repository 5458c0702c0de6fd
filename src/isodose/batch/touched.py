"""Whom a revision touches among the requests of a file: both editions answer every row, and those that differ are counted.

DuckDB answers all rows for the old edition and writes them aside, then again for the new one; only rows that differ are kept. By
which cause they differ is asked of those alone.
"""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from isodose.batch import duckdb_engine
from isodose.batch.columns import flat_case_in, known_columns
from isodose.batch.duckdb_files import MEMORY, read_again, relation_of, types_of
from isodose.batch.duckdb_relation import create, kind_of, query_over
from isodose.batch.items import Fault
from isodose.batch.job import Format, Job, JobError, Progress, Source, Target
from isodose.compile.duckdb.sql import name, text
from isodose.determination.record import ADDED
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome, Reason

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEEDS = duckdb_engine.NEEDS

REQUEST = "request_id"

_BEFORE, _REASON_BEFORE, _AFTER, _REASON_AFTER = (
    "isodose before",
    "isodose reason",
    "isodose after",
    "isodose reason after",
)
"""The columns that hold both answers while they are compared."""

_UNUSED = tuple(column for column in ADDED if column not in ("outcome", "review_reason"))
"""Added columns that no answer of a difference has."""

Pair = tuple[Outcome, Reason | None]


@dataclass(frozen=True, slots=True)
class TouchedRows:
    """Rows whose answer changes from ``before`` to ``after``: how many, and their request ids (the first of many, sorted).

    ``by`` are the places of the guidelines between the two editions that give the new answer already.
    """

    before: Pair
    after: Pair
    by: frozenset[int]
    count: int
    request_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """What is asked of the rows: two guidelines of one edition each, and those between them by which causes are told."""

    old: Guideline
    new: Guideline
    between: Sequence[Guideline]


@dataclass(frozen=True, slots=True)
class Requests:
    """The rows of a file. ``names`` maps columns of a flat case to the names that the file has for them, where they differ."""

    source: Source
    names: Mapping[str, str] = field(default_factory=dict)

    def names_in(self, guideline: Guideline) -> dict[str, str]:
        """The names of the columns that a guideline reads: not every edition reads all."""
        known = known_columns(guideline)
        return {column: name for column, name in self.names.items() if column in known}


@dataclass(frozen=True, slots=True)
class Touched:
    """How many rows were read, and those that the revision touches, the most first.

    ``notes`` say which columns look odd, ``faults`` which lines could not be read.
    """

    rows: int
    groups: tuple[TouchedRows, ...]
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def count(self) -> int:
        """All rows that are touched."""
        return sum(group.count for group in self.groups)


def touched(revision: Revision, requests: Requests, progress: Progress, most: int | None) -> Touched:
    """The rows of a file that a revision touches, with at most so many request ids of each kind. Raises ``JobError``."""
    typed = requests.source.format is not Format.CSV
    with TemporaryDirectory(prefix="isodose-") as folder, _connection(Path(folder)) as connection:
        read, faults = _read(requests, revision.old, Path(folder), progress)
        relation, notes = _flat(connection, read, revision, requests)
        _note_before(connection, relation, revision, typed=typed)
        _note_after(connection, revision.new, typed=typed)
        for place, guideline in enumerate(revision.between):
            _note_between(connection, guideline, place, typed=typed)
        rows = connection.execute("select count(*) from isodose_before").fetchone()
        groups = _groups(connection, range(len(revision.between)), most)
        return Touched(rows[0] if rows else 0, tuple(groups), notes, faults)


@contextmanager
def _connection(folder: Path) -> Iterator[DuckDBPyConnection]:
    """A connection that may hold as much as a batch's; what does not fit goes to the folder."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"set temp_directory = {text(str(folder))}")
        try:
            yield connection
        except duckdb.Error as error:
            raise JobError(str(error).partition("\n")[0]) from None


def _read(requests: Requests, guideline: Guideline, folder: Path, progress: Progress) -> tuple[str, tuple[Fault, ...]]:
    """The rows as SQL that stands after ``from``; of texts as a batch reads them, with the lines that it could not read."""
    if requests.source.format is Format.PARQUET:
        return relation_of(requests.source), ()
    target = Target(folder / "read.parquet", Format.PARQUET)
    summary = duckdb_engine.run(Job(guideline, requests.source, target, requests.names_in(guideline)), progress)
    return f"(select * exclude ({', '.join(ADDED)}) from {read_again(target, ())})", summary.faults


def _flat(
    connection: DuckDBPyConnection, relation: str, revision: Revision, requests: Requests
) -> tuple[str, tuple[str, ...]]:
    """The rows with the columns that either edition reads, by the flat case's own names; what looks odd of the others."""
    kinds = {column: kind_of(type_) for column, type_ in types_of(connection, relation).items()}
    old, new = (flat_case_in(one, kinds, requests.names_in(one)) for one in (revision.old, revision.new))
    columns = ", ".join(f"{name(own)} as {name(column)}" for column, own in {**old.names, **new.names}.items())
    return f"(select {columns} from {relation})", new.notes


def _note_before(connection: DuckDBPyConnection, relation: str, revision: Revision, *, typed: bool) -> None:
    """The rows with the old answer under names of our own, so that they may be asked again."""
    query = _asked(connection, revision.old, relation, typed=typed)
    before = f"outcome as {name(_BEFORE)}, review_reason as {name(_REASON_BEFORE)}"
    connection.execute(
        f"create temporary table isodose_before as select * exclude ({', '.join(ADDED)}), {before} from ({query})"
    )


def _note_after(connection: DuckDBPyConnection, guideline: Guideline, *, typed: bool) -> None:
    """Of all rows those with another new answer; it is written down first, to be computed once."""
    query = _asked(connection, guideline, "isodose_before", typed=typed)
    connection.execute(
        f"create temporary table isodose_touched as with answered as materialized (select * exclude ({', '.join(_UNUSED)}) "
        f"from ({query})) select * exclude (outcome, review_reason), outcome as {name(_AFTER)}, "
        f"review_reason as {name(_REASON_AFTER)} from answered where outcome <> {name(_BEFORE)} "
        f"or review_reason is distinct from {name(_REASON_BEFORE)}"
    )


def _note_between(connection: DuckDBPyConnection, guideline: Guideline, place: int, *, typed: bool) -> None:
    """Of the rows that are touched whether a guideline between the two gives the new answer already."""
    query = _asked(connection, guideline, "isodose_touched", typed=typed)
    is_by = f"outcome = {name(_AFTER)} and review_reason is not distinct from {name(_REASON_AFTER)}"
    connection.execute(
        f"create or replace temporary table isodose_next as select * exclude ({', '.join(ADDED)}), {is_by} as {name(_by(place))} "
        f"from ({query})"
    )
    connection.execute("create or replace temporary table isodose_touched as from isodose_next")


def _by(place: int) -> str:
    return f"isodose by {place}"


def _asked(connection: DuckDBPyConnection, guideline: Guideline, relation: str, *, typed: bool) -> str:
    _, query = query_over(guideline, relation, types_of(connection, relation), {}, None, typed=typed)
    for called, table in query.tables.items():
        create(connection, called, table)
    return query.sql


def _groups(connection: DuckDBPyConnection, places: Collection[int], most: int | None) -> Iterator[TouchedRows]:
    """The rows that are touched, counted by both answers and by what gives the new one."""
    columns = types_of(connection, "isodose_touched")
    keys = [name(key) for key in (_BEFORE, _REASON_BEFORE, _AFTER, _REASON_AFTER, *map(_by, places))]
    ids = _ids(most) if REQUEST in columns else "[]::varchar[]"
    counted = f"select {', '.join(keys)}, count(*), {ids} from isodose_touched group by {', '.join(keys)} order by count(*) desc"
    for was, reason_was, becomes, reason_becomes, *flags, count, request_ids in connection.execute(counted).fetchall():
        yield TouchedRows(
            (Outcome(was), reason_was and Reason(reason_was)),
            (Outcome(becomes), reason_becomes and Reason(reason_becomes)),
            frozenset(place for place, flag in zip(places, flags, strict=True) if flag),
            count,
            tuple(request_ids or ()),
        )


def _ids(most: int | None) -> str:
    found = f"cast({name(REQUEST)} as varchar)"
    if most is None:
        return f"list({found} order by {found}) filter ({name(REQUEST)} is not null)"
    return f"min({found}, {most})"
