"""A request from its events: each event, in order, makes the next value. What the table forbids cannot be folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any as Untyped

from isodose.desk.authorization_fold import OF_AUTHORIZATIONS, authorizations_after, granted
from isodose.desk.clock import Clock, ExpediteAsk, Extension, Ground, Notice
from isodose.desk.line import line_from
from isodose.desk.recorded import DECISIONS, recorded_from
from isodose.desk.request import NOTICE, Evidence, Hold, Request, SecondLook
from isodose.desk.role import By, Role
from isodose.desk.state import OPEN, Standing, State
from isodose.desk.transitions import ADVERSE, Do, standing_after
from isodose.guideline.problem import did_you_mean
from isodose.store.event import DOCUMENTS, Event, instant_from


class ImpossibleHistoryError(ValueError):
    """Events that cannot have happened in this order."""


def request_from(events: Iterable[Event]) -> Request:
    """The request that these events have made. Raises ``ImpossibleHistoryError``."""
    return reduce(after, events, Request())


def place_of(kinds: Iterable[str]) -> State:
    """Whose turn it is after events of these kinds, without their facts: what is late does not change it.

    Raises ``ImpossibleHistoryError``.
    """
    standing = Standing()
    for do in map(_do, kinds):
        if do is not Do.LAPSE and do not in OF_AUTHORIZATIONS:
            try:
                standing = standing_after(standing, do)
            except KeyError:
                raise ImpossibleHistoryError(f"a request that is {standing.state} cannot have been {do}") from None
    return standing.place


def after(request: Request, event: Event) -> Request:
    """The request after one more event. Raises ``ImpossibleHistoryError``."""
    try:
        return _after(request, event)
    except ImpossibleHistoryError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise ImpossibleHistoryError(f"`{event.kind}` is not told by such facts: {error!r}") from error


def _after(request: Request, event: Event) -> Request:
    do = _do(event.kind)
    standing = request.standing
    if do in ADVERSE and not (event.facts.get("physician") == event.by and event.facts.get("credential")):
        raise ImpossibleHistoryError(f"no physician signed what {event.by} is said to have {do}")
    if do in OF_AUTHORIZATIONS:
        return _authorizations(request, event)
    if do is not Do.LAPSE or event.facts["what"] == NOTICE:
        try:
            standing = standing_after(standing, do)
        except KeyError:
            raise ImpossibleHistoryError(f"a request that is {standing.state} cannot have been {do}") from None
    moved = replace(request, standing=standing, number=request.number + 1, last=event.at)
    change = _CHANGES.get(do)
    return _let_go(change(moved, event) if change else moved, request)


def _authorizations(request: Request, event: Event) -> Request:
    """What happens to an authorization leaves the request as it is; a call is offered anew for what is new."""
    try:
        moved = authorizations_after(request.authorizations, event)
    except KeyError:
        raise ImpossibleHistoryError(
            f"no authorization of line {event.facts['line']} can have been {event.kind}"
        ) from None
    offered = request.call_offered and event.kind not in (Do.ASK_CHANGE, Do.REOPEN)
    return replace(request, authorizations=moved, number=request.number + 1, last=event.at, call_offered=offered)


def _do(kind: str) -> Do:
    try:
        return Do(kind)
    except ValueError:
        raise ImpossibleHistoryError(f"`{kind}` is no event of a request{did_you_mean(kind, list(Do))}") from None


def _let_go(request: Request, before: Request) -> Request:
    """Nobody holds a case that has moved on."""
    place = request.standing.place
    return replace(request, hold=None) if place is not before.standing.place or place not in OPEN else request


def _submitted(request: Request, event: Event) -> Request:
    facts: Mapping[str, Untyped] = event.facts
    by = By(event.by, Role(facts["role"]), facts.get("practice", ""))
    return _sent(replace(request, asked_by=by, clock=Clock(instant_from(facts["first"]))), event)


def _sent(request: Request, event: Event) -> Request:
    """What is stated anew is shown anew: passages that showed earlier statements count no more."""
    facts: Mapping[str, Untyped] = event.facts
    earlier = () if "content" in facts else request.evidence
    new = [one["sha256"] for one in facts[DOCUMENTS]]
    return replace(
        request,
        lines=tuple(map(line_from, facts["lines"])) if "lines" in facts else request.lines,
        content=facts.get("content", request.content),
        documents=tuple(dict.fromkeys((*request.documents, *new))),
        names={**request.names, **{one["sha256"]: one["name"] for one in facts[DOCUMENTS] if one.get("name")}},
        details=facts.get("details", request.details),
        evidence=(*earlier, *(Evidence(**one) for one in facts["evidence"])),
        questions=(),
    )


def _asked(request: Request, event: Event) -> Request:
    facts: Mapping[str, Untyped] = event.facts
    return replace(request, questions=tuple(facts["questions"]))


def _judged(request: Request, event: Event) -> Request:
    """A judgement stands until somebody judges the same anew; the record keeps both."""
    new = _finding(event)
    others = (one for one in request.judgements if _judges(one) != _judges(new))
    return replace(request, judgements=(*others, new))


def _judges(finding: Mapping[str, object]) -> tuple[object, ...]:
    return finding.get("clause"), finding.get("leaf"), finding.get("line")


def _disputed(request: Request, event: Event) -> Request:
    return replace(request, disputes=(*request.disputes, _finding(event)))


def _finding(event: Event) -> dict[str, Untyped]:
    """A judgement or dispute as the determination reads it; one about no line is about all."""
    told = {
        name: value for name, value in event.facts.items() if name not in ("role", "practice") and value is not None
    }
    return {**told, "by": event.by, "on": event.at.date().isoformat()}


def _taken(request: Request, event: Event) -> Request:
    return replace(request, hold=Hold(event.by, instant_from(str(event.facts["until"]))), assigned=event.by)


def _released(request: Request, _: Event) -> Request:
    return replace(request, hold=None, assigned=None)


def _assigned(request: Request, event: Event) -> Request:
    return replace(request, assigned=str(event.facts["to"]))


def _forwarded(request: Request, event: Event) -> Request:
    return replace(request, forwarded=str(event.facts["to"]), assigned=None)


def _looked_again(request: Request, event: Event) -> Request:
    look = SecondLook(event.by, event.at, bool(event.facts["would_approve"]), str(event.facts["why"]))
    return replace(request, second_look=look)


def _call_offered(request: Request, _: Event) -> Request:
    return replace(request, call_offered=True)


def _expedite(request: Request, event: Event) -> Request:
    clock = _clock(request)
    ask = ExpediteAsk(instant_from(str(event.facts["came"])), physicians=bool(event.facts["physician"]))
    return replace(request, clock=replace(clock, asks=(*clock.asks, ask)))


def _expedite_refused(request: Request, event: Event) -> Request:
    clock, told = _clock(request), instant_from(str(event.facts["told"]))
    asks = (ask if ask.physicians or ask.refused else replace(ask, refused=told) for ask in clock.asks)
    return replace(request, clock=replace(clock, asks=tuple(asks)))


def _extended(request: Request, event: Event) -> Request:
    clock, facts = _clock(request), event.facts
    more = Extension(event.at, int(str(facts["days"])), Ground(str(facts["ground"])))
    return replace(request, clock=replace(clock, extensions=(*clock.extensions, more)))


def _lapsed(request: Request, event: Event) -> Request:
    return replace(request, late=request.late | {str(event.facts["what"])})


def _decided(request: Request, event: Event) -> Request:
    decision = recorded_from(event)
    return replace(request, decision=decision, questions=(), authorizations=granted(decision.granted), second_look=None)


def _denial_reopened(request: Request, _: Event) -> Request:
    assert request.decision is not None, "what is reopened was decided"
    return replace(request, refused_by=request.refused_by | {request.decision.by})


def _notified(request: Request, event: Event) -> Request:
    clock, decision = _clock(request), request.decision
    assert decision is not None, "there is notice of decisions only"
    first = clock.notice or Notice(event.at, bool(event.facts["oral"]), decision.is_adverse)
    return replace(request, clock=replace(clock, notice=first))


def _letter_sent(request: Request, event: Event) -> Request:
    return replace(request, letters=request.letters | {str(event.facts["letter"])})


def _clock(request: Request) -> Clock:
    assert request.clock is not None, "a clock runs from the submission on"
    return request.clock


_CHANGES: Mapping[Do, Callable[[Request, Event], Request]] = {
    Do.SUBMIT: _submitted,
    Do.CORRECT: _sent,
    Do.ANSWER: _sent,
    Do.ADD: _sent,
    Do.ASK: _asked,
    Do.JUDGE: _judged,
    Do.DISPUTE: _disputed,
    Do.TAKE: _taken,
    Do.RELEASE: _released,
    Do.ASSIGN: _assigned,
    Do.FORWARD: _forwarded,
    Do.LOOK_AGAIN: _looked_again,
    Do.OFFER_CALL: _call_offered,
    Do.EXPEDITE: _expedite,
    Do.REFUSE_EXPEDITE: _expedite_refused,
    Do.EXTEND: _extended,
    Do.LAPSE: _lapsed,
    Do.NOTIFY: _notified,
    Do.REOPEN_DENIAL: _denial_reopened,
    Do.SEND_LETTER: _letter_sent,
    **dict.fromkeys(DECISIONS, _decided),
}
