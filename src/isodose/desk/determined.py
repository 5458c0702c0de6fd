"""A decision keeps the determination that it was made on, so that it can be made again from what is stored, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from isodose.desk.automatic import determined
from isodose.desk.policy import DeskPolicy
from isodose.desk.recorded import DECISIONS
from isodose.desk.request import Request
from isodose.desk.transitions import Do
from isodose.determination.program import Program
from isodose.determination.record import record
from isodose.determination.request import ShapeError
from isodose.store.event import Event, Json

DETERMINATIONS = "determinations"
"""The fact of a decision's event: for each line the determination as `isodose decide --json` prints it."""

_DETERMINED = DECISIONS | {Do.RETURN, Do.ASK, Do.SEND_TO_REVIEW}


def with_determinations(
    events: Iterable[Event], before: Request, program: Program, policy: DeskPolicy
) -> tuple[Event, ...]:
    """The events; those that answer a request also hold what was determined of it as it stood before them."""
    return tuple(
        replace(event, facts={**event.facts, DETERMINATIONS: determinations(before, event, program, policy)})
        if Do(event.kind) in _DETERMINED
        else event
        for event in events
    )


def determinations(before: Request, event: Event, program: Program, policy: DeskPolicy) -> list[Json]:
    """The determination of each line, as the request stood before the event and as was known on its day."""
    answers = determined(before, program, event.at, policy)
    if isinstance(answers, ShapeError):
        return [{"unreadable": str(answers), "place": answers.place}]
    return [cast("Json", record(answer)) for answer in answers]  # nothing but what JSON has
