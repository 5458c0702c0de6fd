"""What stands around the guideline: delegates, courses under way, members whose rules are not configured."""

from dataclasses import replace
from datetime import date, timedelta
from functools import reduce

import pytest
from tests.desk.people import DAY, INTAKE, LINE, MONDAY, NURSE, POLICY, PRACTICE, SUBMIT, after_all, done
from tests.determination.imrt_cases import imrt

from isodose.desk.act import AnyAct, Refusal, act
from isodose.desk.acts import Ask, Forward, Plainly
from isodose.desk.around import (
    Member,
    continuity,
    delegate_of,
    delegates_on,
    forward_needs,
    forwarded_by,
    not_configured,
    who_decides,
)
from isodose.desk.automatic import settle
from isodose.desk.days import day_of
from isodose.desk.fold import after
from isodose.desk.head import next_due
from isodose.desk.role import By
from isodose.desk.state import State
from isodose.desk.sweep import sweep
from isodose.desk.transitions import Do
from isodose.guideline.around import NOTHING, Around, Integrated
from isodose.guideline.tree import Period

SINCE_2019 = Member("ma-hmo", date(2019, 1, 1))
PLANS = imrt().guideline.around
PASSED_ON = Forward("APN-CT", "By fax, with all documents")


def test_a_delegates_case_is_forwarded_the_same_day_on_the_same_clock() -> None:
    delegate = delegate_of("apn-ct", date(2026, 6, 1), PLANS)
    assert delegate
    assert delegate.name == "APN-CT"
    assert delegate_of("apn-ct", date(2024, 12, 31), PLANS) is None
    assert delegates_on(date(2024, 12, 31), PLANS) == ()
    assert delegates_on(date(2026, 6, 1), PLANS) == (delegate,)


def test_a_request_that_is_passed_on_is_the_delegates_and_its_clock_the_plans() -> None:
    asked = after_all((SUBMIT, PRACTICE), (Ask(("What is the intent?",)), NURSE))
    forwarded = done(asked, PASSED_ON, INTAKE)
    assert (forwarded.standing.state, forwarded.delegate) == (State.WITH_DELEGATE, "APN-CT")
    assert (forwarded.clock, forwarded.assigned) == (asked.clock, None)
    assert next_due(forwarded, POLICY) == next_due(asked, POLICY)
    back = done(forwarded, Plainly(Do.TAKE_BACK, "They do not decide for this member."), NURSE)
    assert (back.standing.state, back.delegate) == (State.IN_REVIEW, "")


def test_what_a_delegate_leaves_too_long_is_late_for_the_plan() -> None:
    forwarded = done(after_all((SUBMIT, PRACTICE)), PASSED_ON, NURSE)
    late = reduce(after, sweep(forwarded, MONDAY + 8 * DAY, POLICY.zone), forwarded)
    assert (late.standing.state, late.delegate) == (State.OVERDUE, "APN-CT")


@pytest.mark.parametrize(
    ("what", "by", "reason"),
    [
        (Forward("APN-CT", " "), NURSE, "say how it was passed on, in words that stay on record"),
        (Forward("", "By fax"), NURSE, "say to whom it was passed on"),
        (PASSED_ON, PRACTICE, "a requester may not forward; intake, nurse or physician may"),
        (Plainly(Do.FORWARD, "By fax"), NURSE, "forward needs more than a reason"),
    ],
)
def test_passing_on_needs_to_whom_how_and_one_of_the_plans_people(what: AnyAct, by: By, reason: str) -> None:
    assert act(after_all((SUBMIT, PRACTICE)), what, by, MONDAY, POLICY) == Refusal((reason,))


def test_nobody_is_passed_on_to_who_does_not_decide_for_the_plan() -> None:
    on = date(2026, 6, 1)
    assert forward_needs("APN-CT", on, PLANS) == ()
    assert forward_needs("APNCT", on, PLANS) == (
        "`APNCT` decides for no member of the plan on 2026-06-01; did you mean `APN-CT`?",
    )
    assert forward_needs("APN-CT", date(2024, 12, 31), PLANS)


@pytest.mark.parametrize(
    ("group", "on", "words"),
    [
        (
            "apn-ct",
            date(2026, 6, 1),
            "APN-CT (delegation since 2025-01-01; 42 CFR 422.562(a)(3)): pass it on the day it came",
        ),
        ("elsewhere", date(2026, 6, 1), "the plan"),
        (None, date(2026, 6, 1), "cannot be told, since the roster has no primary care group"),
        ("apn-ct", date(2024, 12, 31), ""),
    ],
)
def test_who_decides_is_said_as_far_as_the_roster_tells(group: str | None, on: date, words: str) -> None:
    said = who_decides(group, on, PLANS)
    assert words in said
    assert bool(said) == bool(words)
    assert delegate_of(None, date(2026, 6, 1), PLANS) is None
    until = forwarded_by(MONDAY, POLICY.zone)
    assert day_of(until - timedelta(milliseconds=1), POLICY.zone) == day_of(MONDAY, POLICY.zone)


def test_a_course_begun_before_the_requirement_needs_no_authorization_to_its_end() -> None:
    found = continuity(date(2024, 12, 31), SINCE_2019, PLANS)
    assert found
    assert found.until is None
    assert found.decision_on((LINE,))
    assert continuity(date(2025, 1, 1), SINCE_2019, PLANS) is None
    assert continuity(date(2024, 12, 31), SINCE_2019, NOTHING) is None


@pytest.mark.parametrize(("end", "needless"), [(date(2026, 5, 29), True), (date(2026, 5, 30), False), (None, False)])
def test_a_member_who_joins_in_mid_course_has_ninety_days(end: date | None, *, needless: bool) -> None:
    found = continuity(date(2026, 2, 20), Member("ma-ppo", date(2026, 3, 1)), PLANS)
    assert found
    assert found.until == date(2026, 5, 29)
    assert "422.112(b)(8)" in found.why
    assert bool(found.decision_on((replace(LINE, end=end),))) is needless


def test_continuity_is_answered_at_once_before_the_guideline() -> None:
    found = continuity(date(2024, 12, 31), SINCE_2019, PLANS)
    assert found
    request = after_all((SUBMIT, PRACTICE))
    [event] = settle(request, imrt(), MONDAY, POLICY, found.decision_on(request.lines))
    assert after(request, event).standing.state is State.NOT_REQUIRED
    assert "before authorization was needed" in str(event.facts["reason"])


def test_nothing_is_decided_for_an_integrated_plan_until_it_is_configured() -> None:
    dual, on = replace(SINCE_2019, product="d-snp"), date(2026, 6, 1)
    since = Integrated("d-snp", Period(date(2026, 1, 1)), "42 CFR 422.629 to 422.634")
    arranged = Around(integrated=(since,))
    assert "422.629" in (not_configured(dual, on, arranged) or "")
    assert not_configured(dual, date(2025, 12, 31), arranged) is None
    assert not_configured(SINCE_2019, on, arranged) is None
    ended = replace(since, during=Period(date(2026, 1, 1), date(2026, 5, 31)))
    assert not_configured(dual, on, Around(integrated=(ended,))) is None
