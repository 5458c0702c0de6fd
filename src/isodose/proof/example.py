"""The smallest real case of which a formula holds: few statements, ordinary values, and the engine itself agrees.

Z3 finds that there is one and how few statements it needs. The values are then made ordinary one by one, each time asking the
engine whether the case still shows what is claimed. An example that the engine does not confirm is our mistake, and is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, cast

import z3  # type: ignore[import-untyped]

from isodose.compile.z3.formulas import Model
from isodose.compile.z3.terms import Z3
from isodose.proof.ordinary import Ordinary
from isodose.proof.questions import Asked

Row = dict[str, object]
"""A flat case, column to value, typed as in JSON."""

Shows = Callable[[Row], bool]
"""Whether the engine's answer to a case shows what a formula claims of it."""


class DisagreementError(AssertionError):
    """A formula and the engine say different things of a case: a mistake of ours, never of the guideline."""


class Search:
    """Looks for cases of one model. ``given`` is what has to hold of each of them, what can really occur included.

    ``usual`` is what an example had better fulfil: a negative weight is possible, and no example.
    """

    def __init__(self, model: Model, ordinary: Ordinary, given: Sequence[Z3], usual: Sequence[Z3] = ()) -> None:
        self._model = model
        self._ordinary = ordinary
        self._usual = usual
        self._asked = Asked(model.real, *given)
        self._sizes: dict[int, Z3] = {}

    @property
    def given(self) -> tuple[Z3, ...]:
        """What holds of every case."""
        return self._asked.given

    def is_possible(self, *claims: Z3) -> bool:
        """Whether some case fulfils all claims."""
        return self._asked.is_possible(*claims)

    def solution(self, claim: Z3) -> Any | None:
        """Some case that fulfils a claim, as Z3 has it."""
        return self._asked.solution(claim)

    def smallest(self, claim: Z3, shows: Shows) -> Row | None:
        """A case of which the claim holds, with as few statements as any and the most ordinary values; None if none is."""
        usual = (claim, *self._usual)
        claims, found = usual, self._asked.solution(*usual)
        if found is None:
            claims, found = (claim,), self._asked.solution(claim)
        if found is None:
            return None
        row = self.reduced(self._model.row(found), shows)
        while fewer := self._asked.attempt(*claims, self._states_at_most(_size(row) - 1)):
            row = self.reduced(self._model.row(fewer), shows)
        return self._ordinary.made_so(row, shows)

    def simplified(self, row: Row, shows: Shows) -> Row:
        """A case that shows something, with less stated and with ordinary values, as long as it shows it."""
        return self._ordinary.made_so(self.reduced(row, shows), shows)

    def _states_at_most(self, count: int) -> Z3:
        if count not in self._sizes:
            self._sizes[count] = z3.AtMost(*self._model.statements, count)
        return self._sizes[count]

    def reduced(self, row: Row, shows: Shows) -> Row:
        """The case without what it need not state to show something."""
        if not shows(row):
            raise DisagreementError(f"the engine does not confirm {row}")
        for less in _less(row):
            if shows(smaller := less(row)):
                row = smaller
        return row


def _size(row: Row) -> int:
    """How many facts and codes a case states."""
    return sum(len(cell) if isinstance(cell, list) else 1 for cell in row.values())


def _less(row: Row) -> Iterator[Callable[[Row], Row]]:
    """Ways to state less than a case does: without a column, or without one of several codes."""
    for column, cell in row.items():
        if isinstance(cell, list) and len(cell) > 1:
            yield from (partial(_without_code, column, code) for code in cell)
        else:
            yield partial(_without_column, column)


def _without_column(column: str, row: Row) -> Row:
    return {name: cell for name, cell in row.items() if name != column}


def _without_code(column: str, code: object, row: Row) -> Row:
    rest = [other for other in cast("list[object]", row[column]) if other != code]
    return _without_column(column, row) | ({column: rest} if rest else {})
