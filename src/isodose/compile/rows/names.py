"""A list of names chosen by conditions as one list, for engines in which choosing between lists is dear."""

from __future__ import annotations

from collections.abc import Iterator

from isodose.compile.expression import Boolean, Choose, Names, Value, all_of, any_of, negated


def one_list(listed: Value) -> Names:
    """The same list: every name once, with all that leads to it. Names come in the order of their letters."""
    found: dict[str, list[Boolean]] = {}
    for when, names in _choices(listed):
        for name, flag in names.parts:
            found.setdefault(name, []).append(all_of((when, flag)))
    return Names(tuple((name, any_of(flags)) for name, flags in sorted(found.items())))


def _choices(listed: Value) -> Iterator[tuple[Boolean, Names]]:
    """The lists, each with when it is the one: its condition holds, and none before."""
    if isinstance(listed, Names):
        yield all_of(()), listed
        return
    assert isinstance(listed, Choose), "a list of names is written, or chosen"
    before: list[Boolean] = []
    for when, value in listed.branches:
        for inner, names in _choices(value):
            yield all_of((when, *map(negated, before), inner)), names
        before.append(when)
