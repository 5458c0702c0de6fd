"""From determination to decision: what the system answers by itself. It answers only in the member's favour.

No line of the table below leads to anything adverse, and none could: the types of ``decision.py`` want a physician.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce

from isodose.desk.act import AnyAct, Refusal, act
from isodose.desk.acts import Act, Ask, Decide, Plainly
from isodose.desk.authorization import moves_only_dates
from isodose.desk.authorization_acts import Amend
from isodose.desk.authorization_fold import of_line
from isodose.desk.decision import Approved, NotRequired
from isodose.desk.determined import Answers, determined, with_determinations
from isodose.desk.evidence import lacking
from isodose.desk.fold import after
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.desk.role import THE_SYSTEM, By
from isodose.desk.same_service import with_same_service
from isodose.desk.state import State
from isodose.desk.transitions import Do
from isodose.determination.program import Determination, Program
from isodose.determination.record import problem_text
from isodose.determination.request import ShapeError
from isodose.determination.words import explanation, questions
from isodose.guideline.outcome import Outcome
from isodose.store.event import Event

LEADS_TO: Mapping[Outcome, Do] = {
    Outcome.INVALID: Do.RETURN,
    Outcome.INFORMATION_NEEDED: Do.ASK,
    Outcome.CLINICAL_REVIEW: Do.SEND_TO_REVIEW,
    Outcome.APPROVED: Do.APPROVE,
    Outcome.COVERED_WITHOUT_REVIEW: Do.APPROVE,
    Outcome.NOT_REQUIRED: Do.FIND_NOT_REQUIRED,
    Outcome.NOT_APPLICABLE: Do.FIND_NOT_REQUIRED,
}
"""What one line's outcome leads to."""

FIRST = (Do.RETURN, Do.ASK, Do.SEND_TO_REVIEW, Do.APPROVE, Do.FIND_NOT_REQUIRED)
"""Of several lines, the first of these that any line leads to is what happens to the request."""

FAVOURABLE = frozenset({Do.APPROVE, Do.FIND_NOT_REQUIRED})


def settle(
    request: Request, program: Program, now: datetime, policy: DeskPolicy, needless: NotRequired | None = None
) -> tuple[Event, ...]:
    """The system's answer to what has just arrived, with the determinations it rests on; empty where the request is a person's already, and stays so.

    After a submission or a correction there always is one. After an answer, or information that nobody asked for, there is
    one if the request can be decided at once. A judgement or dispute shows its reviewer a new determination, and the
    reviewer decides. ``needless`` is what stands around the guideline (``around.Continuity``), and comes before it.
    """
    answers = determined(request, program, now, policy)
    what = Decide(needless) if needless else answer_to(request, answers, policy)
    if request.standing.place is not State.SUBMITTED and what.do not in FAVOURABLE:
        return ()
    events = act(request, what, THE_SYSTEM, now, policy)
    assert not isinstance(events, Refusal), events.reasons
    return with_determinations(events, answers)


def if_done(  # noqa: PLR0913, PLR0917 (an act's own arguments, and the guideline)
    request: Request, what: AnyAct, by: By, now: datetime, program: Program, policy: DeskPolicy
) -> Answers | ShapeError | Refusal:
    """What the lines would be determined to be after an act, before anybody does it; or why it would be refused."""
    events = act(request, what, by, now, policy)
    return events if isinstance(events, Refusal) else determined(reduce(after, events, request), program, now, policy)


def settle_change(request: Request, line: int, now: datetime, policy: DeskPolicy) -> tuple[Event, ...]:
    """The system's answer to a change that was asked for: a course that moves takes its dates along. Empty for a person's."""
    found = of_line(request.authorizations, line)
    if found is None or found.wanted is None or not moves_only_dates(found.line, found.wanted):
        return ()
    amend = Amend(line, found.wanted, "the dates of an authorization move with the course")
    events = act(request, amend, THE_SYSTEM, now, policy)
    return () if isinstance(events, Refusal) else events


def answer_to(request: Request, answers: Answers | ShapeError, policy: DeskPolicy) -> Act:
    """What the determinations of a request's lines lead to."""
    if isinstance(answers, ShapeError):
        return Plainly(Do.RETURN, f"{answers.place}: {answers}")
    do = min((LEADS_TO[one.outcome] for one in answers), key=FIRST.index)
    unproven = _evidence_questions(request, answers, policy) if do is Do.APPROVE else ()
    if do is Do.ASK or unproven:
        return Ask((*_questions(answers), *unproven))
    if do is Do.APPROVE:
        return Decide(_approved(request, answers))
    return Decide(NotRequired(_why(answers))) if do is Do.FIND_NOT_REQUIRED else Plainly(do, _problems(answers))


def _questions(answers: Answers) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question.question for one in answers for question in questions(one)))


def _evidence_questions(request: Request, answers: Answers, policy: DeskPolicy) -> tuple[str, ...]:
    """What is asked for where a fact rests on the requester's word alone."""
    facts = dict.fromkeys(fact.name for one in answers if _approves(one) for fact in lacking(request, one, policy))
    known = answers[0].guideline.facts
    return tuple(
        f"{known[name].title}: please attach the {' or '.join(known[name].evidence)} and mark the passage"
        for name in facts
    )


def _approved(request: Request, answers: Sequence[Determination]) -> Approved:
    """What needs authorization is granted as asked; the other lines are told that they need none."""
    needless = frozenset(
        line.number for line, one in zip(request.lines, answers, strict=True) if LEADS_TO[one.outcome] is not Do.APPROVE
    )
    codes = answers[0].guideline.codes
    granted = tuple(with_same_service(line, codes) for line in request.lines if line.number not in needless)
    return Approved(request.lines, granted, needless=needless)


def _approves(answer: Determination) -> bool:
    return LEADS_TO[answer.outcome] is Do.APPROVE


def _why(answers: Answers) -> str:
    return " ".join(dict.fromkeys(sentence.text for one in answers for sentence in explanation(one)))


def _problems(answers: Answers) -> str:
    return " ".join(filter(None, map(problem_text, answers)))
