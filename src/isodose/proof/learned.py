"""What is learned never changes what has been decided.

It is shown of each clause first, then of each rung, that what is surely met, or surely not, stays so; what is shown of one helps to
show the next. So the proof stays small however many clauses there are.
"""

from __future__ import annotations

from collections.abc import Iterator

import z3  # type: ignore[import-untyped]

from isodose.compile.z3.terms import Z3
from isodose.determination.rules import each_after_those_it_names
from isodose.proof.difference.pair import Pair
from isodose.proof.example import DisagreementError
from isodose.proof.ruling import Ruling


def nothing_learned_changes(ruling: Ruling, pair: Pair) -> bool:
    """What is decided stays so whatever else becomes known; anything else is a mistake of the engine's.

    Returns whether that was proved: of a large guideline it may take too much work.
    """
    decided = z3.Not(ruling.formula(ruling.flags.is_open))
    changes = pair.outcomes_may_differ(pair.learns(), decided, *_kept(ruling, pair))
    if changes:
        raise DisagreementError(f"{ruling.edition.id}: a fact that is learned changes a decided outcome")
    return changes is not None


def _kept(ruling: Ruling, pair: Pair) -> Iterator[Z3]:
    """That a clause or a rung that is surely met, or surely not, is so in a case that knows more: as far as it is proved."""
    learning = pair.learning()
    rules = [clause.rule for clause in each_after_those_it_names(list(ruling.reached))]
    for tree in (*rules, *(rung.when for rung in ruling.edition.ladder)):
        for rail in ruling.rails(tree):
            before, after = pair.both(rail)
            if learning.may_be_possible(before, z3.Not(after)) is False:
                kept = z3.Implies(before, after)
                learning.give(kept)
                yield kept
