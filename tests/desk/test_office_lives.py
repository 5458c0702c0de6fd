"""Many people at one request, in any order and with looks that are out of date: as a second model says, or nothing happens."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from tests.desk.at_the_office import (
    NOW,
    PROVEN,
    SCAN,
    WITH_SCAN,
    expect_sound,
    office_of,
    reviewed,
    sending,
    submitted,
    unproven,
)
from tests.desk.people import DAY, HOUR, INTAKE, NURSE, PHYSICIAN, PRACTICE, SECOND_NURSE, deny

from isodose.desk.act import AnyAct, Refusal
from isodose.desk.acts import Ask, Decide, Forward, OfferCall, Plainly, Send, Submit, Take
from isodose.desk.authorization_acts import AskChange, Cancel
from isodose.desk.case import Case
from isodose.desk.decision import Approved
from isodose.desk.line import Line
from isodose.desk.office import Office
from isodose.desk.role import By
from isodose.desk.state import AuthorizationState, State
from isodose.desk.transitions import Do
from isodose.store.errors import StaleError
from isodose.store.record import Record

ASKED, IN_REVIEW, PHYSICIANS, DELEGATES = State.ASKED, State.IN_REVIEW, State.WITH_PHYSICIAN, State.WITH_DELEGATE
WORKED = (ASKED, IN_REVIEW, PHYSICIANS)
WAITS = (*WORKED, DELEGATES)
STANDS = (AuthorizationState.ACTIVE, AuthorizationState.AMENDED)


@dataclass(frozen=True)
class Told:
    """The second model: what a person would remember of the request, and how many things have happened to it."""

    state: State
    happened: int
    good: bool
    holder: str | None = None
    called: bool = False
    certified: AuthorizationState | None = None

    def moved(self, state: State, events: int = 1) -> Told:
        """To another place; whoever held the case lets it go."""
        certified = AuthorizationState.ACTIVE if state is State.APPROVED else None
        return replace(self, state=state, happened=self.happened + events, holder=None, certified=certified)

    def same(self, events: int = 1, **changes: object) -> Told:
        return replace(self, happened=self.happened + events, **changes)  # type: ignore[arg-type]

    def is_free_for(self, account: str) -> bool:
        return self.holder in (None, account)


Rule = Callable[[Told, By], "Told | None"]
"""What is told after an act; None if it is refused."""


def _answer(told: Told, _: By) -> Told | None:
    if told.state is not ASKED:
        return None
    return told.moved(State.APPROVED, 2) if told.good else told.moved(IN_REVIEW)


def _add(told: Told, _: By) -> Told | None:
    if told.state not in (IN_REVIEW, PHYSICIANS, DELEGATES):
        return None
    return told.moved(State.APPROVED, 2) if told.good else told.same()


def _take(told: Told, by: By) -> Told | None:
    return told.same(holder=by.account) if told.state in WAITS and told.is_free_for(by.account) else None


def _release(told: Told, by: By) -> Told | None:
    return told.same(holder=None) if told.state in WAITS and told.is_free_for(by.account) else None


def _ask(told: Told, by: By) -> Told | None:
    if told.state not in WORKED or not told.is_free_for(by.account):
        return None
    return told.same() if told.state is ASKED else told.moved(ASKED)


def _refer(told: Told, by: By) -> Told | None:
    free = told.state in (ASKED, IN_REVIEW) and told.is_free_for(by.account)
    return told.moved(PHYSICIANS) if free else None


def _forward(told: Told, by: By) -> Told | None:
    return told.moved(DELEGATES) if told.state in WORKED and told.is_free_for(by.account) else None


def _take_back(told: Told, by: By) -> Told | None:
    return told.moved(IN_REVIEW) if told.state is DELEGATES and told.is_free_for(by.account) else None


def _approve(told: Told, by: By) -> Told | None:
    return told.moved(State.APPROVED) if told.state in WAITS and told.is_free_for(by.account) else None


def _call(told: Told, _: By) -> Told | None:
    return told.same(called=True) if told.state in (*WORKED, State.APPROVED, State.DENIED) else None


def _deny(told: Told, by: By) -> Told | None:
    return told.moved(State.DENIED) if told.state in WAITS and told.is_free_for(by.account) and told.called else None


def _withdraw(told: Told, _: By) -> Told | None:
    return told.moved(State.WITHDRAWN) if told.state in WAITS else None


def _move(told: Told, _: By) -> Told | None:
    if told.certified not in STANDS:
        return None
    return told.same(2, certified=AuthorizationState.AMENDED, called=False)


def _cancel(told: Told, _: By) -> Told | None:
    return told.same(certified=AuthorizationState.ENDED) if told.certified in STANDS else None


RULES: Mapping[str, tuple[Rule, tuple[By, ...]]] = {
    "answer": (_answer, (PRACTICE,)),
    "add": (_add, (PRACTICE,)),
    "take": (_take, (NURSE, SECOND_NURSE, PHYSICIAN)),
    "release": (_release, (NURSE, SECOND_NURSE, PHYSICIAN)),
    "ask": (_ask, (NURSE, SECOND_NURSE)),
    "refer": (_refer, (NURSE, SECOND_NURSE)),
    "pass on": (_forward, (INTAKE, NURSE)),
    "take back": (_take_back, (NURSE, SECOND_NURSE)),
    "approve": (_approve, (NURSE, PHYSICIAN)),
    "offer a call": (_call, (PHYSICIAN,)),
    "deny": (_deny, (PHYSICIAN,)),
    "withdraw": (_withdraw, (PRACTICE,)),
    "move the dates": (_move, (PRACTICE,)),
    "cancel": (_cancel, (PRACTICE,)),
}


def act_of(name: str, case: Case, at: datetime, step: int) -> AnyAct:
    """The act as somebody does it who has the case before them."""
    asked = case.request.lines
    simple: Mapping[str, Callable[[], AnyAct]] = {
        "answer": lambda: Send(Do.ANSWER, evidence=PROVEN),
        "add": lambda: Send(Do.ADD, evidence=PROVEN),
        "take": lambda: Take(at + HOUR),
        "release": lambda: Plainly(Do.RELEASE),
        "ask": lambda: Ask(("Which phase is this?",)),
        "refer": lambda: Plainly(Do.REFER, "the criteria are not met"),
        "pass on": lambda: Forward("APN-CT", "by fax, with all documents"),
        "take back": lambda: Plainly(Do.TAKE_BACK, "they do not decide for this member"),
        "approve": lambda: Decide(Approved(asked, asked, "the tumor board agrees")),
        "offer a call": lambda: OfferCall((at + DAY,)),
        "deny": lambda: replace(deny(NOW.date()), opened=frozenset({SCAN.sha256})),
        "withdraw": lambda: Plainly(Do.WITHDRAW),
        "move the dates": lambda: AskChange(1, _later(case, step), "the machine is down"),
        "cancel": lambda: Cancel(1, NOW.date(), "treated elsewhere"),
    }
    return simple[name]()


def _later(case: Case, step: int) -> Line:
    line = case.request.authorizations[0].line if case.request.authorizations else case.request.lines[0]
    return replace(line, start=line.start + (step + 1) * DAY)


Sight = tuple[Case, Told]
"""What somebody has before them: the case, and what the model said of it then."""

BEGINNINGS: tuple[tuple[Callable[[str], Submit], State, bool], ...] = (
    (sending, State.APPROVED, True),
    (unproven, ASKED, True),
    (reviewed, IN_REVIEW, False),
)


def live(office: Office, name: str, chance: random.Random, acts: int = 9) -> int:
    """One request with three people at it, each looking now and then; how many acts were done."""
    begin, state, good = chance.choice(BEGINNINGS)
    case = submitted(office, begin(name))
    certified = AuthorizationState.ACTIVE if state is State.APPROVED else None
    newest: Sight = case, Told(state, 2, good, certified=certified)
    sights = [newest] * 3
    done = 0
    for step in range(acts):
        at = NOW + timedelta(minutes=step + 1)
        place = chance.randrange(3)
        if chance.random() < 0.6:
            sights[place] = newest
        if chance.random() < 0.1:
            expect_the_same_again(office, begin(name), at, newest)
        after = one_act(office, sights[place], newest, chance, (at, step))
        if after:
            newest = sights[place] = after
            done += 1
    return done


def expect_the_same_again(office: Office, what: Submit, at: datetime, newest: Sight) -> None:
    """Sent again, it is the request that it was; a withdrawn one is left alone."""
    if newest[1].state is not State.WITHDRAWN:
        assert office.submit(what, PRACTICE, at, WITH_SCAN) == newest[0]


def one_act(
    office: Office, sight: Sight, newest: Sight, chance: random.Random, when: tuple[datetime, int]
) -> Sight | None:
    """What an act has made of the request; None if it was refused or came too late, and then nothing has changed."""
    name = chance.choice(list(RULES))
    rule, who = RULES[name]
    by = chance.choice(who)
    case, told = sight
    expected = rule(told, by)
    what = act_of(name, case, *when)
    if expected and case.request.number < newest[0].request.number:
        with pytest.raises(StaleError) as stale:
            office.act(case, what, by, when[0])
        assert stale.value.meanwhile == newest[0].history[case.request.number :]
    else:
        after = office.act(case, what, by, when[0])
        assert isinstance(after, Refusal) is (expected is None), (name, told, after)
        if expected and not isinstance(after, Refusal):
            assert told_of(after, good=told.good) == expected, name
            return after, expected
    assert office.case(case.tracking) == newest[0]
    return None


def told_of(case: Case, *, good: bool) -> Told:
    """What the request itself says of what the model tells."""
    request = case.request
    certified = request.authorizations[0].state if request.authorizations else None
    holder = request.hold.account if request.hold else None
    return Told(request.standing.state, request.number, good, holder, request.call_offered, certified)


LIVES = int(os.environ.get("ISODOSE_LIVES", "400"))
"""Lives on each database in the slow run; `docs/life.md` has the command for ten thousand."""


@pytest.mark.parametrize("lives", [40, pytest.param(LIVES, marks=pytest.mark.slow)])
def test_random_lives_are_as_the_second_model_says(record: Record, lives: int) -> None:
    office, chance = office_of(record), random.Random(f"{lives}")  # noqa: S311 (which lives does not matter)
    done = [live(office, f"T-{number}", chance) for number in range(lives)]
    assert sum(done) > 2 * lives
    expect_sound(office)
