"""Authorizations from a request's events: decisions make them, the acts of ``authorization_acts.py`` move them on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any as Untyped

from isodose.desk.authorization import Authorization
from isodose.desk.authorization_acts import Amend, AskChange, AuthorizationAct, Cancel, Reopen, TakeAway
from isodose.desk.line import Lines, line_facts, line_from
from isodose.desk.recorded import signature_facts
from isodose.desk.transitions import AUTHORIZATION, Do, authorization_after
from isodose.store.event import Event, Json

OF_AUTHORIZATIONS = frozenset(row.do for row in AUTHORIZATION)
"""Acts that move an authorization and leave the request where it stands."""

Authorizations = tuple[Authorization, ...]


def granted(lines: Lines) -> Authorizations:
    """The authorizations that a decision makes."""
    return tuple(Authorization(line) for line in lines)


def of_line(authorizations: Iterable[Authorization], number: object) -> Authorization | None:
    """The authorization of a line."""
    return next((one for one in authorizations if one.line.number == number), None)


def authorizations_after(authorizations: Authorizations, event: Event) -> Authorizations:
    """The authorizations after one of their events. Raises ``KeyError`` where the table has no line for it."""
    found = of_line(authorizations, event.facts["line"])
    if found is None:
        raise KeyError(event.facts["line"])
    do = Do(event.kind)
    moved = replace(found, state=authorization_after(found.state, do))
    change = _CHANGES.get(do)
    after = change(moved, event.facts) if change else moved
    return tuple(after if one is found else one for one in authorizations)


def authorization_facts(act: AuthorizationAct) -> dict[str, Json]:
    """The facts of an act on an authorization."""
    match act:
        case TakeAway():
            return _taken_facts(act)
        case AskChange():
            return {"line": act.line, "wanted": line_facts(act.wanted), "why": act.why}
        case Amend():
            since = None if act.since is None else str(act.since)
            return {"line": act.line, "to": line_facts(act.to), "why": act.why, "since": since}
        case Reopen():
            return {"line": act.line, "cause": act.cause.value, "why": act.why}
        case Cancel():
            return {"line": act.line, "last": str(act.last), "why": act.why}
        case _:
            return {"line": act.line, "why": act.why}


def _taken_facts(act: TakeAway) -> dict[str, Json]:
    facts: dict[str, Json] = {"line": act.line, "notice": act.notice, **signature_facts(act.signed, act.clauses)}
    if act.last:
        facts["last"] = str(act.last)
    if act.to:
        facts["to"] = line_facts(act.to)
    return facts


_Facts = Mapping[str, Untyped]


def _wanted(one: Authorization, facts: _Facts) -> Authorization:
    return replace(one, wanted=line_from(facts["wanted"]))


def _amended(one: Authorization, facts: _Facts) -> Authorization:
    since = facts["since"] and date.fromisoformat(facts["since"])
    kept = ((one.line, since - timedelta(days=1)),) if since else ()
    return replace(one, line=line_from(facts["to"]), wanted=None, earlier=(*one.earlier, *kept))


def _refused(one: Authorization, _: _Facts) -> Authorization:
    return replace(one, wanted=None)


def _reduced(one: Authorization, facts: _Facts) -> Authorization:
    kept = (one.line, date.fromisoformat(facts["last"]))
    return replace(one, line=line_from(facts["to"]), earlier=(*one.earlier, kept))


def _ended(one: Authorization, facts: _Facts) -> Authorization:
    return replace(one, ended=date.fromisoformat(facts["last"]), wanted=None)


_CHANGES: Mapping[Do, Callable[[Authorization, _Facts], Authorization]] = {
    Do.ASK_CHANGE: _wanted,
    Do.AMEND: _amended,
    Do.REFUSE_CHANGE: _refused,
    Do.REDUCE: _reduced,
    Do.END_EARLY: _ended,
    Do.CANCEL: _ended,
    Do.RUN_OUT: _ended,
}
