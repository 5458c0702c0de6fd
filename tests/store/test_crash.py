"""A writer that is killed: whatever it said was stored is there, and nothing is half there."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.store.inside import rows

from isodose.store.find import Wanted, newest
from isodose.store.record import Record, open_record
from isodose.store.verify import verify

ROOT = Path(__file__).parents[2]
POINTS = 14
"""Statements of a submission and the begin of an answer, their commits among them."""


def start(where: str, name: str, point: str = "", module: str = "tests.store.writer") -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", module, where, name, *filter(None, [point])]
    writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    assert writer.stdout.readline() == "ready\n"
    return writer


def said(writer: "subprocess.Popen[str]") -> dict[str, int]:
    """What the dead writer said was stored: each request with its last event."""
    out, _ = writer.communicate()
    return {
        request: int(number) for request, number in (line.split() for line in out.splitlines() if line[-2:-1] == " ")
    }


def expect_nothing_lost(record: Record, acknowledged: dict[str, int]) -> None:
    """What was said is there; of what was not said, a whole step or nothing."""
    assert verify(record).holds
    heads = {one.request: one for one in newest(record.database, Wanted(), most=1_000_000)}
    for request, number in acknowledged.items():
        assert len(record.history(request)) >= number
    for request, one in heads.items():
        assert (one.number, one.head.state) in {(3, "decided"), (4, "amended")}, request
    counts = rows(record)
    assert counts["document"] == counts["receipt"] == counts["head"] == len(heads)
    assert counts["event"] == sum(one.number for one in heads.values())


def kill_once(where: str, name: str, seconds: float) -> dict[str, int]:
    writer = start(where, name)
    time.sleep(seconds)
    writer.kill()
    return said(writer)


@pytest.mark.parametrize("times", [3, pytest.param(40, marks=pytest.mark.slow)])
def test_a_writer_killed_at_any_moment_loses_nothing(where: str, times: int) -> None:
    chance = random.Random(5)  # noqa: S311 (which moments does not matter)
    acknowledged: dict[str, int] = {}
    for number in range(times):
        acknowledged |= kill_once(where, f"PA-{number}", chance.uniform(0.02, 0.3))
        record = open_record(where)
        expect_nothing_lost(record, acknowledged)
        record.close()
    assert acknowledged


@pytest.mark.parametrize("points", [range(1, POINTS, 3), pytest.param(range(1, 2 * POINTS), marks=pytest.mark.slow)])
def test_a_writer_that_dies_at_a_point_of_its_transaction_leaves_no_half(where: str, points: range) -> None:
    acknowledged: dict[str, int] = {}
    for point in points:
        acknowledged |= said(start(where, f"PA-{point}", str(point)))
        record = open_record(where)
        expect_nothing_lost(record, acknowledged)
        record.close()
