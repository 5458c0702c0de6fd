"""Units that claim lines draw: once for a line, given back, all of a posting or nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from isodose.store.drawn import (
    ClaimLine,
    Draw,
    Posting,
    giving_back,
    last_position,
    post,
    standing,
    units_drawn,
    wrong_draws,
)
from isodose.store.errors import StoreError
from isodose.store.record import Record

POSTING = Posting("run-1", datetime(2026, 2, 3, 9, tzinfo=UTC), "clara")
FIRST = Draw("C-1", "1", "AUTH-1", 1, date(2026, 2, 1))
SECOND = Draw("C-1", "2", "AUTH-1", 2, date(2026, 2, 2))


def posted(record: Record, *draws: Draw) -> int:
    return post(record.database, draws, POSTING, last_position(record.database))


def given_back(record: Record, *lines: ClaimLine) -> tuple[Draw, ...]:
    with giving_back(record.database, lines, POSTING) as given:
        return given


def test_what_is_posted_stands(record: Record) -> None:
    assert posted(record, FIRST, SECOND) == 2
    assert list(standing(record.database)) == [FIRST, SECOND]
    assert units_drawn(record.database) == {"AUTH-1": 3}
    assert list(wrong_draws(record.database)) == []


def test_a_line_never_draws_twice(record: Record) -> None:
    posted(record, FIRST)
    with pytest.raises(StoreError, match="a line draws twice, so nothing is posted"):
        posted(record, SECOND, FIRST)
    with pytest.raises(StoreError, match="a line draws twice"):
        posted(record, SECOND, SECOND)
    assert list(standing(record.database)) == [FIRST]


def test_what_is_given_back_can_be_drawn_again(record: Record) -> None:
    posted(record, FIRST, SECOND)
    assert given_back(record, ("C-1", "1"), ("C-9", "1"), ("C-1", "1")) == (FIRST,)
    assert given_back(record, ("C-1", "1")) == ()
    assert units_drawn(record.database) == {"AUTH-1": 2}
    posted(record, FIRST)
    assert units_drawn(record.database) == {"AUTH-1": 3}
    assert list(wrong_draws(record.database)) == []


def test_nothing_is_given_back_if_what_it_is_done_for_fails(record: Record) -> None:
    posted(record, FIRST)
    with pytest.raises(OSError, match="full"), giving_back(record.database, [("C-1", "1")], POSTING):
        raise OSError("the disk is full")
    assert list(standing(record.database)) == [FIRST]


def test_more_than_fit_into_one_writing_are_all_posted_or_none(record: Record) -> None:
    many = [Draw(f"C-{number}", "1", "AUTH-1", 1, date(2026, 2, 1)) for number in range(1_100)]

    def breaking() -> Iterator[Draw]:
        yield from many
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        post(record.database, breaking(), POSTING, 0)
    assert units_drawn(record.database) == {}
    assert posted(record, *many) == 1_100
    assert units_drawn(record.database) == {"AUTH-1": 1_100}


def test_who_did_not_see_what_others_posted_posts_nothing(record: Record) -> None:
    seen = last_position(record.database)
    posted(record, FIRST)
    with pytest.raises(StoreError, match="posted by somebody else meanwhile"):
        post(record.database, [SECOND], POSTING, seen)
    assert list(standing(record.database)) == [FIRST]


@pytest.mark.parametrize("statement", ["UPDATE drawn SET units = 9", "DELETE FROM drawn"])
def test_a_row_is_never_changed_or_removed(record: Record, statement: str) -> None:
    posted(record, FIRST)
    with pytest.raises((StoreError, DBAPIError)), record.database.writing() as connection:
        connection.execute(text(statement))
    assert list(standing(record.database)) == [FIRST]


def test_rows_that_nobody_can_have_written_are_found(record: Record) -> None:
    row = 'INSERT INTO drawn (claim, line, number, "authorization", units, day, run, at, "by") VALUES '
    more = "'AUTH-1', {}, '2026-02-01', 'run-2', '2026-02-03T09:00:00.000Z', 'eve')"
    with record.database.writing() as connection:
        connection.execute(text(row + "('C-1', '1', 3, " + more.format(1)))
        connection.execute(text(row + "('C-2', '1', 1, " + more.format(1)))
        connection.execute(text(row + "('C-2', '1', 2, " + more.format(-5)))
    assert list(wrong_draws(record.database)) == [
        "claim C-1, line 1: row 1 is not there",
        "claim C-2, line 1: row 2 gives back what row 1 did not draw",
    ]
