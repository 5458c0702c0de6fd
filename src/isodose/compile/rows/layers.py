"""What several expressions share, in layers: engines that would write a shared part out again compute it once, as a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from isodose.compile.expression import Column, Constant, Expression, Literal, children, in_order


def shared_layers(roots: Iterable[Expression], least: int = 1) -> list[list[Expression]]:
    """What is used more than once below the roots and has ``least`` parts or more; each layer needs only those before it.

    Columns and constants are no parts to share. What a layer holds already counts as one part.
    """
    order = in_order(roots)
    uses = Counter(child for one in order for child in children(one))
    depths: dict[Expression, int] = {}
    sizes: dict[Expression, int] = {}
    layers: list[list[Expression]] = []
    for one in order:
        depths[one] = max((depths[child] for child in children(one)), default=0)
        sizes[one] = 1 + sum(sizes[child] for child in children(one))
        if uses[one] > 1 and sizes[one] >= least and not isinstance(one, (Column, Constant, Literal)):
            if depths[one] == len(layers):
                layers.append([])
            layers[depths[one]].append(one)
            depths[one] += 1
            sizes[one] = 1
    return layers
