"""A disk that fails, a connection that is cut, a program that is killed: an act and its answer are stored, or neither is.

Who does not know whether it was stored sends it again, under the same key or with the same content: then it is there once.
"""

from itertools import count
from pathlib import Path

import pytest
from tests.desk.at_the_office import expect_sound, kinds_of, office_of, submitted
from tests.desk.writer import answered, requested
from tests.store.inside import rows
from tests.store.test_crash import said, start
from tests.store.test_faults import cut_at, no_file_grows_beyond

from isodose.desk.case import Case
from isodose.desk.office import Office, Sent
from isodose.store.errors import StoreError, UnavailableError
from isodose.store.find import every_request
from isodose.store.record import Record, open_record
from isodose.store.verify import verify

ASKED = ["submitted", "asked"]
APPROVED = [*ASKED, "answered", "approved"]
POINTS = 34
"""Statements of a submission and of an answer, their commits among them."""


def histories(office: Office) -> list[list[str]]:
    found = (office.case(request) for request in every_request(office.record.database))
    return [kinds_of(case) for case in found if case]


def expect_whole(office: Office) -> None:
    """No step is half there, and nothing but what belongs to a step is."""
    there = histories(office)
    assert all(kinds in (ASKED, APPROVED) for kinds in there)
    counts = rows(office.record)
    assert counts["event"] == sum(map(len, there))
    assert counts["receipt"] == counts["event"] / 2
    assert counts["head"] == len(there)
    assert counts["document"] == min(1, len(there))
    assert verify(office.record).holds
    expect_sound(office)


def expect_once(office: Office, name: str) -> None:
    """Sent again as if nothing were known, both steps are there once."""
    before = len(histories(office))
    assert kinds_of(answered(office, requested(office, name), name)) == APPROVED
    assert len(histories(office)) - before in (0, 1)
    assert kinds_of(answered(office, requested(office, name), name)) == APPROVED
    expect_whole(office)


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_a_connection_that_is_cut_at_any_statement(office: Office, every: int) -> None:
    whole = 0
    for at in count(1, every):
        name = f"T-{at}"
        try:
            with cut_at(office.record, at):
                answered(office, requested(office, name), name)
            whole += 1
        except (UnavailableError, OSError):
            expect_whole(office)
        expect_once(office, name)
        if whole:
            break
    assert at > 15


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("step", [24_000, pytest.param(4_120, marks=pytest.mark.slow)])
def test_a_disk_that_fails_at_any_write(where: str, step: int) -> None:
    """The limit moves from nothing to more than all of it, a page of the log at a time, so each write is the one that fails once."""
    outcomes: list[Case | None] = []
    for number in count():
        record = open_record(where)
        office = office_of(record, number)
        log = Path(f"{where}-wal")
        name = f"T-{number}"
        try:
            with no_file_grows_beyond((log.stat().st_size if log.exists() else 0) + number * step):
                outcomes.append(answered(office, requested(office, name), name))
        except UnavailableError:
            outcomes.append(None)
        expect_whole(office)
        expect_once(office, name)
        record.close()
        if outcomes[-1]:
            break
    assert outcomes.count(None) > 2


def test_a_document_that_nobody_sent_leaves_nothing(record: Record) -> None:
    office = office_of(record)
    with pytest.raises(StoreError, match="which is not stored; send it along"):
        submitted(office, sent=Sent())
    assert rows(record)["event"] == rows(record)["receipt"] == 0


@pytest.mark.parametrize("points", [range(2, POINTS, 16), pytest.param(range(1, POINTS + 6), marks=pytest.mark.slow)])
def test_an_office_that_dies_at_a_point_of_its_transaction_leaves_no_half(where: str, points: range) -> None:
    acknowledged: dict[str, int] = {}
    for point in points:
        acknowledged |= said(start(where, str(point), str(point), "tests.desk.writer"))
        record = open_record(where)
        office = office_of(record, seed=10_000 + point)
        expect_whole(office)
        for request, number in acknowledged.items():
            assert len(record.history(request)) >= number
        expect_once(office, f"{point}-1")
        record.close()
    assert acknowledged
