"""Words of a closed list as an enumeration: a file holds them as text, and writing them costs hardly more than their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from isodose.compile.duckdb.sql import Of, sql_of, text
from isodose.compile.expression import Choose, Expression, Literal, Value


def enumeration(words: Iterable[str]) -> str:
    """The type that has these words and no others; text where there are none."""
    known = ", ".join(map(text, dict.fromkeys(words)))
    return f"enum({known})" if known else "varchar"


def enumerated(value: Value, of: Of) -> str:
    """A value as SQL; as far as it chooses between literals, these are of the enumeration of all of them."""
    type_ = enumeration(_words_of(value))

    def written(one: Expression) -> str:
        if isinstance(one, Choose):
            return sql_of(one, written)
        return f"cast({text(one.text)} as {type_})" if isinstance(one, Literal) else of(one)

    return written(value)


def _words_of(value: Value) -> Iterator[str]:
    if isinstance(value, Literal):
        yield value.text
    elif isinstance(value, Choose):
        for _, chosen in value.branches:
            yield from _words_of(chosen)
