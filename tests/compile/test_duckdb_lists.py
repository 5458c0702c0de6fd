"""Lists of names as DuckDB puts them together from several grounds: in the order of their letters, each name once."""

from itertools import product

import duckdb
import pytest

from isodose.compile.duckdb.lists import Lists
from isodose.compile.duckdb.sql import name, sql_of
from isodose.compile.expression import (
    AllOf,
    AnyOf,
    Belongs,
    Boolean,
    Codes,
    Column,
    Expression,
    IsTrue,
    Kind,
    Names,
    Says,
    Trait,
    all_of,
    any_of,
)

P, Q = (IsTrue(Column(letter, Kind.YES_NO)) for letter in "pq")
S = Belongs(Codes(Column("codes", Kind.TEXTS)), Trait(Says.CLEAR, "s"))

LISTS = {
    "one after the other": {"a": P, "b": all_of((P, S)), "c": Q, "d": all_of((Q, S))},
    "the later first": {"c": P, "d": all_of((P, S)), "a": all_of((Q, S)), "b": Q},
    "one within the other": {"a": P, "c": all_of((P, S)), "b": all_of((Q, S))},
    "a name in both": {"a": P, "b": any_of((all_of((P, S)), Q)), "c": all_of((Q, S))},
}


def held(asked: Boolean, true: set[Boolean]) -> bool:
    match asked:
        case AllOf(parts):
            return all(held(part, true) for part in parts)
        case AnyOf(parts):
            return any(held(part, true) for part in parts)
        case _:
            return asked in true


def of(asked: Expression) -> str:
    if isinstance(asked, Column):
        return name(asked.name)
    return "s" if isinstance(asked, Belongs) else sql_of(asked, of)


@pytest.mark.parametrize("closed", [False, True], ids=["text", "enumerations"])
@pytest.mark.parametrize("flags", [pytest.param(flags, id=called) for called, flags in LISTS.items()])
def test_names_of_several_grounds(flags: dict[str, Boolean], *, closed: bool) -> None:
    names = Names(tuple(flags.items()))
    lists = Lists((names,), closed=closed)
    columns = "".join(f", {sql} as {name(column)}" for column, sql in lists.of_codes(of))
    for p, q, s in product((False, True), repeat=3):
        row = f"select {p} as p, {q} as q, {s} as s"
        asked = f"select {lists.written(names, of)} from (select *{columns} from ({row}))"  # noqa: S608 - all of this file
        with duckdb.connect() as connection:
            found = connection.execute(asked).fetchone()
        true: set[Boolean] = {flag for flag, holds in ((P, p), (Q, q), (S, s)) if holds}
        assert found == ([one for one, flag in sorted(flags.items()) if held(flag, true)],)


def test_only_names_that_interleave_are_sorted() -> None:
    names = {called: Names(tuple(flags.items())) for called, flags in LISTS.items()}
    sorted_ones = {called for called, one in names.items() if "list_sort" in Lists((one,)).written(one, of)}
    assert sorted_ones == {"one within the other", "a name in both"}
