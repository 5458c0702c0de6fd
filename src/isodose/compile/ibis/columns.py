"""The six added columns on a table of Ibis, on whatever engine it stands: Spark, DuckDB and others that have lists.

What expressions share is computed once: a column, in layers, each a named part of the query, as Ibis would write it out again
wherever it is used. Rows come back in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ibis
from ibis.expr import types

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.expression import (
    Belongs,
    Codes,
    Column,
    Expression,
    Headings,
    Kind,
    Present,
    Sentences,
    UnreadableCodes,
    in_order,
)
from isodose.compile.ibis.codes import CODES, HEADINGS, WRONG, CodeTables, has
from isodose.compile.ibis.expressions import written
from isodose.compile.rows.code_bits import HEADING, READABLE, UNREADABLE, CodeBits
from isodose.compile.rows.flat_case import Added
from isodose.compile.rows.layers import shared_layers
from isodose.compile.rows.names import one_list

_BITS: Mapping[type[Expression], int] = {Codes: READABLE, UnreadableCodes: UNREADABLE, Headings: HEADING}
"""What is held of a row's codes by their bits."""

_LEAST = 8
"""Parts of an expression that is worth a column: engines of SQL compute a small one faster than they hand it on."""


def add_columns(
    table: types.Table, added: Added, classes: DiagnosisClasses, names: Mapping[str, str] | None = None
) -> types.Table:
    """The table with the added columns.

    ``names`` says under which name the table has a column of the flat case, where it is another.
    """
    roots = {name: getattr(added, name) for name in Added.__dataclass_fields__}
    roots |= {"basis": one_list(added.basis), "missing": one_list(added.missing)}
    assert isinstance(added.problem, Sentences)
    held = _Held(table, classes, names or {}, in_order(roots.values()))
    for layer in shared_layers(roots.values(), _LEAST):
        held.hold(one for one in layer if type(one) not in _BITS)
    found = {name: held.of(root) for name, root in roots.items()}
    return held.table.select(*table.columns, **found)


class _Held:
    """A table, and the expressions that it holds as columns of its own."""

    def __init__(
        self, table: types.Table, classes: DiagnosisClasses, names: Mapping[str, str], below: list[Expression]
    ) -> None:
        self.table = table
        self._names = names
        self._columns: dict[Expression, str] = {}
        self._codes = CodeTables(
            CodeBits(classes, dict.fromkeys(one.trait for one in below if isinstance(one, Belongs)))
        )
        self._join(dict.fromkeys(one.given for one in below if isinstance(one, (Codes, UnreadableCodes))))

    def _join(self, columns: Iterable[Column]) -> None:
        """The table with what its lists of codes say; there is one column of them at most."""
        for column in columns:
            said = self._codes.of(self._cell(column), column.kind)
            own = [name for name in said.columns if name != CODES]
            joined = self.table.left_join(said, self._cell(column) == said[CODES])
            words = {name: joined[name].fill_null(0) for name in own if name not in (WRONG, HEADINGS)}
            self._name(joined.select(*self.table.columns, WRONG, HEADINGS, **words))

    def hold(self, expressions: Iterable[Expression]) -> None:
        """Columns for these, which need nothing but what is held."""
        found = {one: f"isodose_{len(self._columns) + place}" for place, one in enumerate(expressions)}
        if found:
            self._name(self.table.mutate(**{name: self.of(one) for one, name in found.items()}))
            self._columns |= found

    def _name(self, table: types.Table) -> None:
        """The table as a named part of the query, which is not written into what follows."""
        self.table = table.alias(ibis.util.gen_name("isodose"))

    def _cell(self, column: Column) -> Any:
        found = self.table[self._names.get(column.name, column.name)]
        wanted = {Kind.TEXT: "string", Kind.TEXTS: "array<string>"}.get(column.kind)
        return found.cast(wanted) if wanted else found

    def of(self, asked: Expression) -> Any:
        if asked in self._columns:
            return self.table[self._columns[asked]]
        return self._cell(asked) if isinstance(asked, Column) else self._of_codes(asked)

    def _of_codes(self, asked: Expression) -> Any:
        match asked:
            case Belongs(_, trait):
                return self._codes.says(self.table, trait)
            case Present(Codes() | UnreadableCodes() | Headings() as said):
                return has(self.table, _BITS[type(said)])
            case UnreadableCodes() | Headings():
                return self.table[WRONG if isinstance(asked, UnreadableCodes) else HEADINGS]
            case _:
                return written(asked, self.of)
