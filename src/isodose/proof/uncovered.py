"""The region that no criterion covers, where a request always ends in review, in clinical words.

The region is cut into the largest pieces that a few conditions describe: each condition is needed, together they suffice. What the
pieces share is then said once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import z3  # type: ignore[import-untyped]

from isodose.compile.expression import all_of, any_of
from isodose.compile.z3.terms import Z3
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import ClauseMet, Leaf, Node, Otherwise, leaves
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.pieces import Condition, Piece, pieces_say
from isodose.proof.ruling import Ruling
from isodose.proof.words import told

MOST_PIECES, MOST_CONDITIONS = 12, 10
"""A region of more pieces, or of more conditions, is told by the clauses that are not met."""

MOST_LOOKED_AT = 400
"""Of more conditions it would take long to find the pieces, and these would be too many."""


def uncovered(ruling: Ruling) -> Iterator[Finding]:
    """One finding for each edition whose ladder ends in a review because no criterion is met."""
    last = len(ruling.edition.ladder) - 1
    if ruling.edition.ladder[last].reason is not Reason.CRITERIA_NOT_MET or not _approvals(ruling):
        return
    region = z3.And(ruling.leads(last), _before_criteria(ruling))
    row = ruling.search.smallest(region, lambda row: _is_in_region(ruling, row))
    if row is not None:
        message = f"no criterion covers {_requests(ruling)}: it ends in review"
        yield told(ruling, "uncovered", ruling.edition.ladder[last], message, row)


def _requests(ruling: Ruling) -> str:
    """The requests of the region by what is asked of them, or else by the clauses that they do not meet."""
    named = _named(ruling)
    for conditions in (_leaves(ruling), named):
        pieces = _pieces(ruling, conditions)
        if pieces is not None:
            where = pieces_say(pieces, conditions, ruling.edition, ruling.guideline.facts)
            return f"a request {where}" if where else "any request"
    return f"a request that no approval fits (they look at {len(named) // 2} conditions, too many to tell)"


def _is_in_region(ruling: Ruling, row: Row) -> bool:
    answer = ruling.determine(row)
    return answer is not None and answer.review_reason is Reason.CRITERIA_NOT_MET and not answer.open


def _before_criteria(ruling: Ruling) -> Z3:
    """No rung but an approval has decided, or could."""
    ladder, rungs = ruling.edition.ladder[:-1], ruling.flags.rungs
    return ruling.formula(
        all_of(rungs[number].false for number, rung in enumerate(ladder) if rung.outcome is not Outcome.APPROVED)
    )


def _approvals(ruling: Ruling) -> list[Node]:
    return [rung.when for rung in ruling.edition.ladder if rung.outcome is Outcome.APPROVED]


def _named(ruling: Ruling) -> list[Condition]:
    """The clauses that approvals name, and what else these ask, as met and as not met."""
    named = dict.fromkeys(leaf for tree in _approvals(ruling) for leaf in leaves(tree))
    return [Condition(leaf, holds) for leaf in named for holds in (True, False)]


def _leaves(ruling: Ruling) -> list[Condition]:
    """The leaves of approvals and of all clauses that they refer to, each as holding and as not holding."""
    found: dict[Leaf, None] = {}
    waiting = _approvals(ruling)
    while waiting:
        for leaf in leaves(waiting.pop()):
            if isinstance(leaf, ClauseMet):
                waiting.append(ruling.edition.clauses[leaf.clause].rule)
            elif not isinstance(leaf, Otherwise):
                found[leaf] = None
    return [Condition(leaf, holds) for leaf in found for holds in (True, False)]


def _pieces(ruling: Ruling, conditions: list[Condition]) -> list[Piece] | None:
    """The pieces of the region, None if there are too many."""
    if len(conditions) > MOST_LOOKED_AT:
        return None
    cutter = _Cutter(ruling, conditions)
    found: list[Piece] = []
    while (piece := cutter.next()) is not None:
        found.append(piece)
        if len(found) > MOST_PIECES or len({one for piece in found for one in piece}) > MOST_CONDITIONS:
            return None
    return cutter.without_needless(found)


class _Cutter:
    """Cuts pieces from what is left of the region."""

    def __init__(self, ruling: Ruling, conditions: list[Condition]) -> None:
        approved = ruling.formula(any_of(ruling.rails(tree).possible for tree in _approvals(ruling)))
        self._holds: Mapping[Condition, Z3] = {
            one: z3.Bool(f"condition {number}") for number, one in enumerate(conditions)
        }
        self._left, self._uncovered, self._covered = z3.SimpleSolver(), z3.SimpleSolver(), z3.SimpleSolver()
        for solver in (self._left, self._uncovered, self._covered):
            solver.add(*ruling.search.given, _before_criteria(ruling))
            for condition, flag in self._holds.items():
                rails = ruling.rails(condition.node)
                solver.add(flag == ruling.formula(rails.true if condition.holds else rails.false))
        for solver in (self._left, self._uncovered):
            solver.add(z3.Not(approved))
        self._covered.add(approved)

    def next(self) -> Piece | None:
        """A piece that is not cut yet: conditions that together shut out every criterion, each of them needed."""
        if self._left.check() != z3.sat:
            return None
        piece = self._needed(self._first())
        self._left.add(z3.Not(self._all(piece)))
        return tuple(piece)

    def without_needless(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces without those that the others hold already."""
        kept = list(pieces)
        for one in pieces:
            rest = [z3.Not(self._all(other)) for other in kept if other is not one]
            if self._uncovered.check(self._all(one), *rest) == z3.unsat:
                kept.remove(one)
        return kept

    def _all(self, piece: Iterable[Condition]) -> Z3:
        return z3.And(*(self._holds[one] for one in piece))

    def _first(self) -> list[Condition]:
        """All conditions of a case that is left, the earlier ones rather than the later: whichever case the solver would find."""
        together: list[Condition] = []
        for one in self._holds:
            if self._left.check(*(self._holds[other] for other in (*together, one))) == z3.sat:
                together.append(one)
        return together

    def _needed(self, piece: list[Condition]) -> list[Condition]:
        """The conditions without those that the others make needless."""
        for one in list(piece):
            rest = [other for other in piece if other is not one]
            if self._covered.check(*(self._holds[other] for other in rest)) == z3.unsat:
                piece = rest
        return piece
