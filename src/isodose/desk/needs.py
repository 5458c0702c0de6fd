"""What an act needs beyond a line in the table: said in words, all of it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from isodose.desk.acts import (
    PLAIN,
    SENT,
    Act,
    Ask,
    Assign,
    Decide,
    Dismiss,
    DisputeFact,
    Expedite,
    Extend,
    Forward,
    Judge,
    LookAgain,
    Mark,
    OfferCall,
    Plainly,
    RefuseExpedite,
    Send,
    SendLetter,
    Submit,
    Take,
)
from isodose.desk.agreement import disagreements
from isodose.desk.clock import Extension, duties, extension_problem
from isodose.desk.needs_decision import decision_needs
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Evidence, Request
from isodose.desk.role import By, Role
from isodose.desk.second_look import may_look
from isodose.desk.transitions import Do
from isodose.guideline.problem import did_you_mean
from isodose.store.event import is_name

WITHOUT_WORDS = frozenset({Do.RETURN, Do.SEND_TO_REVIEW, Do.RELEASE, Do.WITHDRAW, Do.SEND_BACK})
"""Plain acts that need no reason."""

UNDER_THE_LOCK = frozenset(
    {Do.ASK, Do.JUDGE, Do.DISPUTE, Do.TAKE, Do.FORWARD, Do.TAKE_BACK, Do.REFER, Do.SEND_BACK, Do.RELEASE}
)
"""What nobody does while somebody else holds the case; so it is with decisions."""


def needs(request: Request, act: Act, by: By, now: datetime, policy: DeskPolicy) -> Iterator[str]:
    """What is missing for an act that the table allows."""
    yield from _own_practice(request, act, by)
    yield from _lock(request, act, by, now)
    match act:
        case Decide():
            yield from decision_needs(request, act, by, now, policy)
        case Submit() | Send():
            yield from _sent(request, act, now)
        case Extend() | RefuseExpedite() | Take() | OfferCall() | Expedite():
            yield from _times(request, act, now, policy)
        case SendLetter():
            yield from _letter(request, act, policy)
        case LookAgain():
            yield from _look(request, act, by)
        case Assign() | Forward():
            yield from _handed_on(act)
        case Mark():
            yield from _passage(act, request.documents)
        case _:
            yield from _words(act)


def _own_practice(request: Request, act: Act, by: By) -> Iterator[str]:
    """Practices see and do nothing in each other's requests; to withdraw is only for who asked."""
    if isinstance(act, Submit):
        if by.role is Role.REQUESTER and not by.practice:
            yield "a requester submits for a practice; the account belongs to none"
    elif by.role is Role.REQUESTER and by.practice != request.asked_by.practice:
        yield "the request is another practice's"
    elif act.do is Do.WITHDRAW and by.role is not request.asked_by.role:
        yield f"only who asked withdraws, and that was {request.asked_by.role.named}"


def _lock(request: Request, act: Act, by: By, now: datetime) -> Iterator[str]:
    holder = request.held_by(now)
    binds = act.do in UNDER_THE_LOCK or isinstance(act, Decide)
    if holder not in (None, by.account) and binds and by.role is not Role.SYSTEM:
        yield f"{holder} has taken the case; it is free again when released, or when the lock runs out"


def _sent(request: Request, act: Submit | Send, now: datetime) -> Iterator[str]:
    if isinstance(act, Submit):
        if act.first > now:
            yield "a request cannot have arrived later than now"
        if not act.lines:
            yield "a request has at least one service line"
    elif act.do not in SENT:
        yield f"{act.do.words} is not a way to send something"
    elif act.content is None and act.lines is None and not act.documents and not act.evidence:
        yield "nothing was sent: give an answer, a correction or a document"
    lines, content = act.lines or request.lines, act.content or request.content
    if lines:
        yield from disagreements(lines, content or {})
    yield from _passages(request, act)


def _passages(request: Request, act: Submit | Send) -> Iterator[str]:
    known = {*request.documents, *act.documents}
    for one in act.evidence:
        if one.chart:
            continue
        yield from _passage(one, known)


def _passage(one: Evidence | Mark, known: Collection[str]) -> Iterator[str]:
    """What a passage of a document lacks."""
    target = one.target if isinstance(one, Mark) else one.fact
    if not target.strip():
        yield "a passage counts for a clause, a leaf or a fact"
    if one.document not in known:
        yield f"the passage for `{target}` is in a document that the request does not have"
    elif one.page < 1 or not one.words.strip():
        yield f"the passage for `{target}` names a page and the words on it"


def _times(
    request: Request, act: Extend | RefuseExpedite | Take | OfferCall | Expedite, now: datetime, policy: DeskPolicy
) -> Iterator[str]:
    match act:
        case Extend():
            assert request.clock is not None, "an open request has a clock"
            more = Extension(now, act.days, act.ground)
            if problem := extension_problem(request.clock, more, policy.zone):
                yield problem
            yield from _said(act.why)
        case Expedite():
            assert request.clock is not None, "an open request has a clock"
            if not request.clock.first <= act.came <= now:
                yield "an ask to expedite comes with the request or later, and not later than now"
            yield from _said(act.words)
        case RefuseExpedite():
            yield from _refusal(request, act, now)
        case Take():
            if not now < act.until <= now + policy.longest_hold:
                yield f"a case is taken for at most {policy.longest_hold.total_seconds() / 60:.0f} minutes"
        case OfferCall():
            if not act.times or min(act.times) <= now:
                yield "a call is offered with times, all of them to come"


def _refusal(request: Request, act: RefuseExpedite, now: datetime) -> Iterator[str]:
    asks = request.clock.asks if request.clock else ()
    if not any(ask.refused is None and not ask.physicians for ask in asks):
        yield "there is no member's ask to refuse; a physician's statement is never refused (42 CFR 422.570(c)(2))"
    if act.told > now:
        yield "the member is told first, promptly and by word of mouth, and that is recorded (42 CFR 422.570(d)(2))"
    yield from _said(act.why)


def _letter(request: Request, act: SendLetter, policy: DeskPolicy) -> Iterator[str]:
    owed = [duty.name for duty in duties(request.clock, policy.zone)] if request.clock else []
    if act.name not in owed:
        yield f"no letter `{act.name}` is owed{did_you_mean(act.name, owed)}"


def _look(request: Request, act: LookAgain, by: By) -> Iterator[str]:
    if request.decision is None or not may_look(request.decision, by):
        yield "a second look is another reviewer's than who decided; of a physician's decision, another physician's"
    if request.second_look:
        yield f"{request.second_look.by} has looked at it already"
    yield from _said(act.why)


def _handed_on(act: Assign | Forward) -> Iterator[str]:
    if isinstance(act, Assign):
        if not is_name(act.account):
            yield "say to whom the case goes"
        return
    if not act.to.strip():
        yield "say to whom it was passed on"
    if not act.how.strip():
        yield "say how it was passed on, in words that stay on record"


def _words(act: Act) -> Iterator[str]:
    match act:
        case Ask():
            if not [question for question in act.questions if question.strip()]:
                yield "say what is asked"
        case Judge() | DisputeFact() | Dismiss():
            yield from _said(act.why)
            if isinstance(act, Dismiss) and not act.notice.strip():
                yield "a dismissal is told to who asked: what the notice says, with the right to have it looked at again"
        case Plainly():
            if act.do not in PLAIN:
                yield f"{act.do.words} needs more than a reason"
            elif act.do not in WITHOUT_WORDS:
                yield from _said(act.why)
        case _:
            return


def _said(why: str) -> Iterator[str]:
    if not why.strip():
        yield "say why, in words that stay on record"
