"""Each case has one outcome, and asking for what it lacks ends."""

from __future__ import annotations

import z3  # type: ignore[import-untyped]

from isodose.compile.rails import SPEAKS
from isodose.compile.z3.facts import Number
from isodose.compile.z3.terms import YES, Z3, every, holds_in, some
from isodose.determination.validity import NEEDED
from isodose.guideline.guideline import DIAGNOSIS
from isodose.proof.example import DisagreementError
from isodose.proof.ruling import Ruling


def asking_ends(ruling: Ruling) -> None:
    """A fact is never asked for once all that it follows from is known; a number that others are divided by is not 0."""
    asked_though_known = {
        name: every((ruling.formula(missing), _is_given(ruling, name)))
        for name, missing in ruling.flags.missing.items()
    }
    if (found := ruling.search.solution(some(asked_though_known.values()))) is not None:
        names = ", ".join(name for name, claim in asked_though_known.items() if holds_in(found, claim))
        raise DisagreementError(f"{ruling.edition.id}: {names} is asked for though it is known")


def _is_given(ruling: Ruling, name: str) -> Z3:
    """The fact is stated, or all that it follows from is; of diagnoses, one that speaks of the illness."""
    if name == DIAGNOSIS:
        return ruling.formula(SPEAKS)
    inputs = ruling.stated_inputs(name)
    numbers = [fact.value != 0 for one in inputs if isinstance(fact := ruling.model.stated[one], Number)]
    is_divided = inputs != [name]
    return z3.And(*(ruling.model.known(one) for one in inputs), *(numbers if is_divided else ()))


def one_outcome(ruling: Ruling) -> None:
    """Every case that can be right has exactly one outcome; anything else is a mistake of the engine's."""
    outcomes = [ruling.formula(flag) for flag in ruling.flags.outcomes.values()]
    if ruling.search.is_possible(z3.Not(z3.PbEq([(outcome, 1) for outcome in outcomes], 1))):
        raise DisagreementError(f"{ruling.edition.id}: a case has no outcome, or several")


def asked_facts(ruling: Ruling) -> int:
    """How many facts a requester can be asked for at most."""
    flags = [ruling.formula(flag) for flag in ruling.flags.missing.values()]
    never_seen = flags
    for given in (_states_little(ruling), YES):  # who states little is asked for most
        while (found := ruling.search.solution(z3.And(given, some(never_seen)))) is not None:
            never_seen = [flag for flag in never_seen if not holds_in(found, flag)]
    return len(flags) - len(never_seen)


def _states_little(ruling: Ruling) -> Z3:
    """The case states what each has to, and nothing else."""
    facts = ruling.model.stated.keys() - set(NEEDED)
    return every(z3.Not(ruling.model.known(fact)) for fact in (*sorted(facts), DIAGNOSIS))
