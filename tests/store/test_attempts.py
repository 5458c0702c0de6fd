"""Counting attempts: before they are known to fail, at once or one by one, and only while nothing has to wait."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from tests.store.events import NOON
from tests.store.people import minutes

from isodose.store.attempts import (
    Failures,
    begin_attempt,
    forget_failures,
    forget_failures_before,
    take_back,
)
from isodose.store.record import Record


@dataclass(frozen=True)
class Free:
    """So many without waiting, then ten minutes each; forgotten after an hour."""

    count: int

    def counted(self, failures: Failures, now: datetime) -> int:
        return failures.count if now < failures.last + minutes(60) else 0

    def next_try(self, failures: Failures) -> datetime:
        return failures.last + minutes(10 if failures.count >= self.count else 0)


def begin(record: Record, after: int = 0, **free: int) -> datetime | None:
    return begin_attempt(record.database, {name: Free(count) for name, count in free.items()}, NOON + minutes(after))


def test_an_attempt_waits_once_too_many_failed(record: Record) -> None:
    assert [begin(record, a=2) for _ in range(3)] == [None, None, NOON + minutes(10)]
    assert begin(record, after=9, a=2) == NOON + minutes(10)
    assert begin(record, after=10, a=2) is None
    assert begin(record, after=11, a=2) == NOON + minutes(20)


def test_what_has_to_wait_counts_nothing_on_others(record: Record) -> None:
    assert begin(record, a=1, b=2) is None
    assert begin(record, a=1, b=2) == NOON + minutes(10)
    assert begin(record, b=2) is None
    assert begin(record, b=2) == NOON + minutes(10)


def test_attempts_at_once_gain_nothing(record: Record) -> None:
    with ThreadPoolExecutor(16) as threads:
        begun = list(threads.map(lambda _: begin(record, a=5, b=9), range(32)))
    assert begun.count(None) == 5


def test_subjects_named_in_any_order_do_not_wait_for_each_other(record: Record) -> None:
    def both(number: int) -> datetime | None:
        return begin(record, a=99, b=99) if number % 2 else begin(record, b=99, a=99)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(both, range(40))) == {None}


def test_what_was_right_is_forgotten_or_taken_back(record: Record) -> None:
    for _ in range(2):
        begin(record, own=2, shared=2)
    forget_failures(record.database, "own")
    take_back(record.database, "shared")
    assert begin(record, own=2) is None
    assert begin(record, shared=2) is None
    assert begin(record, shared=2) == NOON + minutes(10)
    take_back(record.database, "never tried")


def test_failures_are_forgotten_with_time(record: Record) -> None:
    assert [begin(record, a=2) for _ in range(2)] == [None, None]
    assert [begin(record, after=60, a=2) for _ in range(3)] == [None, None, NOON + minutes(70)]
    begin(record, b=2)
    assert forget_failures_before(record.database, NOON + minutes(60)) == 1
    assert begin(record, after=61, a=2) == NOON + minutes(70)
