"""One query over all lines, put together: read, met with authorizations, ruled by the edition, judged, reasoned, answered."""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from isodose.claims.answer import REASONED, answered, judged
from isodose.claims.fits import CONTESTED, COUNTED, CROWDED, FITTED, FLAGS, LIMITS, MET, of_approved
from isodose.claims.read_lines import Lines
from isodose.claims.reason import Reason
from isodose.claims.ruling import COURSE, ruled
from isodose.compile.diagnosis_classes import classes_of
from isodose.compile.duckdb.codes import Table as Data
from isodose.compile.duckdb.query import Query, query_of
from isodose.compile.duckdb.sql import name


@dataclass(frozen=True, slots=True)
class ClaimsQuery:
    """The questions to the lines, as SQL in their order, and the tables of data that they read, by name.

    ``crowded``: the members of whom more is billed than one authorization grants, to be kept as the table ``isodose_crowded``.
    ``their_lines``: the lines of those, as read, to be kept as ``isodose_their_lines``. ``contested``: of these members, those who may
    have more billed than was authorized. ``drawings``: what each of their lines would draw, member after member in the order in which
    units are drawn; written when it is asked for, as most runs of few lines have none. ``answers``: every line with its answer. ``draws``: of lines that are authorized and need units, the claim, the
    line in it, the authorization, the units and the day.
    """

    crowded: str
    their_lines: str
    contested: str
    drawings: Callable[[], str]
    answers: str
    draws: str
    tables: Mapping[str, Data]


def claims_query(lines: Lines, as_known_on: date | None) -> ClaimsQuery:
    """The query over lines, once the tables of authorizations are there."""
    all_lines = _ruled(lines, as_known_on, lines.sql(), lines.table.relation)
    columns = [f"isodose_reasoned.{name(column)}" for column in lines.table.shown]
    reasoned = f"with {_judged(lines, all_lines)}, isodose_reasoned as ({REASONED})"
    return ClaimsQuery(
        f"with isodose_lines as ({lines.sql()}) {CROWDED}",
        lines.of_members("select member from isodose_crowded").sql(),
        CONTESTED.format(their_lines=_THEIRS),
        partial(_drawings, lines, as_known_on),
        f"{reasoned} {answered(lines.guideline, columns)}",
        f"{reasoned} {_draws(lines)}",
        all_lines.tables,
    )


_THEIRS, _OF_CONTESTED = "isodose_their_lines", "where isodose_member in (select member from isodose_contested)"


def _ruled(lines: Lines, as_known_on: date | None, read: str, lists_from: str) -> Query:
    """What the edition says of lines that are read so."""
    relation = f"(with isodose_lines as ({read}), isodose_met as ({MET}), isodose_fitted as ({FITTED}) select * from isodose_fitted)"
    guideline = lines.guideline
    added = ruled(guideline, lines.case.kinds, as_known_on, typed=lines.table.typed)
    cells = lines.cells | {COURSE: "isodose_course"}
    return query_of(added, classes_of(guideline), relation, cells, lists_from=lists_from)


def _judged(lines: Lines, query: Query) -> str:
    return f"isodose_ruled as ({query.sql}), isodose_judged as ({judged(lines.guideline)})"


def _drawings(lines: Lines, as_known_on: date | None) -> str:
    """What the walk needs of each line; the columns after those that name it only make the order the same each time."""
    of_contested = _ruled(lines, as_known_on, f"from {_THEIRS} {_OF_CONTESTED}", _THEIRS)
    return (
        f"with {_judged(lines, of_contested)} select isodose_member, isodose_row, isodose_need, {FLAGS} as flags, {LIMITS}, {COUNTED} "
        f"from isodose_judged where isodose_asks order by isodose_member, isodose_day, {lines.in_order()}, "
        "isodose_need nulls last, flags"
    )


def _draws(lines: Lines) -> str:
    return (
        f"select {lines.claim}, {lines.number}, {of_approved('isodose_place', 'number')}, isodose_need, isodose_day "
        f"from isodose_reasoned where claim_reason = '{Reason.AUTHORIZED}' and isodose_need > 0"
    )
