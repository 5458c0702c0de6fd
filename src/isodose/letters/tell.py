"""From what is stored to what a letter tells: one function for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any as Untyped

from isodose.desk.authorization import STANDS, Authorization
from isodose.desk.authorization_fold import of_line
from isodose.desk.clock import Deadline, deadline
from isodose.desk.days import day_of
from isodose.desk.request import Request
from isodose.desk.transitions import Do
from isodose.determination.words import explanation
from isodose.letters.asks import asks
from isodose.letters.contents import (
    DISMISSALS,
    GOOD_CAUSES,
    GROUNDS,
    Adverse,
    Again,
    Cancelled,
    Closed,
    Content,
    Granted,
    Late,
    MoreTime,
    Reopened,
    Waiting,
)
from isodose.letters.kind import Kind
from isodose.letters.refusal import last_day_to_appeal, refusal
from isodose.letters.service import Compared, Service, asked_services, certified_services, compared
from isodose.letters.sources import Sources
from isodose.letters.words import in_words, until
from isodose.store.event import instant_from

_A_LIST = re.compile(r"is (not )?in the list [\w.-]*\w(?:(?:, | and )\w+(?:\.[\w-]+)+)*")
"""How the program says that a value is in a list, or in none of some, of which the sentence has told the title."""


def content_of(sources: Sources, on: date) -> Content:
    """What a letter of a day tells."""
    return _MAKERS[sources.told.kind](sources, on)


def _facts(sources: Sources) -> dict[str, Untyped]:
    return dict(sources.event.facts)


def _due(sources: Sources) -> str:
    clock = sources.request.clock
    assert clock is not None, "a clock runs from the submission on"
    return until(deadline(clock, sources.policy.zone), sources.policy.zone)


def _waiting(sources: Sources, _: date) -> Waiting:
    request, facts = sources.request, _facts(sources)
    assert request.clock is not None, "a clock runs from the submission on"
    return Waiting(
        asked_services(request.lines),
        _due(sources),
        request.clock.expedited is not None,
        asks(tuple(facts.get("questions", ())), sources.guideline.facts, sources.answers),
        _unmarked(facts.get("why", "")),
    )


def _extension(sources: Sources, _: date) -> MoreTime:
    facts = _facts(sources)
    return MoreTime(
        GROUNDS[facts["ground"]], _sentence(facts["ground"]), facts["why"], _due(sources), days=facts["days"]
    )


def _expedite_refused(sources: Sources, _: date) -> MoreTime:
    facts = _facts(sources)
    told = in_words(day_of(instant_from(facts["told"]), sources.policy.zone))
    return MoreTime("", "", facts["why"], _due(sources), told=told)


def _approved(sources: Sources, _: date) -> Granted:
    request, facts = sources.request, _facts(sources)
    needless = tuple(line for line in request.lines if line.number in facts["needless"])
    return Granted(_certified(sources), asked_services(needless), why=facts["reason"])


def _amended(sources: Sources, _: date) -> Granted:
    facts = _facts(sources)
    since = facts["since"]
    before = _authorization(sources.before, facts["line"])
    changes, was_asked = _beside(sources, before, facts["line"]), before.wanted is not None
    day = in_words(date.fromisoformat(since)) if since else ""
    return Granted(_certified(sources), changes=(changes,), why=facts["why"], since=day, was_asked=was_asked)


def _not_required(sources: Sources, _: date) -> Closed:
    """Without the hash of the content that the answer rests on: it is in the record, and nobody reads it out."""
    why: str = _facts(sources)["reason"]
    for answer in sources.answers:
        why = why.replace(explanation(answer)[-1].text, "")
    why = _unmarked(why)
    return Closed(asked_services(sources.request.lines), why, because=_A_LIST.sub(r"is \1one of them", why))


def _withdrawn(sources: Sources, _: date) -> Closed:
    return Closed(asked_services(sources.request.lines), _facts(sources)["why"])


def _dismissed(sources: Sources, _: date) -> Closed:
    facts = _facts(sources)
    services, ground = asked_services(sources.request.lines), facts["ground"]
    return Closed(services, facts["why"], DISMISSALS[ground], _sentence(ground), facts["notice"])


def _denial_reopened(sources: Sources, _: date) -> Again:
    denied = sources.before.decision
    assert denied is not None, "what is reopened was denied"
    day = in_words(day_of(denied.at, sources.policy.zone))
    return Again(asked_services(sources.request.lines), day, _facts(sources)["why"])


def _approval_reopened(sources: Sources, _: date) -> Reopened:
    facts = _facts(sources)
    reopened, cause = _authorization(sources.request, facts["line"]), facts["cause"]
    services = certified_services((reopened.line,), sources.serial, sources.guideline.codes)
    return Reopened(services, GOOD_CAUSES[cause], _sentence(cause), facts["why"])


def _overdue(sources: Sources, on: date) -> Late:
    facts = _facts(sources)
    due = until(Deadline(instant_from(facts["due"]), facts["rule"]), sources.policy.zone)
    return Late(asked_services(sources.request.lines), due, facts["rule"], last_day_to_appeal(on))


def _confirmed(sources: Sources, _: date) -> Granted:
    return Granted(_certified(sources), why=_facts(sources)["why"])


def _cancelled(sources: Sources, _: date) -> Cancelled:
    facts = _facts(sources)
    line, last = _authorization(sources.before, facts["line"]).line, date.fromisoformat(facts["last"])
    until_then = (replace(line, end=last),) if line.start <= last else ()
    was, stands = (
        certified_services(lines, sources.serial, sources.guideline.codes) for lines in ((line,), until_then)
    )
    return Cancelled(was, stands, in_words(last), facts["why"])


def _decided_adversely(sources: Sources, on: date) -> Adverse:
    request = sources.request
    granted = tuple(one.line for one in request.authorizations)
    lines = compared(request.lines, granted, sources.serial, sources.guideline.codes)
    return Adverse(lines, _certified(sources), refusal(sources, on))


def _taken_away(sources: Sources, on: date) -> Adverse:
    """Beside what stands now: what was wanted and is refused, or what stood before."""
    facts = _facts(sources)
    before = _authorization(sources.before, facts["line"])
    if sources.event.kind == Do.REFUSE_CHANGE and before.wanted:
        before = replace(before, line=before.wanted)
    ended = sources.event.kind == Do.END_EARLY
    last = in_words(date.fromisoformat(facts["last"])) if "last" in facts else ""
    beside = _beside(sources, before, facts["line"])
    lines = (replace(beside, now=None),) if ended else (beside,)
    then = "What was asked for" if sources.event.kind == Do.REFUSE_CHANGE else "Before"
    return Adverse(lines, _certified(sources), refusal(sources, on), then, "What stays approved", last, facts["notice"])


def _beside(sources: Sources, before: Authorization, line: int) -> Compared:
    """A line as it was, or was wanted, beside what is certified of it now."""
    now = _authorization(sources.request, line).line
    [found] = compared((before.line,), (now,), sources.serial, sources.guideline.codes)
    return found


def _unmarked(words: str) -> str:
    """Words of the program without the marks that it sets about codes."""
    return words.replace("`", "").strip()


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _authorization(request: Request, line: int) -> Authorization:
    found = of_line(request.authorizations, line)
    assert found is not None, "what is changed is an authorization"
    return found


def _certified(sources: Sources) -> tuple[Service, ...]:
    """What is certified from now on."""
    lines = tuple(one.line for one in sources.request.authorizations if one.state in STANDS)
    return certified_services(lines, sources.serial, sources.guideline.codes)


_MAKERS: Mapping[Kind, Callable[[Sources, date], Content]] = {
    Kind.RECEIVED: _waiting,
    Kind.INFORMATION_NEEDED: _waiting,
    Kind.RETURNED: _waiting,
    Kind.APPROVED: _approved,
    Kind.PARTLY_APPROVED: _decided_adversely,
    Kind.DENIED: _decided_adversely,
    Kind.NOT_REQUIRED: _not_required,
    Kind.EXTENSION: _extension,
    Kind.EXPEDITE_REFUSED: _expedite_refused,
    Kind.WITHDRAWN: _withdrawn,
    Kind.DISMISSED: _dismissed,
    Kind.OPEN_AGAIN: _waiting,
    Kind.DENIAL_REOPENED: _denial_reopened,
    Kind.APPROVAL_REOPENED: _approval_reopened,
    Kind.OVERDUE: _overdue,
    Kind.AMENDED: _amended,
    Kind.TAKEN_AWAY: _taken_away,
    Kind.CONFIRMED: _confirmed,
    Kind.CANCELLED: _cancelled,
}
