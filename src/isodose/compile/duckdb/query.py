"""The six added columns of a table as one query of DuckDB. What expressions share is computed once, in a layer below.

the relation -> its different lists of codes and what they say -> its rows with that -> layer upon layer -> the added columns
"""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.duckdb.codes import (
    GIVEN,
    HEADING,
    HEADINGS,
    LIST,
    OF_MESSAGES,
    PRESENT,
    UNREADABLE,
    WRONG,
    CodeTables,
    Table,
)
from isodose.compile.duckdb.enumerated import enumerated
from isodose.compile.duckdb.lists import Lists
from isodose.compile.duckdb.sql import full_match, name, sql_of, text, trimmed
from isodose.compile.duckdb.words import KnownWords
from isodose.compile.expression import (
    Belongs,
    Boolean,
    Codes,
    Column,
    Expression,
    Headings,
    Lower,
    Matches,
    Not,
    OneOf,
    Present,
    Sentences,
    Trimmed,
    UnreadableCodes,
    Upper,
    Value,
    any_of,
    in_order,
)
from isodose.compile.rows.flat_case import Added
from isodose.compile.rows.layers import shared_layers
from isodose.compile.rows.merged import by_word, merged, replaced

_MESSAGES = {UnreadableCodes: UNREADABLE, Headings: HEADINGS}
"""The columns with messages about codes: joined last, to rows that are invalid."""

_BITS = {Codes: PRESENT, UnreadableCodes: WRONG, Headings: HEADING}
"""Whether there is any, among the bits of a row."""

_WRITTEN_OUT = (*_BITS, Trimmed, Lower, Upper)
"""What has no column of its own though it is shared: words are mostly asked of their bits, and written in messages only."""

_MOVED = "the rows changed while they were read: give a table, or a relation that is the same each time"


@dataclass(frozen=True, slots=True)
class Query:
    """A query with six columns more than its relation, and the tables of data that it reads, by their names in it."""

    sql: str
    tables: Mapping[str, Table]


def query_of(  # noqa: PLR0913, PLR0917 (what a table is, and how it is asked)
    added: Added,
    classes: DiagnosisClasses,
    relation: str,
    cells: Mapping[str, str],
    prefix: str = "isodose_",
    lists_from: str = "",
    *,
    closed: bool = False,
) -> Query:
    """The query over a relation, which is SQL that stands after ``from`` and is read twice where there are diagnosis codes.

    ``lists_from`` is a cheaper relation with the same cells of diagnosis codes, where there is one. ``closed``: words of closed lists
    are of enumerations, for a query that a file is written from.

    ``cells`` is the SQL of each column of the flat case over the relation: its name there in quotes, or more; ``prefix`` begins
    the names of the tables of data.
    """
    writer = _Writer(added, classes, cells, closed=closed)
    tables = writer.codes.tables() if writer.given else {}
    called = {table: f"{prefix}{table}" for table in tables}
    parts = [
        *writer.of_codes(lists_from or relation, called),
        ("isodose_rows", writer.rows(relation)),
        *writer.layers(),
    ]
    parts += writer.of_problem(parts[-1][0])
    ctes = ",\n".join(f"{part} as {_how(part)}({sql})" for part, sql in parts)
    answer = writer.answer(parts[-1][0])
    return Query(f"with {ctes}\n{answer}", {called[table]: content for table, content in tables.items()})


def _key(word: str) -> str:
    """The name of the bits by which lists are joined."""
    return name(f"{word} listed")


def _replaced_in(added: Added, old: Boolean, new: Boolean) -> Added:
    """The columns with a part in place of another; what is wrong is asked one by one, and of few rows."""
    assert isinstance(added.problem, Sentences)
    columns = {one.name: replaced(getattr(added, one.name), old, new) for one in fields(Added)}
    return Added(**columns | {"problem": by_word(added.problem)})  # type: ignore[arg-type]


def _how(part: str) -> str:
    """What several queries read is computed once; rows flow through."""
    return (
        "materialized "
        if part in ("isodose_lists", "isodose_entries", "isodose_codes", "isodose_said")
        else "not materialized "
    )


class _Writer:
    """Writes expressions; those that have a column of their own by its name."""

    def __init__(self, added: Added, classes: DiagnosisClasses, cells: Mapping[str, str], *, closed: bool) -> None:
        assert isinstance(added.problem, Sentences)
        conditions = tuple(when for when, _ in added.problem.parts)
        self._invalid = merged(conditions)
        self.added = _replaced_in(added, any_of(conditions), self._invalid)
        self.lists = Lists((self.added.basis, self.added.missing), closed=closed)
        self._roots = [
            self.added.outcome,
            self.added.review_reason,
            self.added.edition,
            *self.lists.roots,
            Not(Not(self._invalid)),
        ]
        everything = in_order([*self._roots, self.added.basis, self.added.missing, added.problem])
        self.codes = CodeTables(classes, everything)
        self.words = KnownWords(everything)
        self.given = next((one.given for one in everything if isinstance(one, (Codes, UnreadableCodes))), None)
        self._cells, self._closed = cells, closed
        self._named: dict[Expression, str] = {}
        self._problem = ""
        self._of_problem: list[str] = []

    def of(self, asked: Expression) -> str:  # noqa: PLR0911 (a line for each kind)
        """The SQL of an expression over the columns of the layers so far."""
        if asked in self._named:
            return self._named[asked]
        match asked:
            case Column():
                return self._cells[asked.name]
            case Belongs():
                return self.codes.says(asked.trait)
            case UnreadableCodes() | Headings():
                return name(_MESSAGES[type(asked)])
            case Present(Codes() | UnreadableCodes() | Headings() as of_codes):
                return self.codes.has(_BITS[type(of_codes)])
            case OneOf() if asked.text in self.words:
                return self.words.is_one_of(asked)
            case Matches() if asked.text in self.words:
                other = full_match(self.of(asked.text), asked.pattern)
                return f"case when {self.words.matching(asked.text, asked.pattern)} then true else {other} end"
            case Present(Lower(inner) | Upper(inner)):
                return self.words.is_present(inner) or self.of(Present(inner))
            case Present(Trimmed(inner)):
                return f"coalesce({trimmed(self.of(inner))} <> '', false)"
            case _:
                return sql_of(asked, self.of)

    def of_codes(self, relation: str, tables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The queries over the different lists of codes."""
        if self.given is None:
            return
        yield from self.codes.queries(relation, self.given, self.of(self.given), tables)
        lists = "".join(f", {sql} as {name(column)}" for column, sql in self.lists.of_codes(self.of))
        if lists:
            words = ", ".join(map(name, self.codes.words))
            same = ", ".join(f"{name(word)} as {_key(word)}" for word in self.codes.words)
            yield "isodose_lists_of_codes", f"select {same}{lists} from (select distinct {words} from isodose_said)"

    def rows(self, relation: str) -> str:
        """The relation's rows, each with the bits of its words and what its list of codes says."""
        columns = "".join(f", {sql} as {name(column)}" for column, sql in self.words.columns(self._cells).items())
        if self.given is None:
            return f"select *{columns} from {relation}"
        cell = self.of(self.given)
        lost = f"case when len({cell}) > 0 then error({text(_MOVED)}) else cast(0 as ubigint) end"
        said = ", ".join(f"coalesce(said.{name(word)}, {lost}) as {name(word)}" for word in self.codes.words)
        return (
            f"select isodose_input.*, {name(LIST)}, {said} from (select *{columns} from {relation}) as isodose_input "
            f"left join isodose_said as said on {cell} = {name(GIVEN)}"
        )

    def layers(self) -> Iterator[tuple[str, str]]:
        """Each layer adds what those above it share."""
        below, number = "isodose_rows", 0
        for layer in shared_layers(self._roots):
            written = {one: self.of(one) for one in layer if not isinstance(one, _WRITTEN_OUT)}
            for one in written:
                self._named[one] = name(f"isodose {number}")
                number += 1
            columns = ", ".join(f"{sql} as {self._named[one]}" for one, sql in written.items())
            if columns:
                above = f"isodose_layer_{number}"
                yield above, f"select *, {columns} from {below}"
                below = above

    def of_problem(self, below: str) -> Iterator[tuple[str, str]]:
        """Writes the problem. What its sentences share gets columns, which only invalid rows have: no other column may ask for them."""
        invalid = self.of(self._invalid)
        shared = self._shared_by_sentences()
        columns = ", ".join(
            f"case when {invalid} then {self.of(one)} end as {called}" for one, called in shared.items()
        )
        of_rows = self._named
        self._named = of_rows | shared
        self._problem = f"case when {invalid} then {self.of(self.added.problem)} end"
        self._named = of_rows
        self._of_problem = list(shared.values())
        if shared:
            yield "isodose_told", f"select *, {columns} from {below}"

    def _shared_by_sentences(self) -> dict[Expression, str]:
        first = next(iter(shared_layers([self.added.problem])), [])
        own = (one for one in first if one not in self._named and not isinstance(one, tuple(_BITS)))
        return {one: name(f"isodose told {number}") for number, one in enumerate(own)}

    def answer(self, below: str) -> str:
        """The relation's own columns and the added ones."""
        columns = ", ".join(f"{self._added(getattr(self.added, one.name))} as {one.name}" for one in fields(Added))
        own = [*self._named.values(), *self._of_problem, *map(name, self.words.columns(self._cells))]
        if self.given is not None:
            own += map(name, (LIST, *self.codes.words))
        kept = f"isodose_row.* exclude ({', '.join(own)})" if own else "isodose_row.*"
        return f"select {kept}, {columns} from {below} as isodose_row{self._joined()}"

    def _joined(self) -> str:
        """Lists and messages about codes are joined to the few rows that show them."""
        if self.given is None:
            return ""
        invalid = self.of(self._invalid)
        joins = f" left join isodose_messages on case when {invalid} then {name(LIST)} end = {name(OF_MESSAGES)}"
        grounds = " or ".join(map(self.of, self.lists.grounds_of_codes))
        if grounds:
            same = " and ".join(
                f"case when {grounds} then {name(word)} end = {_key(word)}" for word in self.codes.words
            )
            joins += f" left join isodose_lists_of_codes on {same}"
        return joins

    def _added(self, value: Value) -> str:
        if value in self.lists:
            return self.lists.written(value, self.of)
        if value is self.added.problem:
            return self._problem
        return enumerated(value, self.of) if self._closed else self.of(value)
