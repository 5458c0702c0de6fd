"""Asking ends, and what is learned never changes what has been decided."""

from __future__ import annotations

import z3  # type: ignore[import-untyped]

from isodose.compile.rails import SPEAKS
from isodose.compile.z3_facts import Number
from isodose.compile.z3_terms import Z3
from isodose.guideline.guideline import DIAGNOSIS
from isodose.proof.example import DisagreementError
from isodose.proof.pair import Pair
from isodose.proof.ruling import Ruling


def asking_ends(ruling: Ruling) -> None:
    """A fact is never asked for once all that it follows from is known; a number that others are divided by is not 0."""
    for name, missing in ruling.flags.missing.items():
        if ruling.search.is_possible(ruling.formula(missing), _is_given(ruling, name)):
            raise DisagreementError(f"{ruling.edition.id}: {name} is asked for though it is known")


def _is_given(ruling: Ruling, name: str) -> Z3:
    """The fact is stated, or all that it follows from is; of diagnoses, one that speaks of the illness."""
    if name == DIAGNOSIS:
        return ruling.formula(SPEAKS)
    inputs = ruling.stated_inputs(name)
    numbers = [fact.value != 0 for one in inputs if isinstance(fact := ruling.model.stated[one], Number)]
    is_divided = inputs != [name]
    return z3.And(*(ruling.model.known(one) for one in inputs), *(numbers if is_divided else ()))


def nothing_learned_changes(ruling: Ruling, pair: Pair) -> None:
    """What is decided stays so whatever else becomes known; anything else is a mistake of the engine's, not of the guideline."""
    decided = z3.Not(ruling.formula(ruling.flags.is_open))
    if pair.outcomes_differ(pair.learns(), decided):
        raise DisagreementError(f"{ruling.edition.id}: a fact that is learned changes a decided outcome")


def one_outcome(ruling: Ruling) -> None:
    """Every case that can be right has exactly one outcome; anything else is a mistake of the engine's."""
    outcomes = [ruling.formula(flag) for flag in ruling.flags.outcomes.values()]
    if ruling.search.is_possible(z3.Not(z3.PbEq([(outcome, 1) for outcome in outcomes], 1))):
        raise DisagreementError(f"{ruling.edition.id}: a case has no outcome, or several")


def asked_facts(ruling: Ruling) -> int:
    """How many facts a requester can be asked for at most."""
    return sum(ruling.search.is_possible(ruling.formula(flag)) for flag in ruling.flags.missing.values())
