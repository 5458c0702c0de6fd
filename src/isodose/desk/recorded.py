"""A decision as it stands in the record: what the event tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from isodose.desk.decision import Approved, Decision, Denied, NotRequired
from isodose.desk.line import Lines, line_facts, line_from
from isodose.desk.physician import PhysiciansAct
from isodose.desk.transitions import ADVERSE, Do
from isodose.store.event import Event, Json


@dataclass(frozen=True, slots=True)
class Recorded:
    """Which decision, when and by whom, what it grants, and the reason as the member is told it."""

    do: Do
    at: datetime
    by: str
    granted: Lines
    reason: str

    @property
    def is_adverse(self) -> bool:
        return self.do in ADVERSE


DECISIONS = frozenset({Do.APPROVE, Do.FIND_NOT_REQUIRED, Do.APPROVE_PARTLY, Do.DENY})


CLAUSES = "clauses"
"""The fact that names the clauses which an adverse act rests on. Events of before it was kept have none."""


def decision_facts(decision: Decision, clauses: tuple[str, ...] = ()) -> dict[str, Json]:
    """The decision as its event's facts; an adverse one with who signed it, under which license, and what it rests on."""
    if isinstance(decision, NotRequired):
        return {"granted": [], "reason": decision.why}
    if isinstance(decision, Approved):
        granted: list[Json] = [line_facts(line) for line in decision.granted]
        return {"granted": granted, "needless": sorted(decision.needless), "reason": decision.reason}
    if isinstance(decision, Denied):
        return {"granted": [], **signature_facts(decision.signed, clauses)}
    part: list[Json] = [line_facts(line) for line in decision.granted]
    return {"granted": part, "less": list(decision.less), **signature_facts(decision.signed, clauses)}


def signature_facts(signed: PhysiciansAct, clauses: tuple[str, ...] = ()) -> dict[str, Json]:
    """A physician's act in an event, with the clauses that it rests on."""
    license_facts: dict[str, Json] = {
        "license": signed.credential.license,
        "state": signed.credential.state,
        "valid_to": str(signed.credential.valid_to),
        "expertise": list(signed.credential.expertise),
    }
    rests_on: dict[str, Json] = {CLAUSES: list(clauses)} if clauses else {}
    return {"reason": signed.reason, "physician": signed.physician, "credential": license_facts, **rests_on}


def clauses_in(event: Event) -> tuple[str, ...]:
    """The clauses that an adverse act rests on, by their ids; none where it was not kept."""
    named = event.facts.get(CLAUSES)
    return tuple(map(str, named)) if isinstance(named, list) else ()


def recorded_from(event: Event) -> Recorded:
    """What an event of a decision tells."""
    lines = event.facts["granted"]
    assert isinstance(lines, list), "what is granted is a list of lines"
    granted = tuple(line_from(line) for line in lines if _is_object(line))
    return Recorded(Do(event.kind), event.at, event.by, granted, str(event.facts["reason"]))


def _is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)
