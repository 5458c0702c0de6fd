"""What a decision needs: what was asked, the reason, and under an adverse one a qualified physician who has seen it all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from isodose.desk.acts import Decide
from isodose.desk.authorization_acts import TakeAway
from isodose.desk.days import day_of
from isodose.desk.decision import Approved, Denied, NotRequired, PartlyApproved
from isodose.desk.physician import PhysiciansAct, reason_problem
from isodose.desk.policy import DeskPolicy
from isodose.desk.qualification import Matter, unqualified
from isodose.desk.request import Request
from isodose.desk.role import By, Role


def decision_needs(request: Request, act: Decide, by: By, now: datetime, policy: DeskPolicy) -> Iterator[str]:
    """What is missing for a decision that the table allows."""
    decision = act.decision
    if not isinstance(decision, NotRequired) and decision.asked != request.lines:
        yield "the decision is about lines that are not those now asked for: read the request again"
    match decision:
        case Approved():
            if by.role is not Role.SYSTEM and not decision.reason.strip():
                yield "who approves says why"
        case NotRequired():
            if not decision.why.strip():
                yield "say why no authorization is needed"
        case PartlyApproved() | Denied():
            matter = Matter(
                policy.expertise,
                request.asked_by.practice,
                day_of(now, policy.zone),
                by.account,
                request.refused_by,
            )
            yield from adverse_needs(request, act, decision.signed, by, matter)


def adverse_needs(
    request: Request, act: Decide | TakeAway, signed: PhysiciansAct, by: By, matter: Matter
) -> Iterator[str]:
    """What is missing under an adverse act, whatever it takes away."""
    if signed.physician != by.account or signed.on != matter.on:
        yield "an adverse decision is signed by who makes it, on the day it is made"
    if not request.call_offered:
        yield "a peer-to-peer conversation is offered, with times, before an adverse decision"
    if wrong := reason_problem(signed.reason, act.texts):
        yield wrong
    if unopened := len(set(request.documents) - act.opened):
        yield f"{unopened} of the case's documents have not been opened"
    if act.qualification is None or act.qualification.credential != signed.credential:
        yield "the credential signed with is not the one on record"
    else:
        yield from unqualified(act.qualification, matter)
