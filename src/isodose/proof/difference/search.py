"""A case of a change where the simplest one of its answers is none: answers may be thought of together that no case gives.

A date may be asked for by itself and by what follows from it, and not everything that is thought of both is so. Z3 knows.
"""

from __future__ import annotations

import z3  # type: ignore[import-untyped]

from isodose.compile.z3.formulas import Model
from isodose.compile.z3.terms import Z3
from isodose.proof.difference.answers import INVALID, Answer, Answers
from isodose.proof.difference.difference import Difference
from isodose.proof.difference.units import Version
from isodose.proof.example import Row, Search, Shows
from isodose.proof.ordinary import Ordinary


def case_of(difference: Difference, before: Answer, after: Answer, ordinary: Ordinary, shows: Shows) -> Row | None:
    """The smallest case whose answer changes so, None if there is none."""
    old, new = difference.old, difference.new
    model = Model(old.guideline, new.guideline)
    claim = z3.And(_gives(model, old, before), _gives(model, new, after))
    return Search(model, ordinary, [], model.usual).smallest(claim, shows)


def _gives(model: Model, version: Version, answer: Answer) -> Z3:
    valid = model.valid(version.guideline)
    if answer == INVALID:
        return z3.Not(valid)
    return z3.And(valid, model.formula(Answers(version).flag(answer), version.guideline))
