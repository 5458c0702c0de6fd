"""The few words of Z3 that formulas are made of, spoken to its own interface: its Python one checks each part again and again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3  # type: ignore[import-untyped]

Z3 = Any
"""A formula or a term of Z3, which has no types for Python."""

NO, YES = z3.BoolVal(False), z3.BoolVal(True)  # noqa: FBT003

_CONTEXT = z3.main_ctx()


def every(parts: Iterable[Z3]) -> Z3:
    """All of them hold; of none, it always does."""
    return _made(z3.Z3_mk_and, parts)


def some(parts: Iterable[Z3]) -> Z3:
    """One of them holds at least; of none, it never does."""
    return _made(z3.Z3_mk_or, parts)


def _made(make: Any, parts: Iterable[Z3]) -> Z3:
    given = list(parts)  # kept until it is made
    return z3.BoolRef(make(_CONTEXT.ref(), len(given), (z3.Ast * len(given))(*(part.ast for part in given))), _CONTEXT)


def holds_in(found: Any, flag: Z3) -> bool:
    """Whether a formula holds in a solution; what the solution leaves open does not."""
    value = (z3.Ast * 1)()
    is_known = z3.Z3_model_eval(_CONTEXT.ref(), found.model, flag.ast, True, value)  # noqa: FBT003
    return bool(is_known) and z3.Z3_get_bool_value(_CONTEXT.ref(), value[0]) == z3.Z3_L_TRUE
