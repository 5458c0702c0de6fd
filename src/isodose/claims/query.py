"""One query over all lines, put together: read, met with authorizations, ruled by the edition, judged, reasoned, answered."""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from isodose.claims.answer import REASONED, answered, judged
from isodose.claims.fits import CONTESTED, FITTED, LIMITS, MET
from isodose.claims.read_lines import Lines
from isodose.claims.ruling import COURSE, ruled
from isodose.compile.diagnosis_classes import classes_of
from isodose.compile.duckdb.codes import Table as Data
from isodose.compile.duckdb.query import Query, query_of
from isodose.compile.duckdb.sql import name


@dataclass(frozen=True, slots=True)
class ClaimsQuery:
    """The three questions to the lines, as SQL, and the tables of data that they read, by name.

    ``contested``: the members of whom more may be billed than was authorized. ``their_lines``: the lines of those, as read, to be
    kept as the table ``isodose_their_lines``. ``drawings``: what each of them would draw, member after member in the order in which
    units are drawn. ``answers``: every line with its answer.
    """

    contested: str
    their_lines: str
    drawings: str
    answers: str
    tables: Mapping[str, Data]


def claims_query(lines: Lines, as_known_on: date | None) -> ClaimsQuery:
    """The query over lines, once the tables of authorizations are there."""
    all_lines = _ruled(lines, as_known_on, lines.sql(), lines.table.relation)
    of_contested = _ruled(lines, as_known_on, f"from {_THEIRS}", _THEIRS)
    columns = [f"isodose_reasoned.{name(column)}" for column in lines.table.shown]
    return ClaimsQuery(
        f"with isodose_lines as ({lines.sql()}) {CONTESTED}",
        f"select * from ({lines.sql()}) where isodose_member in (select member from isodose_contested)",
        f"with {_judged(lines, of_contested)} {_drawings(lines)}",
        f"with {_judged(lines, all_lines)}, isodose_reasoned as ({REASONED}) {answered(columns)}",
        all_lines.tables,
    )


_THEIRS = "isodose_their_lines"


def _ruled(lines: Lines, as_known_on: date | None, read: str, lists_from: str) -> Query:
    """What the edition says of lines that are read so."""
    relation = f"(with isodose_lines as ({read}), isodose_met as ({MET}), isodose_fitted as ({FITTED}) select * from isodose_fitted)"
    guideline = lines.guideline
    added = ruled(guideline, lines.case.kinds, as_known_on, typed=lines.table.typed)
    cells = lines.cells | {COURSE: "isodose_course"}
    return query_of(added, classes_of(guideline), relation, cells, lists_from=lists_from)


def _judged(lines: Lines, query: Query) -> str:
    return f"isodose_ruled as ({query.sql}), isodose_judged as ({judged(lines.guideline)})"


def _drawings(lines: Lines) -> str:
    """What the walk needs of each line; the columns after those that name it only make the order the same each time."""
    return (
        f"select isodose_member, isodose_row, isodose_need, isodose_flags, {LIMITS} "
        f"from isodose_judged where isodose_asks order by isodose_member, isodose_day, {lines.in_order()}, "
        "isodose_need nulls last, isodose_flags"
    )
