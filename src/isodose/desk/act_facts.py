"""What an act's event tells: the act as JSON. ``fold.py`` reads it back."""

from __future__ import annotations

from datetime import datetime

from isodose.desk.acts import (
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
    Notify,
    OfferCall,
    Plainly,
    RefuseExpedite,
    Send,
    SendLetter,
    Submit,
    Take,
)
from isodose.desk.authorization_acts import AuthorizationAct
from isodose.desk.authorization_fold import authorization_facts
from isodose.desk.line import line_facts
from isodose.desk.recorded import decision_facts
from isodose.desk.request import Evidence
from isodose.desk.role import By
from isodose.store.event import DOCUMENTS, Json, instant_text, whole_milliseconds

Facts = dict[str, Json]


def facts_of(act: Act | AuthorizationAct, by: By) -> Facts:
    """The facts of an act's event, with the role in which it was done."""
    own = authorization_facts(act) if isinstance(act, AuthorizationAct) else _own_facts(act)
    return {"role": by.role.value, **({"practice": by.practice} if by.practice else {}), **own}


def moment(at: datetime) -> str:
    """A moment as facts hold it."""
    return instant_text(whole_milliseconds(at))


def _own_facts(act: Act) -> Facts:
    match act:
        case Submit() | Send():
            return _sent_facts(act)
        case Judge() | DisputeFact() | LookAgain() | Mark():
            return _finding_facts(act)
        case Expedite() | RefuseExpedite() | Extend() | Take() | OfferCall():
            return _time_facts(act)
        case Decide():
            return decision_facts(act.decision, act.clauses)
        case Assign() | Forward():
            return _handed_on_facts(act)
        case _:
            return _few_facts(act)


def _few_facts(act: Ask | Notify | SendLetter | Dismiss | Plainly) -> Facts:
    match act:
        case Ask():
            return {"questions": list(act.questions)}
        case Notify():
            return {"oral": act.oral}
        case SendLetter():
            return {"letter": act.name}
        case Dismiss():
            return {"ground": act.ground.value, "why": act.why, "notice": act.notice}
        case Plainly():
            return {"why": act.why}


def _handed_on_facts(act: Assign | Forward) -> Facts:
    return {"to": act.account} if isinstance(act, Assign) else {"to": act.to, "words": act.how}


def _sent_facts(act: Submit | Send) -> Facts:
    facts: Facts = {
        DOCUMENTS: [{"sha256": digest, "name": act.names.get(digest, "")} for digest in act.documents],
        "evidence": [_evidence_facts(one) for one in act.evidence],
    }
    if act.content is not None:
        facts["content"] = act.content
    if act.details is not None:
        facts["details"] = act.details
    if act.lines is not None:
        facts["lines"] = [line_facts(line) for line in act.lines]
    if isinstance(act, Submit):
        facts |= {"first": moment(act.first), "channel": act.channel}
    return facts


def _evidence_facts(one: Evidence) -> Facts:
    if one.chart:
        return {"fact": one.fact, "chart": one.chart}
    return {"fact": one.fact, "document": one.document, "page": one.page, "words": one.words}


def _finding_facts(act: Judge | DisputeFact | LookAgain | Mark) -> Facts:
    if isinstance(act, Mark):
        return {**_target(act), "document": act.document, "page": act.page, "words": act.words}
    if isinstance(act, LookAgain):
        return {"would_approve": act.would_approve, "why": act.why}
    if isinstance(act, DisputeFact):
        return {"fact": act.fact, "why": act.why, "line": act.line}
    return {**_target(act), "truth": "met" if act.met else "not-met", "why": act.why, "line": act.line}


def _target(act: Judge | Mark) -> Facts:
    return {"leaf" if act.is_leaf else "clause": act.target}


def _time_facts(act: Expedite | RefuseExpedite | Extend | Take | OfferCall) -> Facts:
    match act:
        case Expedite():
            return {"came": moment(act.came), "physician": act.physician, "words": act.words}
        case RefuseExpedite():
            return {"told": moment(act.told), "why": act.why}
        case Extend():
            return {"days": act.days, "ground": act.ground.value, "why": act.why}
        case Take():
            return {"until": moment(act.until)}
        case OfferCall():
            return {"times": [moment(at) for at in act.times]}
