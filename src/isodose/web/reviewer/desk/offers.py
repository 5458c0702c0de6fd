"""Which acts the desk offers on a case, to whom; and what a decision against the member still lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from isodose.desk.act import Refusal, act
from isodose.desk.acts import Decide
from isodose.desk.decision import Denied
from isodose.desk.needs import UNDER_THE_LOCK
from isodose.desk.physician import LETTERS_OF_A_REASON, PhysiciansAct
from isodose.desk.recorded import DECISIONS
from isodose.desk.transitions import Do, authorization_step, step
from isodose.web.reviewer.acts import authorizations
from isodose.web.reviewer.acts.clocks import letters_owed
from isodose.web.reviewer.acts.panel import Panel
from isodose.web.reviewer.acts.table import PANELS
from isodose.web.reviewer.desk.desk import Desk

FIRST = ("second-look", "ask", "refer", "send-back", "approve-partly", "deny", "approve", "notify")
"""Acts of the bar, in its order; all others stand in the side column."""

KEYS = {"take": "A", "ask": "Q", "note": "T", "approve": "P", "refer": "R", "deny": "D"}
"""Single keys of acts; M and X belong to criteria."""

_ELSEWHERE = frozenset({"judge", "dispute"})
"""What is done beside what it is about."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as a link to its form. ``lacks`` says why it cannot be done yet; then it is no link."""

    name: str
    title: str
    path: str
    key: str = ""
    lacks: tuple[str, ...] = ()
    is_adverse: bool = False


def offers(desk: Desk) -> tuple[Offer, ...]:
    """What may be done to the request, the acts of the bar first."""
    names = sorted(PANELS, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    found = (PANELS[name] for name in names if name not in _ELSEWHERE)
    return tuple(_offer(desk, panel) for panel in found if _is_offered(desk, panel, to_look=desk.is_blind))


def _is_offered(desk: Desk, panel: Panel, *, to_look: bool) -> bool:
    """Whether the table has a line for it, and it makes sense now. Who is to look again does that first."""
    if step(desk.request.standing, panel.do, desk.visit.by.role) is None:
        return False
    if panel.do is Do.LOOK_AGAIN or to_look:
        return to_look and panel.do in (Do.LOOK_AGAIN, Do.NOTE)
    makes_sense = _MAKES_SENSE.get(panel.do)
    return makes_sense is None or makes_sense(desk)


def _is_mine(desk: Desk) -> bool:
    return desk.request.held_by(desk.visit.now) == desk.visit.by.account


def _owes_notice(desk: Desk) -> bool:
    return desk.request.clock is not None and desk.request.clock.notice is None


def _may_be_refused(desk: Desk) -> bool:
    """Whether there is a member's ask to expedite that stands."""
    asks = desk.request.clock.asks if desk.request.clock else ()
    return any(not one.physicians and one.refused is None for one in asks)


_MAKES_SENSE: Mapping[Do, Callable[[Desk], bool]] = {
    Do.TAKE: lambda desk: not _is_mine(desk),
    Do.FORWARD: lambda desk: bool(desk.delegates),
    Do.RELEASE: _is_mine,
    Do.NOTIFY: _owes_notice,
    Do.SEND_LETTER: lambda desk: bool(letters_owed(desk)),
    Do.REFUSE_EXPEDITE: _may_be_refused,
}


def _offer(desk: Desk, panel: Panel) -> Offer:
    lacks = tuple(_lacks(desk, panel))
    return Offer(
        panel.name, panel.title, f"{desk.path}/do/{panel.name}", KEYS.get(panel.name, ""), lacks, panel.is_adverse
    )


def _lacks(desk: Desk, panel: Panel) -> Iterator[str]:
    """What keeps the act from being done, whatever would be typed."""
    if panel.is_adverse:
        yield from adverse_lacks(desk)
    elif desk.other_holder and (panel.do in UNDER_THE_LOCK or panel.do in DECISIONS):
        yield f"{desk.named(desk.other_holder)} has taken the case"


def adverse_lacks(desk: Desk) -> tuple[str, ...]:
    """All that a decision against the member still lacks but its reason: asked of the very rule that would refuse it."""
    if desk.qualification is None:
        return ("no license is on record for your account",)
    visit = desk.visit
    try:
        signed = PhysiciansAct(visit.by.account, desk.qualification.credential, "r" * LETTERS_OF_A_REASON, desk.today)
    except ValueError as error:
        return (str(error),)
    denial = Decide(Denied(desk.request.lines, signed), desk.qualification, desk.opened)
    answer = act(desk.request, denial, visit.by, visit.now, visit.services.policy)
    return answer.reasons if isinstance(answer, Refusal) else ()


def authorization_offers(desk: Desk, line: int) -> tuple[Offer, ...]:
    """What may be done to the authorization of a line."""
    found = next(one for one in desk.request.authorizations if one.line.number == line)
    possible = (
        panel
        for panel in authorizations.PANELS
        if authorization_step(found.state, panel.do, desk.visit.by.role)
        and (panel.do is not Do.REFUSE_CHANGE or found.wanted)
    )
    query = urlencode({authorizations.LINE: line})
    return tuple(
        Offer(one.name, one.title, f"{desk.path}/do/{one.name}?{query}", is_adverse=one.is_adverse) for one in possible
    )
