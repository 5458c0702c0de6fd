"""Which of the words that a guideline knows a text is, for DuckDB: found once for a text, as a bit, and asked of the bit.

No bit says that there is no text, the first that it is blank, the last that it is another than the known words.

Made of functions alone, it is computed for each different text of a column that Parquet holds as a dictionary, not for each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from isodose.compile.duckdb.sql import name, text, trimmed
from isodose.compile.expression import Column, Expression, Kind, Lower, OneOf, Trimmed, Upper, Value

BITS = 64

_TURNED = {Lower: ("lower", "İK"), Upper: ("upper", "ıſ")}
"""DuckDB's functions, each with the letters outside A-Z that it turns into letters of A-Z, which we never take for them."""


class KnownWords:
    """The texts of which some expressions ask whether they are known words; each has a column of bits."""

    def __init__(self, expressions: Iterable[Expression]) -> None:
        found: dict[Value, dict[str, None]] = {}
        for one in expressions:
            if isinstance(one, OneOf) and _is_cell(one.text):
                found.setdefault(one.text, {}).update(dict.fromkeys(one.members))
        self._words = {given: ["", *words] for given, words in found.items() if len(words) <= BITS - 2}

    def __contains__(self, given: Value) -> bool:
        return given in self._words

    def columns(self, cell_of: Mapping[str, str]) -> dict[str, str]:
        """The columns of bits, by name, over the cells of a row."""
        return {self._named(given): _bits(given, words, cell_of) for given, words in self._words.items()}

    def is_present(self, trimmed_cell: Value) -> str | None:
        """Whether there is a text that is not blank; none where the text has no column, in upper or lower case."""
        turned = (one for one in self._words if isinstance(one, (Lower, Upper)) and one.text is trimmed_cell)
        given = next(turned, None)
        return f"({name(self._named(given))} > 1)" if given else None

    def is_one_of(self, asked: OneOf) -> str:
        """Whether the text is one of the members."""
        words = self._words[asked.text]
        return self._has(asked.text, sum(1 << words.index(member) for member in asked.members))

    def matching(self, given: Value, pattern: str) -> str:
        """Whether the text is a known word that the pattern describes."""
        words = self._words[given]
        return self._has(
            given, sum(1 << place for place, word in enumerate(words) if word and re.fullmatch(pattern, word))
        )

    def _has(self, given: Value, mask: int) -> str:
        return f"({name(self._named(given))} & {mask} <> 0)"

    def _named(self, given: Value) -> str:
        return f"isodose word {list(self._words).index(given)}"


def _is_cell(given: Value) -> bool:
    """A cell of text, trimmed, in one case."""
    return (
        isinstance(given, (Lower, Upper))
        and isinstance(given.text, Trimmed)
        and isinstance(given.text.text, Column)
        and given.text.text.kind is Kind.TEXT
    )


def _bits(given: Value, words: list[str], cell_of: Mapping[str, str]) -> str:
    assert isinstance(given, (Lower, Upper))
    assert isinstance(given.text, Trimmed)
    assert isinstance(given.text.text, Column)
    turn, foreign = _TURNED[type(given)]
    cell = cell_of[given.text.text.name]
    for letter in foreign:
        cell = f"replace({cell}, '{letter}', '�')"
    place = f"list_position([{', '.join(map(text, words))}], {turn}({trimmed(cell)}))"
    other = f"cast({cell_of[given.text.text.name]} is not null as ubigint) << {len(words)}"
    return f"coalesce(cast(1 as ubigint) << cast({place} - 1 as ubigint), {other})"
