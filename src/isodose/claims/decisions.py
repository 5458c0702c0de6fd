"""Adverse decisions of the record that an edition since would not have led to: what is better now, and never what is worse.

As with lines that were answered before, only what favours the member is told (reading A19). Nothing is changed by it: a denial is
reopened by a physician.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from isodose.desk.automatic import FAVOURABLE, LEADS_TO
from isodose.desk.case import Case
from isodose.desk.days import day_of
from isodose.desk.determined import DETERMINATIONS, determined
from isodose.desk.fold import request_from
from isodose.desk.policy import DeskPolicy
from isodose.determination.program import Determination, Program
from isodose.determination.request import ShapeError
from isodose.guideline.outcome import Outcome
from isodose.store.event import Json, Stored
from isodose.store.find import every_request
from isodose.store.record import Record

_AT_ONCE = 500
"""Requests that are read together."""


@dataclass(frozen=True, slots=True)
class BetterDecision:
    """A line that was denied or left out, what the guideline said of it then, and what it says now."""

    request: str
    line: int
    decided: date
    earlier_outcome: str
    earlier_edition: str
    outcome: str
    edition: str


def better_decisions(record: Record, program: Program, policy: DeskPolicy, now: datetime) -> Iterator[BetterDecision]:
    """Those of all requests, in the order of tracking numbers, as the editions decided by now say. Raises ``DamagedError``."""
    requests = every_request(record.database)
    for start in range(0, len(requests), _AT_ONCE):
        for history in record.histories(requests[start : start + _AT_ONCE]).values():
            yield from _of_case(Case.of(history), program, policy, now)


def _of_case(case: Case, program: Program, policy: DeskPolicy, now: datetime) -> Iterator[BetterDecision]:
    decision = case.request.decision
    if decision is None or not decision.is_adverse:
        return
    event = next(one for one in reversed(case.history) if one.event.at == decision.at and one.event.kind == decision.do)
    before = request_from(one.event for one in case.history[: event.number - 1])
    answers = determined(before, program, now, policy)
    if isinstance(answers, ShapeError):
        return
    granted = {line.number for line in decision.granted}
    decided = day_of(decision.at, policy.zone)
    for line, kept, answer in zip(before.lines, _kept(event), answers, strict=False):
        if line.number not in granted and _favours(answer.outcome) and not _favours(Outcome(str(kept["outcome"]))):
            was = str(kept["outcome"]), str(kept["edition"] or "")
            yield BetterDecision(case.tracking, line.number, decided, *was, answer.outcome.value, _edition(answer))


def _kept(event: Stored) -> Sequence[Mapping[str, Json]]:
    """What was determined of each line as it was decided; nothing of a request that could not be read then."""
    kept = event.event.facts.get(DETERMINATIONS)
    return [one for one in kept if isinstance(one, dict) and "outcome" in one] if isinstance(kept, list) else ()


def _favours(outcome: Outcome) -> bool:
    return LEADS_TO[outcome] in FAVOURABLE


def _edition(answer: Determination) -> str:
    return answer.edition.id if answer.edition else ""
