"""A request of the practice: how it stands, what it authorizes, what comes next, and what may be done with it."""

from __future__ import annotations

from starlette.responses import Response

from isodose.desk.around import arrival_day, delegates_on
from isodose.desk.case import Case
from isodose.desk.determined import determined
from isodose.desk.request import Request
from isodose.desk.state import DECIDED, OPEN, State
from isodose.desk.transitions import Do, step
from isodose.determination.request import ShapeError
from isodose.determination.words import Sentence, reasons
from isodose.store.errors import StoreError
from isodose.web.details import labelled
from isodose.web.documents.serve import seen_as, served
from isodose.web.due import due
from isodose.web.errors import NotFoundError
from isodose.web.letters_view import letters_for, openable
from isodose.web.practice.certified import certified
from isodose.web.practice.happened import steps
from isodose.web.practice.said import said
from isodose.web.summary import Reason, summary
from isodose.web.visit import Visit

Problems = list[tuple[str, str]]


def show(visit: Visit) -> Response:
    return request_page(visit, visit.case("request"))


def show_json(visit: Visit) -> Response:
    """How the request stands, for programs."""
    case = visit.case("request")
    found = summary(case, visit.services, visit.now)
    return visit.json(
        {
            "tracking": case.tracking,
            "state": found.state,
            "authorizations": [one.as_data() for one in certified(case, visit.services.guideline)],
            "due": found.due.at.isoformat() if found.due else None,
            "questions": list(case.request.questions),
            "timeline": [
                {"at": step.at.isoformat(), "what": step.words, "said": list(step.said)} for step in steps(case)
            ],
            "letters": [one.as_data() for one in letters_for(visit, case)],
        }
    )


def document(visit: Visit) -> Response:
    """A page of a document of the request as a picture, or the file to be kept."""
    sha256 = visit.path["sha256"]
    case = visit.case(seen_as(sha256, visit.path.get("page")))
    name = openable(case, visit.by).get(sha256)
    if name is None:
        raise NotFoundError("The request has no such document.")
    try:
        found = visit.services.office.record.document(sha256)
    except StoreError as error:
        raise NotFoundError("This document cannot be read.") from error
    return served(found, name, visit.path.get("page"))


def request_page(visit: Visit, case: Case, problems: Problems | None = None) -> Response:
    request = case.request
    return visit.page(
        "practice_request.html",
        422 if problems else 200,
        case=case,
        request=request,
        summary=summary(case, visit.services, visit.now),
        standing=_standing(summary(case, visit.services, visit.now).reason, request),
        due=due(request, visit.now, visit.services.policy),
        certified=certified(case, visit.services.guideline),
        why=_why(visit, case),
        steps=steps(case),
        letters=letters_for(visit, case),
        answers=said(request, visit.services.guideline),
        details=list(labelled(request.details)),
        is_open=request.standing.place in OPEN,
        is_decided=request.standing.place in DECIDED,
        place=request.standing.place,
        State=State,
        delegates=_delegates(visit, request),
        problems=problems or [],
    )


def _standing(reason: Reason, request: Request) -> Reason:
    """How it stands, in a practice's words: that a person looks at it, and not what that person finds."""
    return {
        State.IN_REVIEW: Reason("review", "In review"),
        State.WITH_PHYSICIAN: Reason("review", "With a physician of the plan"),
        State.WITH_DELEGATE: Reason("review", f"With {request.delegate}, who decides for this member"),
    }.get(request.standing.place, reason)


def _delegates(visit: Visit, request: Request) -> list[tuple[str, str]]:
    """To whom the visitor may pass the request on, as options; nobody, for who may not."""
    services = visit.services
    if step(request.standing, Do.FORWARD, visit.by.role) is None:
        return []
    day = arrival_day(request, services.policy.zone)
    return [(one.name, one.name) for one in delegates_on(day, services.guideline.around)]


def _why(visit: Visit, case: Case) -> tuple[Sentence, ...]:
    """What the answer rests on, as the request stands; nothing where it cannot be read."""
    decision = case.request.decision
    answers = determined(
        case.request, visit.services.program, decision.at if decision else visit.now, visit.services.policy
    )
    if isinstance(answers, ShapeError):
        return ()
    return tuple(dict.fromkeys(sentence for one in answers for sentence in reasons(one)))
