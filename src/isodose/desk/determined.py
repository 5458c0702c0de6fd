"""What the guideline says of a request as it stands. A decision keeps it, so that it can be made again, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import cast

from isodose.desk.days import day_of
from isodose.desk.policy import DeskPolicy
from isodose.desk.recorded import DECISIONS
from isodose.desk.request import Request
from isodose.desk.transitions import Do
from isodose.determination.program import Determination, Program
from isodose.determination.record import record
from isodose.determination.request import ShapeError, cases_from
from isodose.store.event import Event, Json

DETERMINATIONS = "determinations"
"""The fact of a decision's event: for each line the determination as `isodose decide --json` prints it."""

_DETERMINED = DECISIONS | {Do.RETURN, Do.ASK, Do.SEND_TO_REVIEW}

Answers = tuple[Determination, ...]


def determined(request: Request, program: Program, now: datetime, policy: DeskPolicy) -> Answers | ShapeError:
    """The determination of each line as the request stands: what was sent, and what reviewers judged and disputed."""
    whole: dict[str, object] = {
        **(request.content or {}),
        "judgements": list(request.judgements),
        "disputes": list(request.disputes),
    }
    today = day_of(now, policy.zone)
    try:
        cases = list(cases_from(whole, program.guideline))
    except ShapeError as error:
        return error
    wrong = next((case for case in cases if isinstance(case, ShapeError)), None)
    return wrong or tuple(program.determine_case(case, today) for case in cases if not isinstance(case, ShapeError))


def with_determinations(events: Iterable[Event], answers: Answers | ShapeError) -> tuple[Event, ...]:
    """The events; those that answer a request also hold what was determined of it as it stood before them."""
    return tuple(
        replace(event, facts={**event.facts, DETERMINATIONS: determinations(answers)})
        if Do(event.kind) in _DETERMINED
        else event
        for event in events
    )


def determinations(answers: Answers | ShapeError) -> list[Json]:
    """What was determined of each line as it is kept, or why nothing can be."""
    if isinstance(answers, ShapeError):
        return [{"unreadable": str(answers), "place": answers.place}]
    return [cast("Json", record(answer)) for answer in answers]  # nothing but what JSON has
