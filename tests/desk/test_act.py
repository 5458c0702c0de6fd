"""Lives of requests, told as acts: what happens, what is refused and in which words."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.desk.people import (
    ANALYST,
    DAY,
    HOUR,
    INTAKE,
    ITO,
    LINE,
    MONDAY,
    NURSE,
    OFFER,
    OTHER_PRACTICE,
    PAGES,
    PHYSICIAN,
    POLICY,
    PRACTICE,
    REFER,
    SECOND_NURSE,
    SUBMIT,
    TO_REVIEW,
    after_all,
    approve_partly,
    deny,
    done,
    kinds,
    refused,
    signed,
)

from isodose.desk.act import AnyAct, Refusal, act
from isodose.desk.acts import (
    Ask,
    Decide,
    Dismiss,
    DismissalGround,
    DisputeFact,
    Expedite,
    Extend,
    Judge,
    Mark,
    Notify,
    OfferCall,
    Plainly,
    RefuseExpedite,
    Send,
    SendLetter,
    Take,
)
from isodose.desk.authorization import GoodCause
from isodose.desk.authorization_acts import Amend, AskChange, Cancel, Confirm, Reopen, TakeAway
from isodose.desk.clock import Ground
from isodose.desk.decision import Approved, NotRequired
from isodose.desk.fold import ImpossibleHistoryError, after, request_from
from isodose.desk.line import less_than_asked
from isodose.desk.request import NOTICE, Evidence, Request
from isodose.desk.role import THE_SYSTEM, By, Role
from isodose.desk.state import ADVERSE_STATES, Standing, State
from isodose.desk.sweep import sweep
from isodose.desk.transitions import ADVERSE, Do, authorization_step, step
from isodose.store.event import Event, Json

APPROVE = Decide(Approved((LINE,), (LINE,), "the plan shows the bladder spared"))


def test_a_passage_is_marked_in_a_document_of_the_request_with_a_page_and_words() -> None:
    review = after_all(*TO_REVIEW)
    mark = Mark("1.a", PAGES, 2, "no room for a wider margin")
    assert done(review, mark, NURSE).standing == review.standing
    assert refused(review, replace(mark, document="b" * 64), NURSE) == (
        "the passage for `1.a` is in a document that the request does not have",
    )
    for half in (replace(mark, page=0), replace(mark, words=" ")):
        assert refused(review, half, NURSE) == ("the passage for `1.a` names a page and the words on it",)
    assert refused(review, replace(mark, target=" "), NURSE)
    assert refused(review, mark, INTAKE) == ("intake may not mark; nurse or physician may",)


def test_a_question_is_asked_and_answered_and_the_case_approved() -> None:
    asked = after_all(*TO_REVIEW, (Ask(("Which dose was given before?",)), NURSE))
    assert (asked.standing.state, asked.questions) == (State.ASKED, ("Which dose was given before?",))
    answered = done(asked, Send(Do.ANSWER, documents=("b" * 64,)), PRACTICE, MONDAY + DAY)
    assert (answered.standing.state, answered.questions) == (State.IN_REVIEW, ())
    assert answered.documents == (PAGES, "b" * 64)
    approved = after_all((APPROVE, NURSE), (Notify(), THE_SYSTEM), request=answered, now=MONDAY + DAY)
    assert approved.standing.state is State.APPROVED
    assert approved.decision
    assert approved.decision.granted == (LINE,)
    assert approved.clock
    assert approved.clock.notice


def test_a_physician_denies_with_a_reason_after_a_call_was_offered() -> None:
    denied = after_all(*TO_REVIEW, REFER, OFFER, (deny(), PHYSICIAN))
    assert denied.standing.state is State.DENIED
    assert denied.decision
    assert denied.decision.is_adverse
    assert denied.decision.reason.startswith("The planning note")


def test_what_an_adverse_decision_lacks_is_said_all_at_once() -> None:
    request = after_all(*TO_REVIEW, REFER)
    unread = replace(deny(date(2026, 5, 31)), opened=frozenset(), qualification=replace(ITO, restricted=True))
    assert refused(request, unread, PHYSICIAN) == (
        "an adverse decision is signed by who makes it, on the day it is made",
        "a peer-to-peer conversation is offered, with times, before an adverse decision",
        "1 of the case's documents have not been opened",
        "the license is restricted (42 CFR 422.566(d))",
    )
    assert refused(request, replace(deny(), qualification=None), PHYSICIAN)[-1].endswith("not the one on record")
    echo = replace(
        deny(), texts=("... The planning note gives no reason why a 3D conformal plan would not spare the rectum",)
    )
    assert "guideline's own text" in refused(after_all(OFFER, request=request), echo, PHYSICIAN)[0]


@pytest.mark.parametrize("by", [NURSE, PRACTICE, INTAKE, ANALYST, THE_SYSTEM])
@pytest.mark.parametrize("adverse", [deny(), approve_partly(replace(LINE, units=30))])
def test_nobody_but_a_physician_decides_against_the_member(by: By, adverse: Decide) -> None:
    [reason] = refused(after_all(*TO_REVIEW, REFER, OFFER), adverse, by)
    assert reason == f"{by.role.named} may not {adverse.do.words}; physician may"


def test_a_decision_on_lines_that_have_changed_is_refused() -> None:
    changed = done(after_all(*TO_REVIEW), Send(Do.ADD, lines=(replace(LINE, units=38),)), PRACTICE)
    assert refused(changed, APPROVE, NURSE) == (
        "the decision is about lines that are not those now asked for: read the request again",
    )


def test_practices_do_nothing_in_each_others_requests() -> None:
    request = after_all(*TO_REVIEW)
    assert refused(request, Plainly(Do.WITHDRAW), OTHER_PRACTICE) == ("the request is another practice's",)
    assert refused(request, Plainly(Do.WITHDRAW), INTAKE) == ("only who asked withdraws, and that was a requester",)
    assert done(request, Plainly(Do.WITHDRAW), PRACTICE).standing.state is State.WITHDRAWN
    assert "belongs to none" in refused(Request(), SUBMIT, By("kim", Role.REQUESTER))[0]


def test_the_refusal_says_where_and_who() -> None:
    request = after_all(*TO_REVIEW)
    assert refused(request, Send(Do.ANSWER, documents=(PAGES,)), PRACTICE) == (
        "a request that is in review cannot be answered; it would have to be information asked",
    )
    assert refused(request, Plainly(Do.SEND_BACK), NURSE) == ("a nurse may not send back; physician may",)
    assert refused(request, Plainly(Do.REFER), NURSE) == ("say why, in words that stay on record",)
    assert refused(request, Ask((" ",)), NURSE) == ("say what is asked",)
    assert refused(request, Send(Do.ADD), PRACTICE)[0].startswith("nothing was sent")
    assert "before what has already happened" in refused(request, Ask(("?",)), NURSE, MONDAY - HOUR)[0]


def test_a_passage_lies_in_a_document_of_the_request() -> None:
    passage = Evidence("technique", "c" * 64, 2, "IMRT, 7 fields")
    request = after_all(*TO_REVIEW)
    assert "does not have" in refused(request, Send(Do.ADD, evidence=(passage,)), PRACTICE)[0]
    added = done(request, Send(Do.ADD, evidence=(replace(passage, document=PAGES),)), PRACTICE)
    assert added.evidence[0].page == 2


def test_who_takes_a_case_has_it_until_the_lock_runs_out() -> None:
    taken = after_all(*TO_REVIEW, (Take(MONDAY + HOUR), NURSE))
    assert "noor has taken the case" in refused(taken, APPROVE, SECOND_NURSE)[0]
    assert done(taken, APPROVE, SECOND_NURSE, MONDAY + HOUR).standing.state is State.APPROVED
    assert done(taken, Plainly(Do.RELEASE), NURSE).held_by(MONDAY) is None
    assert done(taken, *REFER).held_by(MONDAY) is None
    assert "at most 60 minutes" in refused(taken, Take(MONDAY + 2 * HOUR), NURSE)[0]


def test_judgements_and_disputes_are_kept_as_the_determination_reads_them() -> None:
    request = after_all(
        *TO_REVIEW, (Judge("1", met=True, why="pathology, page 2"), NURSE), (DisputeFact("technique", "page 3"), NURSE)
    )
    assert request.judgements == (
        {"clause": "1", "truth": "met", "why": "pathology, page 2", "by": "noor", "on": "2026-06-01"},
    )
    assert request.disputes == ({"fact": "technique", "why": "page 3", "by": "noor", "on": "2026-06-01"},)


def test_a_members_ask_may_be_refused_a_physicians_statement_not() -> None:
    request = after_all(*TO_REVIEW)
    member = done(request, Expedite(MONDAY, "in pain"), PRACTICE)
    physician = done(request, Expedite(MONDAY, "waiting endangers function", "Dr. Roe"), PRACTICE)
    no = RefuseExpedite(MONDAY + HOUR, "no danger by waiting")
    assert "never refused" in refused(physician, no, NURSE, MONDAY + HOUR)[0]
    told = done(member, no, NURSE, MONDAY + HOUR)
    assert told.clock
    assert told.clock.expedited is None
    letter = "letter on refused expedited ask 1"
    assert done(told, SendLetter(letter), INTAKE, MONDAY + DAY).letters == {letter}
    assert [event.facts["what"] for event in sweep(told, MONDAY + 4 * DAY, POLICY.zone)] == [letter]
    assert "did you mean" in refused(told, SendLetter("letter on refused expedited ask 2"), INTAKE, MONDAY + DAY)[0]
    assert "told first" in refused(member, replace(no, told=MONDAY + DAY), NURSE, MONDAY + HOUR)[0]


def test_time_makes_overdue_and_decides_nothing() -> None:
    request, later = after_all(*TO_REVIEW), MONDAY + 8 * DAY
    marks = sweep(request, later, POLICY.zone)
    assert kinds(marks) == ["overdue"]
    overdue = after(request, marks[0])
    assert (overdue.standing.state, overdue.decision) == (State.OVERDUE, None)
    assert sweep(overdue, later + DAY, POLICY.zone) == ()
    assert sweep(request, MONDAY + 7 * DAY, POLICY.zone) == ()
    assert done(overdue, APPROVE, NURSE, later).standing.untimely
    assert "overdue (in review)" in refused(overdue, Send(Do.ANSWER, documents=(PAGES,)), PRACTICE, later)[0]


def test_an_act_that_comes_too_late_marks_that_first() -> None:
    events = act(after_all(*TO_REVIEW), APPROVE, NURSE, MONDAY + 8 * DAY, POLICY)
    assert not isinstance(events, Refusal)
    assert kinds(events) == ["overdue", "approved"]


def test_a_decision_in_time_with_late_notice_is_untimely() -> None:
    decided = after_all(*TO_REVIEW, (APPROVE, NURSE))
    told = done(decided, Notify(), THE_SYSTEM, MONDAY + 8 * DAY)
    assert told.standing == Standing(State.APPROVED, untimely=True)
    assert told.late == {NOTICE}


def test_a_fax_that_lay_for_nine_days_is_overdue_when_it_is_entered() -> None:
    entered = done(Request(), replace(SUBMIT, first=MONDAY - 9 * DAY, channel="fax"), INTAKE)
    assert (entered.standing.state, entered.standing.place) == (State.OVERDUE, State.SUBMITTED)


def test_an_extension_and_a_dismissal_have_grounds() -> None:
    request = after_all(*TO_REVIEW)
    more = Extend(14, Ground.MEMBER_ASKED, "she waits for a second opinion")
    assert sweep(done(request, more, NURSE), MONDAY + 21 * DAY, POLICY.zone) == ()
    assert "14 are left" in refused(request, replace(more, days=15), NURSE)[0]
    unsaid = Dismiss(DismissalGround.NO_STANDING, "a neighbour", "")
    assert "told to who asked" in refused(request, unsaid, NURSE)[0]
    dismissed = done(request, replace(unsaid, notice="You may ask us to look again."), NURSE)
    assert done(dismissed, Plainly(Do.VACATE, "she is the representative"), NURSE).standing.state is State.IN_REVIEW


def test_a_denial_is_reopened_for_good_cause_by_a_physician() -> None:
    denied = after_all(*TO_REVIEW, REFER, OFFER, (deny(), PHYSICIAN))
    assert refused(denied, Plainly(Do.REOPEN_DENIAL), PHYSICIAN) == ("say why, in words that stay on record",)
    assert done(denied, Plainly(Do.REOPEN_DENIAL, "new pathology"), PHYSICIAN).standing.state is State.WITH_PHYSICIAN


def test_an_impossible_history_is_no_request() -> None:
    with pytest.raises(ImpossibleHistoryError, match="draft cannot have been approved"):
        request_from([Event("approved", MONDAY, "noor", {})])
    unsigned_facts: list[dict[str, Json]] = [
        {},
        {"physician": "ito"},
        {"physician": "roe", "credential": {"license": "1"}},
    ]
    for unsigned in unsigned_facts:
        with pytest.raises(ImpossibleHistoryError, match="no physician signed what ito is said to have denied"):
            after(after_all(*TO_REVIEW), Event("denied", MONDAY, "ito", unsigned))
    with pytest.raises(ImpossibleHistoryError, match="did you mean `denied`"):
        request_from([Event("dennied", MONDAY, "ito", {})])


def test_a_refusal_names_what_else_is_wrong() -> None:
    late = replace(SUBMIT, first=MONDAY + HOUR, lines=())
    assert len(refused(Request(), late, PRACTICE)) == 2
    assert "needs more than a reason" in refused(after_all(*TO_REVIEW), Plainly(Do.DENY, "no"), PHYSICIAN)[0]
    assert "times" in refused(after_all(*TO_REVIEW), OfferCall(()), NURSE)[0]
    assert "says why" in refused(after_all(*TO_REVIEW), Decide(Approved((LINE,), (LINE,))), NURSE)[0]
    assert "no authorization is needed" in refused(after_all(*TO_REVIEW), Decide(NotRequired(" ")), NURSE)[0]


# Random lives: whatever anybody tries, in any order.


def today(now: datetime) -> date:
    return now.astimezone(POLICY.zone).date()


PEOPLE = (
    PRACTICE,
    PRACTICE,
    OTHER_PRACTICE,
    INTAKE,
    NURSE,
    NURSE,
    SECOND_NURSE,
    PHYSICIAN,
    PHYSICIAN,
    ANALYST,
    THE_SYSTEM,
)
TRIES: tuple[Callable[[datetime], AnyAct], ...] = (
    lambda _: SUBMIT,
    lambda now: replace(SUBMIT, first=now),
    lambda _: Send(Do.ANSWER, documents=("b" * 64,)),
    lambda _: Send(Do.ADD, lines=(LINE,)),
    lambda _: Send(Do.CORRECT, lines=(LINE,)),
    lambda _: Ask(("Which dose?",)),
    lambda _: Judge("1", met=False, why="page 2"),
    lambda now: Take(now + HOUR),
    lambda now: OfferCall((now + HOUR,)),
    lambda now: Expedite(now, "in pain"),
    lambda now: Expedite(now, "function", "Dr. Roe"),
    lambda now: RefuseExpedite(now, "no danger"),
    lambda _: Extend(3, Ground.EVIDENCE, "records of another hospital"),
    lambda _: APPROVE,
    lambda _: Decide(NotRequired("77301 needs none")),
    lambda now: deny(today(now)),
    lambda now: approve_partly(replace(LINE, units=30), today(now)),
    lambda _: Notify(oral=True),
    lambda _: Dismiss(DismissalGround.DIED, "told by her son", "a letter"),
    lambda _: Plainly(Do.RETURN),
    lambda _: Plainly(Do.SEND_TO_REVIEW),
    lambda _: Plainly(Do.REFER, "criteria not met"),
    lambda _: Plainly(Do.SEND_BACK),
    lambda _: Plainly(Do.RELEASE),
    lambda _: Plainly(Do.WITHDRAW),
    lambda _: Plainly(Do.REOPEN_DENIAL, "new pathology"),
    lambda _: AskChange(1, replace(LINE, units=40), "a boost"),
    lambda _: Amend(1, replace(LINE, units=40), "same plan"),
    lambda now: Amend(1, replace(LINE, units=36, start=today(now)), "moved", since=today(now)),
    lambda _: Reopen(1, GoodCause.OBVIOUS_ERROR, "another member's report"),
    lambda _: Confirm(1, "the report is hers"),
    lambda now: Cancel(1, today(now), "treated elsewhere"),
    lambda now: TakeAway(
        Do.END_EARLY, 1, signed(today(now)), "You may appeal.", ITO, frozenset({PAGES}), (), today(now)
    ),
    lambda now: TakeAway(
        Do.REDUCE, 1, signed(today(now)), "…", ITO, frozenset({PAGES}), (), today(now), replace(LINE, units=20)
    ),
    lambda now: TakeAway(Do.REFUSE_CHANGE, 1, signed(today(now)), "You may appeal.", ITO, frozenset({PAGES})),
)


ENDINGS = {Do.APPROVE, Do.FIND_NOT_REQUIRED, Do.WITHDRAW, Do.DISMISS, Do.CANCEL}


def attempt(chance: random.Random, request: Request, now: datetime) -> tuple[By, AnyAct]:
    """What somebody tries: mostly what the table allows, seldom what ends a life soon."""
    by, what = chance.choice(PEOPLE), chance.choice(TRIES)(now)
    for _ in range(chance.choice((0, 40))):
        there = any(authorization_step(one.state, what.do, by.role) for one in request.authorizations)
        if (step(request.standing, what.do, by.role) or there) and (what.do not in ENDINGS or chance.random() < 0.1):
            break
        by, what = chance.choice(PEOPLE), chance.choice(TRIES)(now)
    return by, what


def live(chance: random.Random) -> Request:
    """One life of acts that anybody tries; every event that comes of it is held against what must always be so."""
    history: list[Event] = []
    request, now = Request(), MONDAY
    for _ in range(60):
        by, what = attempt(chance, request, now)
        answer = act(request, what, by, now, POLICY)
        if isinstance(answer, Refusal):
            assert answer.reasons
            assert all(answer.reasons)
        else:
            history += answer
            before, request = request, request_from(history)
            check(before, request, answer, by)
            check_the_past(before, request, today(now))
            assert sweep(request, now, POLICY.zone) == ()
        now += timedelta(seconds=chance.choice((1, 60, 3600, 40_000)))
    return request


def check(before: Request, request: Request, events: tuple[Event, ...], by: By) -> None:
    [event] = [one for one in events if one.kind != Do.LAPSE]
    if request.standing.place in ADVERSE_STATES and before.standing.place not in ADVERSE_STATES:
        assert by.role is Role.PHYSICIAN
        assert event.facts["physician"] == by.account
        assert event.facts["reason"]
        assert event.facts["credential"]
        assert before.call_offered
    assert (event.kind in ADVERSE) <= (by.role is Role.PHYSICIAN)
    assert before.standing.untimely <= request.standing.untimely
    assert request.number == before.number + len(events)
    assert all(one.by == "system" for one in events if one is not event)


def check_the_past(before: Request, request: Request, day: date) -> None:
    """What was certified for a day that has passed stays certified, line by line."""
    for old, new in zip(before.authorizations, request.authorizations, strict=False):
        for passed in (LINE.start, LINE.start + 20 * DAY, day - DAY):
            was, stays = old.certified_on(passed), new.certified_on(passed)
            assert was is None or (stays is not None and not less_than_asked((was,), (stays,)))


def test_random_lives_hold_what_must_always_be_so() -> None:
    chance = random.Random(42)  # noqa: S311
    ends = {live(chance).standing.state for _ in range(150)}
    assert ends >= {State.APPROVED, State.PARTLY_APPROVED, State.WITHDRAWN, State.DISMISSED}


@pytest.mark.slow
def test_many_random_lives_hold_what_must_always_be_so() -> None:
    chance = random.Random(43)  # noqa: S311
    ends = {live(chance).standing.state for _ in range(2_000)}
    assert ends >= {State.DENIED, State.OVERDUE}
