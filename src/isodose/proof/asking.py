"""Asking ends, and what is learned never changes what has been decided."""

from __future__ import annotations

from collections.abc import Iterator

import z3  # type: ignore[import-untyped]

from isodose.compile.rails import SPEAKS
from isodose.compile.z3_dates import Z3
from isodose.compile.z3_facts import Number
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
    inputs = list(stated_inputs(ruling, name))
    numbers = [fact.value != 0 for one in inputs if isinstance(fact := ruling.model.stated[one], Number)]
    is_divided = inputs != [name]
    return z3.And(*(ruling.model.known(one) for one in inputs), *(numbers if is_divided else ()))


def stated_inputs(ruling: Ruling, name: str) -> Iterator[str]:
    """The stated facts that a fact follows from: itself, if it is stated."""
    formula = ruling.guideline.facts[name].formula
    if formula is None:
        yield name
    else:
        for one in formula.inputs:
            yield from stated_inputs(ruling, one)


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
