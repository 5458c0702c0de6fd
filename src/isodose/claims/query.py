"""One query over all lines, put together: read, met with authorizations, ruled by the edition, judged, reasoned, answered."""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from isodose.claims.answer import REASONED, answered, judged
from isodose.claims.fits import CONTESTED, FITTED, MET
from isodose.claims.read_lines import Lines
from isodose.claims.ruling import COURSE, ruled
from isodose.compile.diagnosis_classes import classes_of
from isodose.compile.duckdb.codes import Table as Data
from isodose.compile.duckdb.query import Query, query_of
from isodose.compile.duckdb.sql import name


@dataclass(frozen=True, slots=True)
class ClaimsQuery:
    """The three questions to the lines, as SQL, and the tables of data that they read, by name.

    ``contested``: the members of whom more may be billed than was authorized. ``drawings``: their lines, member after member in the
    order in which units are drawn. ``answers``: every line with its answer.
    """

    contested: str
    drawings: str
    answers: str
    tables: Mapping[str, Data]


def claims_query(lines: Lines, as_known_on: date | None) -> ClaimsQuery:
    """The query over lines, once the tables of authorizations are there."""
    all_lines = _ruled(lines, as_known_on, join="left", only="")
    of_contested = _ruled(lines, as_known_on, join="inner", only=" and members.contested")
    columns = [f"isodose_reasoned.{name(column)}" for column in lines.table.shown]
    return ClaimsQuery(
        f"with isodose_lines as ({lines.sql()}) {CONTESTED}",
        f"with {_judged(lines, of_contested)} {_drawings(lines)}",
        f"with {_judged(lines, all_lines)}, isodose_reasoned as ({REASONED}) {answered(columns)}",
        all_lines.tables,
    )


def _ruled(lines: Lines, as_known_on: date | None, *, join: str, only: str) -> Query:
    relation = (
        f"(with isodose_lines as ({lines.sql()}), isodose_met as ({MET.format(join=join, only=only)}), "
        f"isodose_fitted as ({FITTED}) select * from isodose_fitted)"
    )
    guideline = lines.guideline
    added = ruled(guideline, lines.case.kinds, as_known_on, typed=lines.table.typed)
    cells = lines.cells | {COURSE: "isodose_course"}
    return query_of(added, classes_of(guideline), relation, cells, lists_from=lines.table.relation)


def _judged(lines: Lines, query: Query) -> str:
    return f"isodose_ruled as ({query.sql}), isodose_judged as ({judged(lines.guideline)})"


def _drawings(lines: Lines) -> str:
    """What the walk needs of each line; the columns after those that name it only make the order the same each time."""
    return (
        "select isodose_member, isodose_row, isodose_need, isodose_flags, [one.units for one in isodose_approved] "
        f"from isodose_judged where isodose_asks order by isodose_member, isodose_day, {lines.in_order()}, "
        "isodose_need nulls last, isodose_flags"
    )
