"""The six added columns of a table as one query of DuckDB. What expressions share is computed once, in a layer below."""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.duckdb_codes import GIVEN, HEADINGS, PRESENT, UNREADABLE, CodeTables, Table
from isodose.compile.duckdb_sql import name, sql_of, text
from isodose.compile.expression import (
    Belongs,
    Codes,
    Column,
    Expression,
    Headings,
    Literal,
    Sentences,
    UnreadableCodes,
    any_of,
    in_order,
)
from isodose.compile.flat_case import Added
from isodose.compile.layers import shared_layers
from isodose.compile.names import one_list

_SAID = {Codes: PRESENT, UnreadableCodes: UNREADABLE, Headings: HEADINGS}
"""Where the query has what lists of codes say as columns."""

_MOVED = "the rows changed while they were read: give a table, or a relation that is the same each time"


@dataclass(frozen=True, slots=True)
class Query:
    """A query with six columns more than its relation, and the tables of data that it reads, by their names in it."""

    sql: str
    tables: Mapping[str, Table]


def query_of(
    added: Added, classes: DiagnosisClasses, relation: str, cells: Mapping[str, str], prefix: str = "isodose_"
) -> Query:
    """The query over a relation, which is SQL that stands after ``from`` and is read twice where there are diagnosis codes.

    ``cells`` is the SQL of each column of the flat case over the relation: its name there in quotes, or more; ``prefix`` begins the names of the tables of data.
    """
    assert isinstance(added.problem, Sentences)
    roots = [
        added.outcome,
        added.review_reason,
        one_list(added.basis),
        one_list(added.missing),
        added.edition,
        any_of(when for when, _ in added.problem.parts),
    ]
    conditions = Sentences(tuple((when, Literal("")) for when, _ in added.problem.parts))
    writer = _Writer(CodeTables(classes, in_order(roots)), cells, shared_layers([*roots, conditions]))
    codes = next(
        (one.given for one in in_order([*roots, added.problem]) if isinstance(one, (Codes, UnreadableCodes))), None
    )
    tables = writer.codes.tables() if codes else {}
    called = {table: f"{prefix}{table}" for table in tables}
    parts = list(writer.codes.queries(relation, codes, cells[codes.name], called)) if codes else []
    parts.append(("isodose_rows", writer.rows(relation, codes and cells[codes.name])))
    parts += writer.layers()
    answer = writer.answer([*roots[:5], added.problem], parts[-1][0])
    ctes = ",\n".join(f"{part} as {_how(part)}({sql})" for part, sql in parts)
    return Query(f"with {ctes}\n{answer}", {called[table]: content for table, content in tables.items()})


def _how(part: str) -> str:
    """What several queries read is computed once; rows flow through."""
    return "materialized " if part in ("isodose_entries", "isodose_codes") else "not materialized "


class _Writer:
    """Writes expressions; those that have a column of their own by its name."""

    def __init__(self, codes: CodeTables, cells: Mapping[str, str], layers: list[list[Expression]]) -> None:
        self.codes = codes
        self._cells = cells
        self._layers = layers
        self._named: dict[Expression, str] = {}

    def of(self, asked: Expression) -> str:
        if asked in self._named:
            return self._named[asked]
        if isinstance(asked, Column):
            return self._cells[asked.name]
        if isinstance(asked, Belongs):
            return self.codes.says(asked.trait)
        if type(asked) in _SAID:
            return name(_SAID[type(asked)])
        return sql_of(asked, self.of)

    def rows(self, relation: str, cell: str | None) -> str:
        """The relation's rows, each with what its list of codes says."""
        if cell is None:
            return f"select * from {relation}"
        is_lost = f"len({cell}) > 0 and {name(GIVEN)} is null"
        said = [
            f"nullif(coalesce({name(PRESENT)}, case when {is_lost} then error({text(_MOVED)}) end, false), false) as {name(PRESENT)}",
            name(UNREADABLE),
            name(HEADINGS),
            *(f"coalesce({name(word)}, 0) as {name(word)}" for word in self.codes.words),
        ]
        return (
            f"select isodose_input.*, {', '.join(said)} from {relation} as isodose_input "
            f"left join isodose_said on {cell} = {name(GIVEN)}"
        )

    def layers(self) -> Iterator[tuple[str, str]]:
        """Each layer adds what those above it share."""
        below, number = "isodose_rows", 0
        for layer in self._layers:
            written = {one: self.of(one) for one in layer if type(one) not in _SAID}
            for one in written:
                self._named[one] = name(f"isodose {number}")
                number += 1
            columns = ", ".join(f"{sql} as {self._named[one]}" for one, sql in written.items())
            if columns:
                above = f"isodose_layer_{number}"
                yield above, f"select *, {columns} from {below}"
                below = above

    def answer(self, roots: list[Expression], below: str) -> str:
        """The relation's own columns and the added ones."""
        added = ", ".join(f"{self.of(root)} as {field.name}" for root, field in zip(roots, fields(Added), strict=True))
        own = [*self._named.values()]
        if any(True for _ in self.codes.words):
            own += map(name, (PRESENT, UNREADABLE, HEADINGS, *self.codes.words))
        return (
            f"select * exclude ({', '.join(own)}), {added} from {below}" if own else f"select *, {added} from {below}"
        )
