"""Judging a criterion: who may, and what would come of it, said beside it before the click."""

from __future__ import annotations

from dataclasses import dataclass

from isodose.desk.acts import Judge
from isodose.desk.transitions import Do, step
from isodose.web.reviewer.acts.review import CLAUSE, LEAF
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.reviewer.desk.meaning import meaning
from isodose.web.reviewer.desk.what_if import Coming, if_judged


@dataclass(frozen=True)
class Judging:
    """``may`` says whether the visitor may judge on this case now."""

    desk: Desk
    may: bool

    def coming(self, of: str, line: int, *, met: bool) -> Coming:
        """What would come of a judgement on a clause or a leaf."""
        is_leaf = of.startswith(LEAF)
        target = of.removeprefix(LEAF).removeprefix(CLAUSE)
        return if_judged(self.desk, Judge(target, met, "what would come of it", is_leaf, line))

    def asks(self, of: str) -> str:
        """What is judged, in words."""
        if of.startswith(LEAF):
            return meaning(self.desk, "leaf", of.removeprefix(LEAF))
        return meaning(self.desk, "clause", of.removeprefix(CLAUSE))


def judging(desk: Desk) -> Judging:
    may = step(desk.request.standing, Do.JUDGE, desk.visit.by.role) is not None and not desk.other_holder
    return Judging(desk, may)
