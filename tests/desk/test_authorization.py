"""The life of an authorization: changed with what differs as data, never ended for a day that has passed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest
from tests.desk.people import (
    DAY,
    INTAKE,
    ITO,
    LINE,
    NURSE,
    OTHER_PRACTICE,
    PAGES,
    PHYSICIAN,
    POLICY,
    PRACTICE,
    SUBMIT,
    TO_REVIEW,
    after_all,
    done,
    refused,
    signed,
)

from isodose.desk.acts import Decide, OfferCall
from isodose.desk.authorization import Authorization, Difference, GoodCause, differences, moves_only_dates
from isodose.desk.authorization_acts import Amend, AskChange, Cancel, Confirm, Reopen, TakeAway
from isodose.desk.automatic import settle_change
from isodose.desk.decision import Approved
from isodose.desk.fold import ImpossibleHistoryError, after
from isodose.desk.physician import PhysiciansAct
from isodose.desk.request import Request
from isodose.desk.role import THE_SYSTEM
from isodose.desk.state import AuthorizationState, State
from isodose.desk.sweep import sweep
from isodose.desk.transitions import Do
from isodose.store.event import Event

COURSE = replace(LINE, end=date(2025, 12, 19), provider="1234567893")
BEFORE = datetime(2025, 10, 20, 15, tzinfo=UTC)
DURING = datetime(2025, 11, 20, 15, tzinfo=UTC)
TODAY = date(2025, 11, 20)


def authorized() -> Request:
    submit = replace(SUBMIT, lines=(COURSE,), first=BEFORE)
    approve = Decide(Approved((COURSE,), (COURSE,), "all criteria met"))
    return after_all((submit, PRACTICE), TO_REVIEW[1], (approve, NURSE), now=BEFORE)


def authorization(request: Request) -> Authorization:
    [found] = request.authorizations
    return found


def signature() -> PhysiciansAct:
    return signed(TODAY)


def take_away(do: Do, **what: object) -> TakeAway:
    whole = TakeAway(Do.END_EARLY, 1, signature(), "You may appeal.", ITO, frozenset({PAGES}), last=TODAY)
    return replace(whole, do=do, **what)  # type: ignore[arg-type]


def offered(request: Request) -> Request:
    return done(request, OfferCall((DURING + DAY,)), NURSE, DURING)


def test_more_sessions_are_an_amendment_with_what_differs() -> None:
    wanted = replace(COURSE, units=37)
    asked = done(authorized(), AskChange(1, wanted, "two sessions were lost to a breakdown"), PRACTICE, DURING)
    assert authorization(asked).wanted == wanted
    assert differences(COURSE, wanted) == (Difference("units", 35, 37),)
    amended = done(asked, Amend(1, wanted, "same plan"), NURSE, DURING)
    assert (authorization(amended).state, authorization(amended).line) == (AuthorizationState.AMENDED, wanted)
    assert authorization(amended).wanted is None


def test_a_course_that_moves_takes_its_dates_along_at_once() -> None:
    later = replace(COURSE, start=date(2025, 11, 10), end=date(2025, 12, 26))
    assert moves_only_dates(COURSE, later)
    asked = done(authorized(), AskChange(1, later, "the simulation was late"), PRACTICE, BEFORE)
    [event] = settle_change(asked, 1, BEFORE, POLICY)
    assert (event.by, authorization(after(asked, event)).line) == ("system", later)
    assert (
        settle_change(asked, 1, datetime(2025, 11, 6, 15, tzinfo=UTC), POLICY) == ()
    )  # begun: a nurse says since when
    longer = replace(later, units=40)
    more = done(authorized(), AskChange(1, longer, "more"), PRACTICE, BEFORE)
    assert settle_change(more, 1, BEFORE, POLICY) == ()
    assert "moves a course in time" in refused(more, Amend(1, longer, "moved"), THE_SYSTEM, BEFORE)[0]


def test_less_than_was_wanted_or_than_stands_is_a_physicians() -> None:
    assert "less than stands" in refused(authorized(), Amend(1, replace(COURSE, units=30), "enough"), NURSE, BEFORE)[0]
    asked = done(authorized(), AskChange(1, replace(COURSE, units=39), "boost"), PRACTICE, BEFORE)
    assert "less than was asked" in refused(asked, Amend(1, replace(COURSE, units=37), "enough"), NURSE, BEFORE)[0]


def test_another_provider_in_mid_course_leaves_what_was_given_certified() -> None:
    moved = replace(COURSE, provider="1245319599")
    asked = done(authorized(), AskChange(1, moved, "she moves to her daughter"), PRACTICE, DURING)
    assert "the course has begun" in refused(asked, Amend(1, moved, "as asked"), NURSE, DURING)[0]
    amended = authorization(done(asked, Amend(1, moved, "as asked", since=TODAY), NURSE, DURING))
    before, since = amended.certified_on(date(2025, 11, 19)), amended.certified_on(TODAY)
    assert before == COURSE
    assert since == moved


def test_an_authorization_is_taken_away_only_after_a_reopening_and_never_for_days_gone_by() -> None:
    end = take_away(Do.END_EARLY)
    assert refused(authorized(), end, PHYSICIAN, DURING) == (
        "an authorization that is active cannot be ended-early; it would have to be reopened",
    )
    assert refused(authorized(), Reopen(1, GoodCause.FRAUD, "x"), NURSE, DURING) == (
        "a nurse may not reopen; physician may",
    )
    reopened = done(authorized(), Reopen(1, GoodCause.OBVIOUS_ERROR, "the wrong member's report"), PHYSICIAN, DURING)
    assert "peer-to-peer" in refused(reopened, end, PHYSICIAN, DURING)[0]
    offer = offered(reopened)
    past = replace(end, last=date(2025, 11, 19))
    assert refused(offer, past, PHYSICIAN, DURING) == (
        "nothing is taken away for days that have passed: until 2025-11-20 at least it stands",
    )
    ended = authorization(done(offer, end, PHYSICIAN, DURING))
    assert (ended.state, ended.ended) == (AuthorizationState.ENDED, TODAY)
    assert ended.certified_on(TODAY) == COURSE
    assert ended.certified_on(date(2025, 11, 21)) is None


def test_a_reduction_keeps_what_was_certified_until_then() -> None:
    reopened = offered(done(authorized(), Reopen(1, GoodCause.NEW_EVIDENCE, "re-planned"), PHYSICIAN, DURING))
    less = replace(COURSE, units=30)
    reduced = authorization(done(reopened, take_away(Do.REDUCE, to=less), PHYSICIAN, DURING))
    assert reduced.certified_on(TODAY) == COURSE
    assert reduced.certified_on(date(2025, 11, 21)) == less
    no_less = take_away(Do.REDUCE, to=replace(COURSE, units=36))
    assert "no less than stands" in refused(reopened, no_less, PHYSICIAN, DURING)[0]
    silent = take_away(Do.REDUCE, to=less, notice="")
    assert "are told" in refused(reopened, silent, PHYSICIAN, DURING)[0]
    assert authorization(done(reopened, Confirm(1, "the plan is right"), PHYSICIAN, DURING)).line == COURSE


def test_a_refused_change_is_adverse_and_leaves_what_stands() -> None:
    refuse = take_away(Do.REFUSE_CHANGE, last=None)
    assert "no change is asked for" in refused(offered(authorized()), refuse, PHYSICIAN, DURING)[0]
    asked = done(offered(authorized()), AskChange(1, replace(COURSE, units=60), "boost"), PRACTICE, DURING)
    assert "peer-to-peer" in refused(asked, refuse, PHYSICIAN, DURING)[0]
    answered = authorization(done(offered(asked), refuse, PHYSICIAN, DURING))
    assert (answered.line, answered.wanted, answered.state) == (COURSE, None, AuthorizationState.ACTIVE)


def test_what_takes_away_cannot_be_made_unsigned_or_half_said() -> None:
    with pytest.raises(TypeError, match="physician's act"):
        TakeAway(Do.END_EARLY, 1, cast("PhysiciansAct", "ito"), "…", last=TODAY)
    with pytest.raises(ValueError, match="takes nothing away"):
        take_away(Do.AMEND)
    with pytest.raises(ValueError, match="says what is left"):
        take_away(Do.REDUCE)
    with pytest.raises(ValueError, match="has a last day"):
        take_away(Do.END_EARLY, last=None)


def test_only_who_asked_cancels_and_not_backwards() -> None:
    cancel = Cancel(1, TODAY, "treated elsewhere")
    assert refused(authorized(), cancel, INTAKE, DURING) == ("only who asked cancels, and that was a requester",)
    assert refused(authorized(), cancel, OTHER_PRACTICE, DURING)[0] == "the authorization is another practice's"
    assert "at the earliest" in refused(authorized(), replace(cancel, last=date(2025, 11, 1)), PRACTICE, DURING)[0]
    cancelled = done(authorized(), cancel, PRACTICE, DURING)
    assert authorization(cancelled).state is AuthorizationState.ENDED
    assert cancelled.standing.state is State.APPROVED


def test_it_runs_out_when_its_last_day_is_over_and_once() -> None:
    request = authorized()
    notice = [event.kind for event in sweep(request, datetime(2025, 12, 20, 4, 59, tzinfo=UTC), POLICY.zone)]
    assert notice == ["overdue"]  # nobody told the member
    over = sweep(request, datetime(2025, 12, 20, 5, tzinfo=UTC), POLICY.zone)
    assert [event.kind for event in over] == ["overdue", "ran-out"]
    for event in over:
        request = after(request, event)
    assert authorization(request).ended == COURSE.end
    assert sweep(request, datetime(2026, 12, 20, 5, tzinfo=UTC), POLICY.zone) == ()


def test_a_line_without_authorization_and_a_change_that_is_none() -> None:
    assert refused(authorized(), Confirm(2, "x"), PHYSICIAN, DURING) == ("line 2 has no authorization",)
    assert "nothing would change" in refused(authorized(), AskChange(1, COURSE, "x"), PRACTICE, DURING)
    other = AskChange(1, replace(COURSE, number=2), "")
    assert refused(authorized(), other, PRACTICE, DURING) == (
        "the change is of line 2, and the authorization of line 1",
        "say why, in words that stay on record",
    )
    with pytest.raises(ImpossibleHistoryError, match="no authorization of line 2"):
        after(authorized(), Event("confirmed", DURING, "ito", {"line": 2, "why": ""}))
