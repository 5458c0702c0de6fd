"""Judging a criterion: who may, and what would come of it, said beside it before the click."""

from __future__ import annotations

from dataclasses import dataclass

from isodose.desk.acts import Judge
from isodose.desk.transitions import Do, step
from isodose.guideline.tree import leaves
from isodose.proof.asked_words import asked_says
from isodose.web.reviewer.acts.review import CLAUSE, LEAF
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.reviewer.desk.what_if import Coming, if_judged
from isodose.web.show import capital


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
        """What is judged, in words; as it was named, if no edition that rules here has it."""
        named = of.removeprefix(LEAF).removeprefix(CLAUSE)
        for edition in (one.edition for one in self.desk.determinations if one.edition):
            if not of.startswith(LEAF) and named in edition.clauses:
                return f"{named} {edition.clauses[named].title}".strip()
            for clause in edition.clauses.values():
                for leaf in leaves(clause.rule):
                    if of.startswith(LEAF) and leaf.phrase == named:
                        return capital(asked_says(leaf, edition, self.desk.visit.services.guideline.facts))
        return named


def judging(desk: Desk) -> Judging:
    may = step(desk.request.standing, Do.JUDGE, desk.visit.by.role) is not None and not desk.other_holder
    return Judging(desk, may)
