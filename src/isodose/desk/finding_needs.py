"""What reviewers' acts need of the guideline: a judgement or dispute a clause, a leaf, a fact and a line that are there, a decision its clauses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from isodose.desk.determined import determined
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.determination.program import Program
from isodose.determination.request import ShapeError
from isodose.guideline.problem import did_you_mean


def finding_needs(
    before: Request, moved: Request, program: Program, now: datetime, policy: DeskPolicy
) -> tuple[str, ...]:
    """What would be wrong with the request after a finding that is right without it, in words."""
    known = set(_wrong(before, program, now, policy))
    return tuple(dict.fromkeys(one for one in _wrong(moved, program, now, policy) if one not in known))


def clause_needs(clauses: tuple[str, ...], program: Program) -> tuple[str, ...]:
    """What is wrong with the clauses that an act says it rests on, in words."""
    known = sorted(program.guideline.clause_ids)
    return tuple(
        f"the guideline has no clause `{one}`{did_you_mean(one, known)}" for one in clauses if one not in known
    )


def _wrong(request: Request, program: Program, now: datetime, policy: DeskPolicy) -> Iterator[str]:
    answers = determined(request, program, now, policy)
    if not isinstance(answers, ShapeError):
        yield from (wrong.message.removeprefix(f"`{wrong.fact}`: ") for one in answers for wrong in one.problems)
