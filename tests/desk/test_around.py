"""What stands around the guideline: delegates, courses under way, members whose rules are not configured."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.desk.people import INTAKE, LINE, MONDAY, POLICY, PRACTICE, SUBMIT, after_all, done
from tests.determination.imrt_cases import imrt

from isodose.desk.acts import Plainly
from isodose.desk.around import (
    CAREPARTNERS,
    Arrangements,
    Integrated,
    Member,
    continuity,
    delegate_of,
    delegates_on,
    forwarded_by,
    not_configured,
    who_decides,
)
from isodose.desk.automatic import settle
from isodose.desk.days import day_of
from isodose.desk.fold import after
from isodose.desk.state import State
from isodose.desk.transitions import Do
from isodose.guideline.tree import Period

SINCE_2019 = Member("ma-hmo", date(2019, 1, 1))


def test_a_delegates_case_is_forwarded_the_same_day_on_the_same_clock() -> None:
    member = replace(SINCE_2019, group="apn-ct")
    delegate = delegate_of(member, date(2026, 6, 1), CAREPARTNERS)
    assert delegate
    assert delegate.name == "APN-CT"
    assert delegate_of(member, date(2024, 12, 31), CAREPARTNERS) is None
    assert delegates_on(date(2024, 12, 31), CAREPARTNERS) == ()
    assert delegates_on(date(2026, 6, 1), CAREPARTNERS) == (delegate,)


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
    said = who_decides(group, on, CAREPARTNERS)
    assert words in said
    assert bool(said) == bool(words)
    assert delegate_of(SINCE_2019, date(2026, 6, 1), CAREPARTNERS) is None
    until = forwarded_by(MONDAY, POLICY.zone)
    assert day_of(until - timedelta(milliseconds=1), POLICY.zone) == day_of(MONDAY, POLICY.zone)
    submitted = after_all((SUBMIT, PRACTICE))
    forwarded = done(submitted, Plainly(Do.FORWARD, "to APN-CT, which decides for this member"), INTAKE)
    assert (forwarded.clock, forwarded.standing) == (submitted.clock, submitted.standing)


def test_a_course_begun_before_the_requirement_needs_no_authorization_to_its_end() -> None:
    found = continuity("imrt", date(2024, 12, 31), SINCE_2019, CAREPARTNERS)
    assert found
    assert found.until is None
    assert found.decision_on((LINE,))
    assert continuity("imrt", date(2025, 1, 1), SINCE_2019, CAREPARTNERS) is None
    assert continuity("proton", date(2024, 12, 31), SINCE_2019, CAREPARTNERS) is None


@pytest.mark.parametrize(("end", "needless"), [(date(2026, 5, 29), True), (date(2026, 5, 30), False), (None, False)])
def test_a_member_who_joins_in_mid_course_has_ninety_days(end: date | None, *, needless: bool) -> None:
    found = continuity("imrt", date(2026, 2, 20), Member("ma-ppo", date(2026, 3, 1)), CAREPARTNERS)
    assert found
    assert found.until == date(2026, 5, 29)
    assert "422.112(b)(8)" in found.why
    assert bool(found.decision_on((replace(LINE, end=end),))) is needless


def test_continuity_is_answered_at_once_before_the_guideline() -> None:
    found = continuity("imrt", date(2024, 12, 31), SINCE_2019, CAREPARTNERS)
    assert found
    request = after_all((SUBMIT, PRACTICE))
    [event] = settle(request, imrt(), MONDAY, POLICY, found.decision_on(request.lines))
    assert after(request, event).standing.state is State.NOT_REQUIRED
    assert "before authorization was needed" in str(event.facts["reason"])


def test_nothing_is_decided_for_an_integrated_plan_until_it_is_configured() -> None:
    dual, on = replace(SINCE_2019, product="d-snp"), date(2026, 6, 1)
    since = Integrated("d-snp", Period(date(2026, 1, 1)))
    arranged = Arrangements(integrated=(since,))
    assert "422.629" in (not_configured(dual, on, arranged) or "")
    assert not_configured(dual, date(2025, 12, 31), arranged) is None
    assert not_configured(SINCE_2019, on, arranged) is None
    assert not_configured(dual, on, Arrangements(integrated=(replace(since, configured=True),))) is None
