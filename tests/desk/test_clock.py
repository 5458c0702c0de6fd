"""Clocks: days that end at midnight on the plan's clock, 72 hours that pass, and a second implementation of both."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from isodose.desk.clock import (
    Clock,
    ExpediteAsk,
    Extension,
    Ground,
    Notice,
    deadline,
    duties,
    extension_problem,
    is_late,
)
from isodose.desk.days import day_of, day_starts

HARTFORD = ZoneInfo("America/New_York")
MS = timedelta(milliseconds=1)


def at(text: str, zone: ZoneInfo = HARTFORD) -> datetime:
    """A moment by the plan's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def due(clock: Clock, zone: ZoneInfo = HARTFORD) -> datetime:
    return deadline(clock, zone).at.astimezone(zone)


@pytest.mark.parametrize(
    ("arrived", "late_from"),
    [
        ("2026-03-02T09:00", "2026-03-10T00:00"),  # Monday; daylight saving begins on Sunday the 8th
        ("2026-03-02T00:00", "2026-03-10T00:00"),  # the first moment of a day belongs to it
        ("2026-03-02T23:59", "2026-03-10T00:00"),
        ("2026-10-28T12:00", "2026-11-05T00:00"),  # it ends on Sunday the 1st
        ("2025-12-31T23:59", "2026-01-15T00:00"),  # the last day of 14 days
        ("2026-01-01T00:00", "2026-01-09T00:00"),  # the first of 7
    ],
)
def test_a_standard_request_has_until_the_midnight_after_its_last_day(arrived: str, late_from: str) -> None:
    assert deadline(Clock(at(arrived)), HARTFORD).at == at(late_from)


def test_the_plans_own_day_counts_not_that_of_utc() -> None:
    clock = Clock(datetime(2026, 1, 1, 4, 59, tzinfo=UTC))  # still 2025 in Hartford
    assert deadline(clock, HARTFORD).rule.startswith("14 calendar days")
    assert deadline(clock, ZoneInfo("UTC")).rule.startswith("7 calendar days")


@pytest.mark.parametrize(
    ("arrived", "late_from"),
    [
        ("2026-03-06T10:00", "2026-03-09T11:00"),  # an hour was skipped
        ("2026-10-30T10:00", "2026-11-02T09:00"),  # an hour came twice
        ("2026-06-05T10:00", "2026-06-08T10:00"),  # a weekend stops nothing
    ],
)
def test_72_hours_pass_on_every_clock(arrived: str, late_from: str) -> None:
    clock = Clock(at(arrived), (ExpediteAsk(at(arrived), physicians=True),))
    assert due(clock).replace(tzinfo=None) == datetime.fromisoformat(late_from)
    assert deadline(clock, HARTFORD).rule == "72 hours, expedited (42 CFR 422.572(a))"


def test_a_day_starts_where_clocks_jump_over_midnight_or_come_back_to_it() -> None:
    havana = ZoneInfo("America/Havana")
    skipped, twice = day_starts(date(2026, 3, 8), havana), day_starts(date(2026, 11, 1), havana)
    assert skipped.astimezone(havana).isoformat() == "2026-03-08T01:00:00-04:00"
    assert twice.astimezone(havana).isoformat() == "2026-11-01T00:00:00-04:00"
    for starts in (skipped, twice):
        assert day_of(starts - MS, havana) < day_of(starts, havana)


def test_a_physicians_statement_is_never_refused() -> None:
    with pytest.raises(ValueError, match="never refused"):
        ExpediteAsk(at("2026-06-05T10:00"), physicians=True, refused=at("2026-06-05T11:00"))


def test_a_members_ask_that_is_refused_leaves_the_standard_clock_from_first_receipt() -> None:
    arrived, told = at("2026-06-05T10:00"), at("2026-06-06T09:00")
    pending = Clock(arrived, (ExpediteAsk(arrived, physicians=False),))
    refused = Clock(arrived, (ExpediteAsk(arrived, physicians=False, refused=told),))
    assert deadline(pending, HARTFORD).at == at("2026-06-08T10:00")
    assert deadline(refused, HARTFORD) == deadline(Clock(arrived), HARTFORD)
    [letter] = duties(refused, HARTFORD)
    assert (letter.name, letter.by) == ("letter on refused expedited ask 1", at("2026-06-10T00:00"))


def test_an_ask_that_comes_later_counts_from_its_arrival_and_never_gives_more_time() -> None:
    arrived = at("2026-06-01T10:00")
    early = Clock(arrived, (ExpediteAsk(at("2026-06-02T10:00"), physicians=True),))
    late = Clock(arrived, (ExpediteAsk(at("2026-06-08T10:00"), physicians=True),))
    assert deadline(early, HARTFORD).at == at("2026-06-05T10:00")
    assert deadline(late, HARTFORD).at == at("2026-06-09T00:00")


def test_a_clock_ends_with_the_notice_and_the_very_moment_is_late() -> None:
    arrived = at("2026-06-01T10:00")
    told = Clock(arrived, notice=Notice(at("2026-06-09T00:00"), oral=False, adverse=False))
    in_time = Clock(arrived, notice=Notice(at("2026-06-09T00:00") - MS, oral=False, adverse=False))
    assert is_late(told, at("2026-06-09T00:00"), HARTFORD)
    assert not is_late(in_time, at("2027-01-01T00:00"), HARTFORD)
    assert is_late(Clock(arrived), at("2026-06-09T00:00"), HARTFORD)


def test_oral_notice_of_an_adverse_expedited_decision_is_confirmed_within_three_days() -> None:
    arrived = at("2026-03-05T10:00")
    expedited = (ExpediteAsk(arrived, physicians=True),)
    told = Notice(at("2026-03-06T15:00"), oral=True, adverse=True)
    [letter] = duties(Clock(arrived, expedited, notice=told), HARTFORD)
    assert (letter.by, letter.source) == (at("2026-03-10T00:00"), "42 CFR 422.572(c)")
    assert duties(Clock(arrived, notice=told), HARTFORD) == ()
    assert duties(Clock(arrived, expedited, notice=Notice(told.at, oral=True, adverse=False)), HARTFORD) == ()


def test_an_extension_has_a_ground_and_fourteen_days_in_all_and_comes_in_time() -> None:
    clock = Clock(at("2026-06-01T10:00"))
    asked = Extension(at("2026-06-05T10:00"), 10, Ground.MEMBER_ASKED)
    extended = Clock(clock.first, extensions=(asked,))
    assert extension_problem(clock, asked, HARTFORD) is None
    assert deadline(extended, HARTFORD).at == at("2026-06-19T00:00")
    assert deadline(extended, HARTFORD).rule.endswith(
        "10 more days: the member asks for it (42 CFR 422.568(b), 422.572(b))"
    )
    for days in (0, 5):
        more = Extension(at("2026-06-06T10:00"), days, Ground.EVIDENCE)
        assert extension_problem(extended, more, HARTFORD) == "an extension has 1 to 14 days in all; 4 are left"
    late = Extension(at("2026-06-09T00:00"), 1, Ground.EXTRAORDINARY)
    assert "run out" in (extension_problem(clock, late, HARTFORD) or "")
    told = Clock(clock.first, notice=Notice(at("2026-06-03T00:00"), oral=False, adverse=False))
    assert "notice already" in (extension_problem(told, asked, HARTFORD) or "")


def test_an_expedited_request_is_extended_by_whole_days_of_24_hours() -> None:
    arrived = at("2026-03-05T10:00")
    clock = Clock(arrived, (ExpediteAsk(arrived, physicians=True),), (Extension(arrived, 2, Ground.MEMBER_ASKED),))
    assert deadline(clock, HARTFORD).at == arrived + timedelta(hours=72 + 48)


# The second implementation: it knows no midnight. It looks at the plan's clock every quarter of an hour.


def quarter_hours_until(day: date, since: datetime, zone: ZoneInfo) -> datetime:
    """The first quarter of an hour, from a moment on, at which the plan's clock shows that day."""
    moment = since.replace(minute=0, second=0, microsecond=0)
    hour = timedelta(hours=1)
    while (moment + hour).astimezone(zone).date() < day:
        moment += hour
    while moment.astimezone(zone).date() < day:
        moment += timedelta(minutes=15)
    return moment


def second_deadline(clock: Clock, zone: ZoneInfo) -> datetime:
    more = 0
    for extension in clock.extensions:
        more += extension.days
    local = clock.first.astimezone(zone)
    allowed = (7 if local.year >= 2026 else 14) + more
    ordinal = date(local.year, local.month, local.day).toordinal() + allowed + 1
    near = clock.first + timedelta(hours=24 * allowed - 3)
    moments = [quarter_hours_until(date.fromordinal(ordinal), near, zone)]
    for ask in clock.asks:
        if ask.physicians or not ask.refused:
            seconds = ask.at.timestamp() + 3600 * (72 + 24 * more)
            moments.append(datetime.fromtimestamp(seconds, UTC))
    return min(moments)


ZONES = [ZoneInfo(f"America/{name}") for name in ("New_York", "Havana", "Santiago", "St_Johns", "Phoenix")]


def random_clock(chance: random.Random) -> Clock:
    """Any request of two years; one in three arrives within two weeks before a change of the clocks."""
    start = datetime(2025, 7, 1, tzinfo=UTC)
    if chance.random() < 1 / 3:
        start = datetime(2026, *chance.choice([(2, 22), (10, 18), (3, 22), (8, 23)]), tzinfo=UTC)
        first = start + timedelta(seconds=chance.randrange(15 * 86400))
    else:
        first = start + timedelta(seconds=chance.randrange(730 * 86400))
    asks = tuple(random_ask(chance, first) for _ in range(chance.choice((0, 0, 1, 2))))
    days = chance.choice([(), (), (14,), (3, 11), (1,), (7,)])
    return Clock(first, asks, tuple(Extension(first, count, Ground.MEMBER_ASKED) for count in days))


def random_ask(chance: random.Random, first: datetime) -> ExpediteAsk:
    asked = first + timedelta(seconds=chance.choice((0, chance.randrange(9 * 86400))))
    physicians = chance.random() < 0.5
    refused = None if physicians or chance.random() < 0.5 else asked + timedelta(hours=2)
    return ExpediteAsk(asked, physicians, refused)


def compare(count: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(count):
        clock, zone = random_clock(chance), chance.choice(ZONES)
        expected = second_deadline(clock, zone)
        assert deadline(clock, zone).at == expected, (clock, zone)
        assert is_late(clock, expected, zone)
        assert not is_late(clock, expected - MS, zone)


def test_random_requests_are_due_when_a_second_implementation_says() -> None:
    compare(2_000, 72)


@pytest.mark.slow
def test_a_hundred_thousand_requests_are_due_when_a_second_implementation_says() -> None:
    compare(100_000, 20260101)
