"""Whom a new edition touches among the requests that are open: what each line is determined to be, now and by then.

Nothing is decided here. A request is determined by the edition that rules its date of service, as known on the day on which
it is decided; so an edition that is published while a request waits may change its answer, and a reviewer should know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from isodose.desk.case import Case
from isodose.desk.determined import Answers, determined
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.desk.state import OPEN
from isodose.determination.program import Determination, Program
from isodose.determination.request import ShapeError
from isodose.guideline.outcome import Outcome, Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """What a line is determined to be, and by which edition; None where no edition rules."""

    outcome: Outcome
    reason: Reason | None
    edition: str | None


@dataclass(frozen=True, slots=True)
class Touched:
    """A line of an open request whose outcome changes, from what to what."""

    tracking: str
    line: int
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class Publication:
    """The guideline as it is, and with the edition that is to be published; ``at`` is the moment from which it is known."""

    now: Program
    then: Program
    at: datetime
    policy: DeskPolicy


def touched_by(publication: Publication, cases: Iterable[Case]) -> Iterator[Touched]:
    """The lines of open requests whose outcome, or whose reason for a review, changes; in the order of the cases.

    A request that cannot be read is returned for correction by either guideline, and is no matter here.
    """
    for case in cases:
        if case.request.standing.place in OPEN:
            yield from _of_case(publication, case)


def changed_by(publication: Publication, cases: Iterable[Case]) -> Iterator[Touched]:
    """The same of requests wherever they stand: what is decided stays so, and shows what the edition would have made of it."""
    for case in cases:
        yield from _of_case(publication, case)


def _of_case(publication: Publication, case: Case) -> Iterator[Touched]:
    for number, (before, after) in enumerate(zip(*_both(publication, case), strict=True), start=1):
        if (before.outcome, before.review_reason) != (after.outcome, after.review_reason):
            yield Touched(case.tracking, before.case.line or number, _answer(before), _answer(after))


def _both(publication: Publication, case: Case) -> tuple[Answers, Answers]:
    at, policy = publication.at, publication.policy
    programs = publication.now, publication.then
    now, then = (determined(_as_known_to(program, case.request), program, at, policy) for program in programs)
    return ((), ()) if isinstance(now, ShapeError) or isinstance(then, ShapeError) else (now, then)


def _as_known_to(program: Program, request: Request) -> Request:
    """What a reviewer judged of a clause that a guideline does not have says nothing under it."""
    known = program.guideline.clause_ids | program.guideline.leaf_phrases
    judged = (one for one in request.judgements if (one.get("clause") or one.get("leaf")) in known)
    return replace(request, judgements=tuple(judged))


def _answer(one: Determination) -> Answer:
    return Answer(one.outcome, one.review_reason, one.edition.id if one.edition else None)
