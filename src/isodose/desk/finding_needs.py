"""What a reviewer's judgement or dispute needs of the guideline: a clause, a leaf, a fact and a line that are there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from isodose.desk.automatic import determined
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.determination.program import Program
from isodose.determination.request import ShapeError


def finding_needs(
    before: Request, moved: Request, program: Program, now: datetime, policy: DeskPolicy
) -> tuple[str, ...]:
    """What would be wrong with the request after a finding that is right without it, in words."""
    known = set(_wrong(before, program, now, policy))
    return tuple(dict.fromkeys(one for one in _wrong(moved, program, now, policy) if one not in known))


def _wrong(request: Request, program: Program, now: datetime, policy: DeskPolicy) -> Iterator[str]:
    answers = determined(request, program, now, policy)
    if not isinstance(answers, ShapeError):
        yield from (wrong.message.removeprefix(f"`{wrong.fact}`: ") for one in answers for wrong in one.problems)
