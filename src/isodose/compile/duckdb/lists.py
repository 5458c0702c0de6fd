"""Lists of names for DuckDB: what diagnosis codes add to a list is written once for each different list of codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from isodose.compile.duckdb.enumerated import enumeration
from isodose.compile.duckdb.sql import Of, name, text
from isodose.compile.expression import ALWAYS, Boolean, Choose, Expression, Literal, Names, Sentences, Value
from isodose.compile.rows.grounds import Grounds, grounds_of


class Lists:
    """The lists that a query adds, each chosen by conditions; ``closed``: of an enumeration of all names, else of text."""

    def __init__(self, values: Iterable[Value], *, closed: bool = False) -> None:
        self._grounds = {value: _grounds_in(value) for value in values}
        names_in = (one for _, grounds in self._all() for names in grounds.values() for one, _ in names.parts)
        self._type = f"{enumeration(sorted(names_in)) if closed else 'varchar'}[]"
        self._empty = self._list(())
        by_codes = [names for _, grounds in self._all() for names in grounds.values() if not _is_fixed(names)]
        self._columns = {names: f"isodose list {number}" for number, names in enumerate(dict.fromkeys(by_codes))}

    def __contains__(self, value: Value) -> bool:
        return value in self._grounds

    @property
    def roots(self) -> list[Expression]:
        """What the lists ask of a row. It is asked more than once, so that it gets a column."""
        asked = [part for here, grounds in self._all() for part in (here, *grounds)]
        return [Sentences(tuple((part, Literal(turn)) for part in asked)) for turn in ("once", "again")]

    @property
    def grounds_of_codes(self) -> list[Boolean]:
        """The grounds of lists to which codes add names."""
        return [ground for _, grounds in self._all() for ground, names in grounds.items() if names in self._columns]

    def of_codes(self, of: Of) -> Iterator[tuple[str, str]]:
        """The columns that each list of codes has, with their SQL over what it says."""
        for names, column in self._columns.items():
            yield column, self._where(names, of)

    def written(self, value: Value, of: Of) -> str:
        """The list for a row."""
        cases = [f"when {of(here)} then {self._one(grounds, of)}" for here, grounds in self._grounds[value] if grounds]
        return f"case {' '.join(cases)} else {self._empty} end" if cases else self._empty

    def _one(self, grounds: Grounds, of: Of) -> str:
        if all(map(_is_fixed, grounds.values())):
            flags: dict[str, list[str]] = {}
            for ground, names in grounds.items():
                for one, _ in names.parts:
                    flags.setdefault(one, []).append(of(ground))
            anything = " or ".join(map(of, grounds))
            chosen = self._list_where({one: " or ".join(ways) for one, ways in sorted(flags.items())})
            return f"case when {anything} then {chosen} else {self._empty} end"
        ordered = sorted(grounds.items(), key=lambda ground: _letters(ground[1]))
        found = [(of(ground), self._names(names, of)) for ground, names in ordered]
        count = " + ".join(f"cast({ground} as tinyint)" for ground, _ in found)
        several = ", ".join(f"case when {ground} then {names} else {self._empty} end" for ground, names in found)
        all_of_them = f"list_concat({several})"
        if not _follow([names for _, names in ordered]):
            all_of_them = f"list_sort(list_distinct({all_of_them}))"
        one = " ".join(f"when {ground} then {names}" for ground, names in found)
        return f"case when {count} > 1 then {all_of_them} {one} else {self._empty} end"

    def _names(self, names: Names, of: Of) -> str:
        if names in self._columns:
            return f"coalesce({name(self._columns[names])}, {self._empty})"
        return self._where(names, of)

    def _where(self, names: Names, of: Of) -> str:
        """In the order of the names' letters, as lists of several grounds are sorted."""
        if _is_fixed(names):
            return self._list(_letters(names))
        return self._list_where({one: of(flag) for one, flag in sorted(names.parts, key=lambda part: part[0])})

    def _list_where(self, flags: dict[str, str]) -> str:
        return f"list_where({self._list(flags)}, [{', '.join(flags.values())}])"

    def _list(self, names: Iterable[str]) -> str:
        return f"cast([{', '.join(map(text, names))}] as {self._type})"

    def _all(self) -> Iterator[tuple[Boolean, Grounds]]:
        for found in self._grounds.values():
            yield from found


def _grounds_in(value: Value) -> list[tuple[Boolean, Grounds]]:
    """Each list that the value may be, with the condition under which it is the one, in the order in which they are tried."""
    if isinstance(value, Names):
        return [(ALWAYS, grounds_of(value))]
    assert isinstance(value, Choose), "a list of names is written, or chosen"
    found = []
    for when, names in value.branches:
        assert isinstance(names, Names), "choices are not nested"
        found.append((when, grounds_of(names)))
    return found


def _letters(names: Names) -> list[str]:
    """The names in the order of their letters."""
    return sorted(one for one, _ in names.parts)


def _follow(lists: list[Names]) -> bool:
    """Whether all names of a list come before those of the next: one after the other, they are in order, and none comes twice."""
    return all(_letters(one)[-1] < _letters(following)[0] for one, following in pairwise(lists))


def _is_fixed(names: Names) -> bool:
    return all(flag is ALWAYS for _, flag in names.parts)
