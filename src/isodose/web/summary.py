"""A request in a line, as lists show it: whose it is, what is asked, where it stands and why it is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from isodose.desk.case import Case
from isodose.desk.determined import DETERMINATIONS
from isodose.desk.head import member_id
from isodose.desk.request import Request
from isodose.desk.state import State
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.guideline import Guideline
from isodose.store.database import Database
from isodose.store.members import Member, find_member, find_members
from isodose.web.due import Due, due
from isodose.web.services import Services

_IN_BRACKETS = re.compile(r" \(.*\)")
"""What a sentence explains by the way; a line of a list has no room for it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request is where it is: a tone of `parts.mark`, and words."""

    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Summary:
    """``member`` is the name on the roster, else the id. ``site`` is the first diagnosis in words, ``codes`` all that are asked for.

    ``with_`` is who has it: an account, or a delegate. ``group`` is the member's primary care group, None if the roster tells none.
    """

    tracking: str
    state: str
    member: str
    born: date | None
    site: str
    diagnoses: tuple[str, ...]
    codes: tuple[str, ...]
    units: int | None
    start: date | None
    reason: Reason
    with_: str
    practice: str
    group: str | None
    due: Due | None
    last: datetime | None


def summary(case: Case, services: Services, now: datetime) -> Summary:
    """The line of a case."""
    return summaries([case], services, now)[0]


def summaries(cases: Sequence[Case], services: Services, now: datetime) -> list[Summary]:
    """The lines of cases; their members are looked up together."""
    whose = [_whose(case.request) for case in cases]
    found = find_members(services.database, ((id_, born) for id_, born in whose if born))
    return [
        _summary(case, services, now, (id_, born, found.get((id_, born)) if born else None))
        for case, (id_, born) in zip(cases, whose, strict=True)
    ]


def _summary(case: Case, services: Services, now: datetime, whose: tuple[str, date | None, Member | None]) -> Summary:
    request = case.request
    content: Mapping[str, Any] = request.content or {}
    stated = content.get("lines") or [{}]
    codes = tuple(dict.fromkeys(code for one in stated if isinstance(one, Mapping) for code in diagnoses_of(one)))
    line = request.lines[0] if request.lines else None
    id_, born, member = whose
    return Summary(
        case.tracking,
        request.standing.state.value,
        (member.name if member else None) or id_,
        born,
        _site(codes, services.guideline),
        codes,
        tuple(sorted({str(one.get("procedure_code")) for one in stated if isinstance(one, Mapping)})),
        line.units if line else None,
        line.start if line else None,
        reason(case, services.guideline),
        request.delegate or request.assigned or "",
        request.asked_by.practice,
        member.group if member else None,
        due(request, now, services.policy),
        request.last,
    )


def diagnoses_of(stated: Mapping[str, Any]) -> tuple[str, ...]:
    """The diagnoses of a service line as they were stated, with their dots."""
    return tuple(with_dot(str(code).strip().upper().replace(".", "")) for code in stated.get("diagnosis_codes") or ())


def treated_by_line(request: Request) -> dict[int, tuple[str, ...]]:
    """What each service line treats; empty where all treat the same."""
    content: Mapping[str, Any] = request.content or {}
    stated = (one for one in content.get("lines") or () if isinstance(one, Mapping))
    found = {number: diagnoses_of(one) for number, one in enumerate(stated, 1)}
    return found if len(set(found.values())) > 1 else {}


def reason(case: Case, guideline: Guideline) -> Reason:
    """Why a request is where it is, by the determination that it was answered with."""
    place = case.request.standing.place
    if place in _DECIDED:
        return _DECIDED[place]
    if place is State.RETURNED:
        return Reason("not-met", "Returned for correction")
    if case.request.delegate:
        return Reason("review", f"With {case.request.delegate}")
    found = last_determinations(case)
    if place is State.ASKED:
        return Reason("unknown", f"Asked: {_asked(found, guideline)}")
    return next(filter(None, (_for_review(one, guideline) for one in found)), Reason("review", "For a reviewer"))


_DECIDED = {
    State.APPROVED: Reason("met", "Approved"),
    State.PARTLY_APPROVED: Reason("not-met", "Partly approved"),
    State.DENIED: Reason("not-met", "Denied"),
    State.NOT_REQUIRED: Reason("off", "No authorization required"),
    State.WITHDRAWN: Reason("off", "Withdrawn"),
    State.DISMISSED: Reason("off", "Dismissed"),
}


def last_determinations(case: Case) -> list[Mapping[str, Any]]:
    """What was determined when the request was last answered, for each line as `isodose decide --json` says it."""
    for stored in reversed(case.history):
        found = stored.event.facts.get(DETERMINATIONS)
        if isinstance(found, list):
            return [one for one in found if isinstance(one, dict)]
    return []


def _asked(found: list[Mapping[str, Any]], guideline: Guideline) -> str:
    missing = dict.fromkeys(name for one in found for name in one.get("missing") or ())
    titles = [guideline.facts[name].title if name in guideline.facts else str(name) for name in missing]
    return ", ".join(titles) or "evidence"


def _for_review(one: Mapping[str, Any], guideline: Guideline) -> Reason | None:
    match one.get("review_reason"):
        case "limitation":
            return Reason("review", f"Limitation: {_titles(one, guideline)}")
        case "criteria-not-met":
            return Reason("not-met", "No criterion met")
        case "judgement":
            return Reason("review", f"Reviewer: {_open(one)}")
        case _:
            return None


def _titles(one: Mapping[str, Any], guideline: Guideline) -> str:
    clauses = guideline.editions[-1].clauses
    return ", ".join(clauses[name].title if name in clauses else str(name) for name in one.get("basis") or ())


def _open(one: Mapping[str, Any]) -> str:
    open_ = [_IN_BRACKETS.sub("", str(item.get("text") or "")) for item in one.get("review") or ()]
    return "; ".join(filter(None, open_)) or "a judgement"


def member_of(request: Request, database: Database) -> Member | None:
    """The member on the roster; None if nobody there has this id and this birth date."""
    id_, born = _whose(request)
    return find_member(database, id_, born) if born else None


def _whose(request: Request) -> tuple[str, date | None]:
    """The member's id and birth date as they were sent."""
    member = (request.content or {}).get("member")
    said: Mapping[str, Any] = member if isinstance(member, Mapping) else {}
    try:
        return member_id(request), date.fromisoformat(str(said.get("member_birth_date")))
    except ValueError:
        return member_id(request), None


def _site(codes: tuple[str, ...], guideline: Guideline) -> str:
    """The first diagnosis by its title in the release."""
    return next((found.title for code in codes if (found := guideline.release.find(code.replace(".", "")))), "")
