"""Letters that wait to be sent: tried again until there is a proof, and never sent twice."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from tests.desk.people import DAY, HOUR

from isodose.letters.folder import file_name, put
from isodose.letters.kind import Kind, Reader
from isodose.letters.outbox import (
    LONGEST_WAIT,
    PROVES,
    Attempt,
    Channel,
    Parcel,
    attempt_facts,
    attempt_from,
    left,
    needs_a_person,
    next_try,
)
from isodose.store.event import canonical

MADE = datetime(2025, 10, 20, 15, tzinfo=UTC)
PDF = b"%PDF-1.7 a letter"
PARCEL = Parcel("TRACK-0001-2345-9", Kind.DENIED, Reader.MEMBER, sha256(PDF).hexdigest(), Channel.FOLDER, MADE)
MINUTE = timedelta(minutes=1)


def failed(count: int) -> tuple[Attempt, ...]:
    """Attempts that failed, each made when it was due."""
    attempts: tuple[Attempt, ...] = ()
    for _ in range(count):
        at = next_try(PARCEL, attempts)
        assert at
        attempts += (Attempt(at, problem="the printer's share is away"),)
    return attempts


def test_it_is_tried_at_once_then_less_and_less_often_and_never_given_up() -> None:
    times = [one.at - MADE for one in failed(5)]
    assert times == [0 * MINUTE, MINUTE, 3 * MINUTE, 7 * MINUTE, 15 * MINUTE]
    many = failed(100)
    assert many[-1].at - many[-2].at == LONGEST_WAIT
    assert [needs_a_person(failed(count)) for count in (0, 5, 6, 50)] == [False, False, True, True]


def test_what_is_delivered_is_not_sent_again() -> None:
    done = (*failed(7), Attempt(MADE + DAY, proof="outbox/letter.pdf"))
    assert next_try(PARCEL, done) is None
    assert not needs_a_person(done)
    assert left({PARCEL: done}, MADE + 30 * DAY) == ()


def test_what_has_waited_longest_is_tried_first() -> None:
    portal = Parcel("TRACK-0001-2346-3", Kind.APPROVED, Reader.PROVIDER, "b" * 64, Channel.PORTAL, MADE + HOUR)
    outbox = {portal: (), PARCEL: failed(1)}
    assert left(outbox, MADE + 30 * timedelta(seconds=1)) == ()
    assert left(outbox, MADE + MINUTE) == (PARCEL,)
    assert left(outbox, MADE + HOUR) == (PARCEL, portal)


def test_an_attempt_is_the_same_after_it_was_recorded() -> None:
    for attempt in (failed(1)[0], Attempt(MADE, proof="kim")):
        facts = attempt_facts(PARCEL, attempt)
        assert canonical(facts)
        assert attempt_from(facts) == (PARCEL, attempt)
    for neither in ({}, {"proof": "kim", "problem": "none"}, {"proof": " "}):
        with pytest.raises(ValueError, match="either a proof"):
            Attempt(MADE, **neither)
    assert set(PROVES) == set(Channel)


def test_a_file_is_whole_and_there_once(tmp_path: Path) -> None:
    first = put(tmp_path, PARCEL, PDF, MADE)
    assert first == put(tmp_path, PARCEL, PDF, MADE)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [PDF]
    assert first.proof == str(tmp_path / file_name(PARCEL))
    assert "TRACK-0001-2345-9-denied-member-" in first.proof


def test_half_a_file_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / file_name(PARCEL)).write_bytes(PDF[:5])
    assert put(tmp_path, PARCEL, PDF, MADE).proof
    assert (tmp_path / file_name(PARCEL)).read_bytes() == PDF


def test_what_cannot_be_written_is_a_problem_in_words(tmp_path: Path) -> None:
    away = put(tmp_path / "away", PARCEL, PDF, MADE)
    assert away.problem.endswith("no such file or directory")
    assert "another" in put(tmp_path, PARCEL, PDF + b"!", MADE).problem
    assert list(tmp_path.iterdir()) == []
