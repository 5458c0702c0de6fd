"""Claims as a job: files of lines and of authorizations in, a file out, and what is counted on the way."""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isodose.batch.duckdb_files import (
    connection_beside,
    flattened,
    read_again,
    relation_of,
    run_telling,
    types_of,
    written_to,
)
from isodose.batch.duckdb_relation import create
from isodose.batch.items import Fault
from isodose.batch.job import Format, Progress, Source, Target
from isodose.claims.authorization_file import read_authorizations
from isodose.claims.fits import NOT_CLAIMED, UNKNOWN_PROVIDER
from isodose.claims.line import ADDED_TYPES, with_claim_facts
from isodose.claims.posting import drawn_now, note_posted
from isodose.claims.query import ClaimsQuery, claims_query
from isodose.claims.read_lines import Lines, Table, expect_named
from isodose.claims.reason import Reason, payable
from isodose.claims.recheck import as_earlier, better
from isodose.claims.services import ServiceBits
from isodose.claims.text_lines import table_of_text
from isodose.claims.walk import Drawing, Drawn, drawn_by
from isodose.guideline.guideline import Guideline
from isodose.store.drawn import Draw

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEEDS = ("duckdb",)
"""The libraries that have to be installed."""

MEMORY = "1200MiB"
"""What DuckDB may hold; the process needs some 300 MiB besides."""

_AT_ONCE = 50_000
"""Lines of the walk that are held at a time."""


@dataclass(frozen=True, slots=True)
class ClaimsJob:
    """What to do. ``recheck``: the source was answered before, and only the lines that are answered better now are written.

    ``names`` maps columns of a claim line to the names that the source has for them, where they differ. ``posted`` is what lines have
    drawn for good before; ``post`` gets what they draw now, once all are answered, and says how many lines drew.
    """

    guideline: Guideline
    source: Source
    authorizations: Source
    target: Target
    as_known_on: date | None = None
    recheck: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    posted: Iterable[Draw] = ()
    post: Callable[[Iterable[Draw]], int] | None = None


@dataclass(frozen=True, slots=True)
class ClaimsSummary:
    """Lines by reason, only those that occur, in their order; what could not be read, and what looks odd.

    ``rechecked`` is how many lines were answered anew, where only the better ones are written; ``posted`` how many drew units for good.
    """

    reasons: Mapping[Reason, int]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    rechecked: int | None = None
    posted: int | None = None

    @property
    def lines(self) -> int:
        """Lines that were answered."""
        return sum(self.reasons.values())

    @property
    def payable(self) -> dict[str, int]:
        """Lines by whether they are payable: `true`, `false`, and `null` while that is open."""
        counts = dict.fromkeys(("true", "false", "null"), 0)
        for reason, count in self.reasons.items():
            counts[self.payable_of(reason)] += count
        return counts

    def payable_of(self, reason: Reason) -> str:
        """How JSON writes whether lines with the reason are payable."""
        return {True: "true", False: "false", None: "null"}[payable(reason)]


def run(job: ClaimsJob, progress: Progress) -> ClaimsSummary:
    """The lines with six columns more, or those that are better now. Raises ``JobError``."""
    with connection_beside(job.target.path.absolute().parent, MEMORY) as (connection, folder):
        read_authorizations(connection, job.authorizations, ServiceBits(job.guideline))
        table, faults = _table(connection, job, folder, progress)
        expect_named(table, job.names)
        if job.recheck:
            table = as_earlier(connection, table)
        lines = Lines(job.guideline, table)
        if note_posted(connection, job.posted):
            lines = lines.after_posting()
        query = claims_query(lines, job.as_known_on)
        for called, data in query.tables.items():
            create(connection, called, data)
        _note_contested(connection, query)
        _walk(connection, query)
        types = {column: table.types[column] for column in table.shown} | ADDED_TYPES
        answers = flattened(better(query.answers) if job.recheck else query.answers, types, job.target)
        run_telling(connection, f"copy ({answers}) to {written_to(job.target)}", progress)
        rechecked = _lines_in(connection, table) if job.recheck else None
        counts = _counted(connection, job.target)
        posted = job.post(drawn_now(connection, query.draws)) if job.post else None
        return ClaimsSummary(counts, tuple(faults), lines.case.notes, rechecked, posted)


def _table(
    connection: DuckDBPyConnection, job: ClaimsJob, folder: Path, progress: Progress
) -> tuple[Table, list[Fault]]:
    if job.source.format is not Format.PARQUET:
        return table_of_text(with_claim_facts(job.guideline), job.source, job.names, folder, progress)
    relation = relation_of(job.source)
    types = types_of(connection, relation)
    row = "cast(file_index as bigint) << 40 | file_row_number"
    return Table(relation, types, row, typed=True, own=job.names, shown=tuple(types)), []


def _note_contested(connection: DuckDBPyConnection, query: ClaimsQuery) -> None:
    connection.execute(f"create temporary table isodose_crowded as {query.crowded}")
    connection.execute(f"create temporary table isodose_their_lines as {query.their_lines}")
    connection.execute(f"create temporary table isodose_contested as {query.contested}")


def _walk(connection: DuckDBPyConnection, query: ClaimsQuery) -> None:
    """Notes what each line of a contested member draws; written by a cursor of its own, which sees no temporary table."""
    connection.execute(
        "create table isodose_walked "
        "(row_number bigint, drawn integer, most integer, units_left bigint, is_open boolean)"
    )
    if connection.execute("select 1 from isodose_contested limit 1").fetchone() is None:
        return
    writer = connection.cursor()
    batch: list[Drawn] = []
    for drawn in _drawn(connection, query):
        batch.append(drawn)
        if len(batch) == _AT_ONCE:
            _write(writer, batch)
            batch.clear()
    _write(writer, batch)


def _drawn(connection: DuckDBPyConnection, query: ClaimsQuery) -> Iterator[Drawn]:
    connection.execute(query.drawings())
    for _, of_member in groupby(_fetched(connection), key=lambda row: row[0]):
        rows = list(of_member)
        limits, counted_at = (dict(enumerate(rows[0][column] or (), start=1)) for column in (4, 5))
        yield from drawn_by((_drawing(row) for row in rows), limits, counted_at)


def _fetched(connection: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := connection.fetchmany(_AT_ONCE):
        yield from rows


def _drawing(row: tuple[Any, ...]) -> Drawing:
    _, number, need, flags, *_ = row
    places = {flag: [place for place, one in enumerate(flags or (), start=1) if one == flag] for flag in _USABLE}
    claimed, other, claimed_unknown, unknown = (places[flag] for flag in _USABLE)
    return Drawing(number, need, (*claimed, *other), (*claimed_unknown, *unknown))


_USABLE = (0, NOT_CLAIMED, UNKNOWN_PROVIDER, UNKNOWN_PROVIDER | NOT_CLAIMED)
"""How an authorization may fit: surely, or if the provider is one of its own; the one claimed comes first."""


def _write(connection: DuckDBPyConnection, batch: list[Drawn]) -> None:
    columns = [
        list(column) for column in zip(*((d.row, d.drawn, d.most, d.left, d.is_open) for d in batch), strict=True)
    ]
    if columns:
        connection.execute(
            "insert into isodose_walked select unnest($1::bigint[]), unnest($2::integer[]), unnest($3::integer[]), "
            "unnest($4::bigint[]), unnest($5::boolean[])",
            columns,
        )


def _counted(connection: DuckDBPyConnection, target: Target) -> dict[Reason, int]:
    """Counted in what was written: that is what the user gets."""
    again = read_again(target, ("claim_reason",))
    counts = dict(connection.execute(f"select claim_reason, count(*) from {again} group by all").fetchall())
    return {reason: counts[reason] for reason in Reason if reason in counts}


def _lines_in(connection: DuckDBPyConnection, table: Table) -> int:
    [(count,)] = connection.execute(f"select count(*) from {table.relation}").fetchall()
    return int(count)
