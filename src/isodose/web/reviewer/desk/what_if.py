"""What comes of a judgement, said before the click."""

from __future__ import annotations

from dataclasses import dataclass

from isodose.desk.act import Refusal
from isodose.desk.acts import Judge
from isodose.desk.automatic import if_done
from isodose.desk.determined import Answers
from isodose.determination.request import ShapeError
from isodose.guideline.outcome import Outcome, Reason
from isodose.web.reviewer.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Coming:
    """A tone of `parts.mark`, and words."""

    tone: str
    words: str


def if_judged(desk: Desk, judge: Judge) -> Coming:
    """How the case would stand after a judgement."""
    visit, services = desk.visit, desk.visit.services
    found = if_done(desk.request, judge, visit.by, visit.now, services.program, services.policy)
    if isinstance(found, Refusal):
        return Coming("off", "; ".join(found.reasons))
    return Coming("off", str(found)) if isinstance(found, ShapeError) else coming(found)


def coming(answers: Answers) -> Coming:
    """What the determinations of a case's lines come to: the one that holds it up longest, or that all is met."""
    return min(
        (_coming(one.outcome, one.review_reason, one.basis) for one in answers), key=lambda one: _ORDER[one.tone]
    )


_ORDER = {"not-met": 0, "unknown": 1, "review": 2, "met": 3, "off": 4}


def _coming(outcome: Outcome, reason: Reason | None, basis: tuple[str, ...]) -> Coming:
    match outcome:
        case Outcome.APPROVED | Outcome.COVERED_WITHOUT_REVIEW:
            return Coming("met", f"Approved under {_listed(basis)}")
        case Outcome.CLINICAL_REVIEW:
            return _for_review(reason)
        case Outcome.INFORMATION_NEEDED:
            return Coming("unknown", "Still open: the practice can say more")
        case Outcome.INVALID:
            return Coming("not-met", "Cannot be right as it was sent")
        case _:
            return Coming("off", "No authorization is required")


def _for_review(reason: Reason | None) -> Coming:
    if reason is Reason.CRITERIA_NOT_MET:
        return Coming("not-met", "No criterion can be met: goes to a physician")
    if reason is Reason.LIMITATION:
        return Coming("review", "A limitation applies: goes to a physician")
    return Coming("review", "Still open: a reviewer's judgement")


def _listed(basis: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(basis[:-1]), *basis[-1:]))) or "the text"
