"""Lists of names for Polars: flags as the bits of a number, of which few occur, and for each its list."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

_BITS = 64
_LIST = pl.List(pl.String)


def listed(names: Sequence[str], flags: Sequence[pl.Expr]) -> pl.Expr:
    """The list of the names whose flag holds, in their order; empty if none does."""
    if not names:
        return pl.lit([], dtype=_LIST)
    parts = [
        _in_bits(names[start : start + _BITS], flags[start : start + _BITS]) for start in range(0, len(names), _BITS)
    ]
    return parts[0] if len(parts) == 1 else pl.concat_list(parts)


def _in_bits(names: Sequence[str], flags: Sequence[pl.Expr]) -> pl.Expr:
    bits = pl.sum_horizontal(flag.cast(pl.UInt64) * (1 << place) for place, flag in enumerate(flags))

    def lists(found: pl.Series) -> pl.Series:
        distinct = found.unique()
        each = [[name for place, name in enumerate(names) if bits >> place & 1] for bits in distinct]
        places = found.replace_strict(distinct, pl.int_range(len(distinct), dtype=pl.UInt32, eager=True))
        return pl.Series(each, dtype=_LIST).gather(places)

    return bits.map_batches(lists, return_dtype=_LIST, is_elementwise=True)
