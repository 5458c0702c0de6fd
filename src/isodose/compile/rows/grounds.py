"""Names of a list by what leads to them: grounds that a row has or has not, and below each what its diagnosis codes add.

A ground says the same of all rows with the same codes, so an engine can make the list of each ground once for a list of codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from isodose.compile.expression import AllOf, AnyOf, Belongs, Boolean, Constant, Names, Not, all_of, any_of

Grounds = Mapping[Boolean, Names]
"""For each ground the names that it leads to, with what the codes have to say besides."""


def grounds_of(names: Names) -> Grounds:
    """The same list: a name is in it if one of its grounds holds and the codes say what it needs."""
    found: dict[Boolean, dict[str, list[Boolean]]] = {}
    for name, ways in ((name, _ways(flag)) for name, flag in names.parts):
        for ground, codes in ways:
            found.setdefault(ground, {}).setdefault(name, []).append(codes)
    return {
        ground: Names(tuple((name, any_of(ways)) for name, ways in below.items())) for ground, below in found.items()
    }


def _ways(flag: Boolean) -> Iterator[tuple[Boolean, Boolean]]:
    """The ways to a name: the ground, and what the codes have to say."""
    for way in flag.parts if isinstance(flag, AnyOf) else (flag,):
        parts = way.parts if isinstance(way, AllOf) else (way,)
        yield (
            all_of(part for part in parts if not is_of_codes(part)),
            all_of(part for part in parts if is_of_codes(part)),
        )


@cache
def is_of_codes(asked: Boolean) -> bool:
    """Whether it asks of nothing but diagnosis codes."""
    match asked:
        case AllOf(parts) | AnyOf(parts):
            return all(map(is_of_codes, parts))
        case Not(part):
            return is_of_codes(part)
        case _:
            return isinstance(asked, (Belongs, Constant))
