"""The smallest real case of which a formula holds: few statements, ordinary values, and the engine itself agrees.

Z3 finds that there is one and how few statements it needs. The values are then made ordinary one by one, each time asking the
engine whether the case still shows what is claimed. An example that the engine does not confirm is our mistake, and is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import z3  # type: ignore[import-untyped]

from isodose.compile.z3_dates import Z3
from isodose.compile.z3_formulas import Model
from isodose.proof.ordinary import Ordinary

Row = dict[str, object]
"""A flat case, column to value, typed as in JSON."""

Shows = Callable[[Row], bool]
"""Whether the engine's answer to a case shows what a formula claims of it."""


class DisagreementError(AssertionError):
    """A formula and the engine say different things of a case: a mistake of ours, never of the guideline."""


class Search:
    """Looks for cases of one model. ``given`` is what has to hold of each of them beside what can really occur."""

    def __init__(self, model: Model, ordinary: Ordinary, *given: Z3) -> None:
        self._model = model
        self._ordinary = ordinary
        self._solver = z3.SimpleSolver()
        self._solver.add(model.real, *given)

    def is_possible(self, *claims: Z3) -> bool:
        """Whether some case fulfils all claims."""
        return self._solution(*claims) is not None

    def smallest(self, claim: Z3, shows: Shows) -> Row | None:
        """A case of which the claim holds, with as few statements as any and the most ordinary values; None if none is."""
        found = self._solution(claim)
        if found is None:
            return None
        row = self._reduced(self._model.row(found), shows)
        while fewer := self._solution(claim, z3.AtMost(*self._model.statements, _size(row) - 1)):
            row = self._reduced(self._model.row(fewer), shows)
        return self._ordinary.made_so(row, shows)

    def _solution(self, *claims: Z3) -> Any | None:
        self._solver.push()
        try:
            self._solver.add(*claims)
            answer = self._solver.check()
            if answer == z3.unknown:
                raise RuntimeError(f"Z3 gave up: {self._solver.reason_unknown()}")
            return self._solver.model() if answer == z3.sat else None
        finally:
            self._solver.pop()

    def _reduced(self, row: Row, shows: Shows) -> Row:
        """The case without what it need not state."""
        if not shows(row):
            raise DisagreementError(f"the engine does not confirm {row}")
        for smaller in _with_less(row):
            if shows(smaller):
                return self._reduced(smaller, shows)
        return row


def _size(row: Row) -> int:
    """How many facts and codes a case states."""
    return sum(len(cell) if isinstance(cell, list) else 1 for cell in row.values())


def _with_less(row: Row) -> Iterator[Row]:
    for column, cell in row.items():
        rest = {name: other for name, other in row.items() if name != column}
        if isinstance(cell, list) and len(cell) > 1:
            yield from (rest | {column: [code for code in cell if code != left_out]} for left_out in cell)
        else:
            yield rest
