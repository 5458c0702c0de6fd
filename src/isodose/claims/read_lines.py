"""The cells of a claim line as SQL reads them: those that are facts as a batch reads them, all others as trimmed text."""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from isodose.batch.columns import FlatCase, flat_case_in, known_columns
from isodose.batch.duckdb_relation import cell_of, kind_of
from isodose.batch.job import JobError
from isodose.claims.line import ADDED as OWN
from isodose.claims.line import NEEDED, PROFESSIONAL, TEXTS, with_claim_facts
from isodose.claims.services import ServiceBits
from isodose.compile.duckdb.sql import name, sql_of, text, trimmed
from isodose.compile.expression import Column, Expression
from isodose.compile.rows.reading import readings_of
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import did_you_mean, listed

_ROW, _POSTED_ROW = "isodose row", "isodose posted row"
_POSTED, _POSTED_UNITS = "isodose posted", "isodose posted units"
"""The authorization that a line has drawn from, and how many units."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of lines: SQL that stands after ``from``, its columns with their types, and what makes a row's number.

    ``own`` says which column holds what a claim calls so, where it is not the column of that name. ``typed`` tables have
    booleans, numbers and dates of their own; in others all cells are text. ``shown`` are the columns that come back. ``posted`` says
    that two more columns tell what a line has drawn in an earlier run.
    """

    relation: str
    types: Mapping[str, str]
    row: str
    typed: bool
    own: Mapping[str, str]
    shown: tuple[str, ...]
    posted: bool = False


def expect_named(table: Table, names: Mapping[str, str]) -> None:
    """Raises ``JobError`` for columns that are to be read from others, which the table does not have."""
    lacking = [
        f"`{column}` is to be read from `{own}`, which no line has{did_you_mean(own, table.shown)}"
        for column, own in names.items()
        if own not in table.types
    ]
    if lacking:
        raise JobError(*lacking)


def without_space(cell: str) -> str:
    """A text without white space around it, null if nothing is left. Most have none: to look at the ends is five times as fast."""
    return f"case when {cell}[1] > ' ' and {cell}[-1] > ' ' then {cell} else nullif({trimmed(cell)}, '') end"


class Lines:
    """Writes how the lines of one table are read."""

    def __init__(self, guideline: Guideline, table: Table) -> None:
        self.guideline = with_claim_facts(guideline)
        self.table = table
        self.case = _case(self.guideline, table)
        self.cells = {column: cell_of(own, table.types[own]) for column, own in self.case.names.items()}
        self._readings = readings_of(self.guideline, self.case.kinds, typed=table.typed)

    def sql(self) -> str:
        """The table's columns and those that are read of them."""
        bits = ServiceBits(self.guideline)
        columns = {
            "row": self.table.row,
            "member": self._text("member_id"),
            "provider": self._text("provider_npi"),
            "claimed": self._claimed(),
            "day": self._fact("date_of_service"),
            "code": self._fact("procedure_code"),
            "since": self._fact("member_since"),
            "begun": self._fact("course_begun"),
            "sessions": self._fact("units"),
            "need": self._need(),
            "services": bits.of_line("isodose_code", "isodose_day"),
        }
        written = ", ".join(f"{sql} as isodose_{column}" for column, sql in columns.items())
        return f"select *, {written} from {self.table.relation}"

    def of_members(self, members: str) -> Lines:
        """The lines of some members alone, without the columns that nobody reads; ``members`` is SQL that gives them."""
        read = {*self.case.names.values(), *map(self._own, TEXTS)}
        posted = (_POSTED, _POSTED_UNITS) if self.table.posted else ()
        known = ", ".join(name(column) for column in (*self.table.types, *posted) if column in (*read, *posted))
        chosen = f"{self.table.row} as {name(_ROW)}, {known} from {self.table.relation}"
        theirs = f"(select {chosen} where {self._text('member_id')} in ({members}))"
        return Lines(self.guideline, replace(self.table, relation=theirs, row=name(_ROW)))

    def after_posting(self) -> Lines:
        """The lines with what they have drawn by the table ``isodose_posted``."""
        read = f"(select *, {self.table.row} as {name(_POSTED_ROW)} from {self.table.relation})"
        posted = f"posted_number as {name(_POSTED)}, posted_units as {name(_POSTED_UNITS)}"
        same = f"posted_claim = {self.claim} and posted_line = {self.number}"
        relation = f"(select isodose_read.*, {posted} from {read} as isodose_read left join isodose_posted on {same})"
        return Lines(self.guideline, replace(self.table, relation=relation, row=name(_POSTED_ROW), posted=True))

    @property
    def claim(self) -> str:
        """The claim's own name."""
        return self._text("claim_id")

    @property
    def number(self) -> str:
        """The number of the line in its claim, as a text."""
        return self._text("line")

    def in_order(self) -> str:
        """What orders lines, claim after claim; what two lines share to the last column draws alike."""
        number = f"try_cast({self.number} as bigint)"
        return f"{self.claim} nulls last, {number} nulls last, {self.number} nulls last"

    def _claimed(self) -> str:
        claimed = self._text("authorization_number")
        return f"coalesce({name(_POSTED)}, {claimed})" if self.table.posted else claimed

    def _need(self) -> str:
        need = f"case when {self._is_professional()} then 0 else cast(isodose_sessions as bigint) end"
        return f"greatest({need} - coalesce({name(_POSTED_UNITS)}, 0), 0)" if self.table.posted else need

    def _own(self, column: str) -> str:
        return self.table.own.get(column, column)

    def _fact(self, fact: str) -> str:
        value = self._readings[fact].value
        return f"({self._written(value)})" if value is not None else f"cast(null as {_NULLS.get(fact, 'varchar')})"

    def _written(self, value: Expression) -> str:
        return self.cells[value.name] if isinstance(value, Column) else sql_of(value, self._written)

    def _text(self, column: str) -> str:
        own = self._own(column)
        if own not in self.table.types:
            return "cast(null as varchar)"
        return without_space(name(own) if self.table.types[own] == "VARCHAR" else f"cast({name(own)} as varchar)")

    def _is_professional(self) -> str:
        own = self._own("modifiers")
        type_ = self.table.types.get(own)
        if type_ is None:
            return "false"
        entries = name(own) if type_.endswith("[]") else f"string_split(cast({name(own)} as varchar), ';')"
        found = f"list_contains([{trimmed('cast(one as varchar)')} for one in {entries}], {text(PROFESSIONAL)})"
        at_once = f"when list_contains({name(own)}, {text(PROFESSIONAL)}) then true " if type_ == "VARCHAR[]" else ""
        return f"case when {name(own)} is null then false {at_once}else {found} end"


_NULLS = {"date_of_service": "date", "member_since": "date", "course_begun": "date", "units": "bigint"}


def _case(guideline: Guideline, table: Table) -> FlatCase:
    """The facts that the table holds. Raises ``JobError`` with all that is wrong with its columns."""
    lower = {column.lower() for column in table.types}
    taken = [column for column in OWN if column in lower]
    lacking = [column for column in NEEDED if table.own.get(column, column) not in table.types]
    wrong = [
        *([f"the answer adds {listed(taken)} itself; rename what was sent under that name"] if taken else []),
        *(f"claim lines need the column `{one}`{did_you_mean(one, tuple(table.types))}" for one in lacking),
    ]
    if wrong:
        raise JobError(*wrong)
    known = known_columns(guideline)
    as_written = () if table.typed else (*known, *TEXTS)
    kinds = {column: kind_of(type_) for column, type_ in table.types.items() if column not in as_written}
    facts = {column: own for column, own in table.own.items() if column in known}
    return flat_case_in(guideline, kinds, facts)
