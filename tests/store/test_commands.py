"""The commands on the record, as an administrator runs them: each fault is one line, and never a traceback."""

import sqlite3
import sys
from dataclasses import replace
from functools import reduce
from pathlib import Path

import pytest
from tests.command_line import Run
from tests.desk.people import MONDAY, NURSE, POLICY, PRACTICE, SUBMIT
from tests.store.test_rosters import MEMBERS, PRACTICES

from isodose.desk.act import Refusal, act
from isodose.desk.acts import Plainly
from isodose.desk.fold import after, request_from
from isodose.desk.head import head
from isodose.desk.number import Kind, request_number
from isodose.desk.transitions import Do
from isodose.store.event import Event
from isodose.store.record import open_record
from isodose.store.schema import layouts

TRACKING, OTHER = request_number(Kind.TRACKING, 12345), request_number(Kind.TRACKING, 67890)
SENT = replace(SUBMIT, documents=())
NEWEST = layouts()[-1]


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Run:
    """A record in the folder in which commands run, with one request."""
    assert run("migrate").out == f"isodose.db: layout {NEWEST} (it is new)\n"
    append(tmp_path, 0)
    return run


def append(folder: Path, number: int) -> None:
    """One more event of the request, as the desk writes it: it is submitted, then noted on."""
    record = open_record(str(folder / "isodose.db"))
    before = request_from(stored.event for stored in record.history(TRACKING))
    noted = act(before, Plainly(Do.NOTE, "the practice called"), NURSE, MONDAY, POLICY)
    events = noted if number else act(before, SENT, PRACTICE, MONDAY, POLICY)
    assert not isinstance(events, Refusal)
    record.append(TRACKING, number, events, head=head(TRACKING, reduce(after, events, before), POLICY))
    record.close()


def test_the_layout_is_made_once(made: Run) -> None:
    assert made("migrate").out == f"isodose.db: layout {NEWEST}\n"
    assert made("migrate", "--to", "r0001").out == f"isodose.db: layout r0001 (it was {NEWEST})\n"
    assert made("audit", "verify").faults == [
        "isodose.db: its layout is r0001; bring it up to date with: isodose migrate"
    ]


def test_without_a_record_each_command_says_how_to_make_one(run: Run) -> None:
    for arguments in (["audit", "verify"], ["audit", "checkpoint"], ["backup", "x"], ["load", "members", "x.csv"]):
        ended = run(*arguments)
        assert (ended.status, ended.faults) == (2, ["isodose.db: there is no record; make one with: isodose migrate"])


def test_checkpoints_and_verification(made: Run, tmp_path: Path) -> None:
    ended = made("audit", "verify")
    assert (ended.status, ended.out) == (0, "isodose.db: 1 request, 1 event, 0 documents: as stored\n")
    assert "no checkpoint was taken yet" in ended.err
    first = made("audit", "checkpoint")
    assert first.out == "isodose-checkpoints.jsonl: checkpoint 1, 1 request\n"
    assert "isodose-checkpoints.key: a new key" in first.err
    assert made("audit", "checkpoint").out.endswith("nothing was appended since the last checkpoint\n")
    append(tmp_path, 1)
    verified = made("audit", "verify")
    assert verified.out == "isodose.db: 1 request, 2 events, 0 documents; 1 event after checkpoint 1: as stored\n"


def test_what_was_changed_is_found_with_exit_status_1(made: Run, tmp_path: Path) -> None:
    made("audit", "checkpoint")
    raw = sqlite3.connect(tmp_path / "isodose.db", isolation_level=None)
    raw.execute("DROP TRIGGER event_no_update")
    raw.execute("UPDATE event SET facts = '{\"dose\":80}'")
    raw.close()
    ended = made("audit", "verify")
    assert ended.status == 1
    assert ended.out.splitlines()[0] == f"{TRACKING}: event 1 was changed: it does not fit its hash"
    assert ended.out.splitlines()[-1].endswith("NOT as stored")


def test_heads_that_are_not_what_the_events_say_are_named_and_made_anew(made: Run, tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "isodose.db", isolation_level=None)
    raw.execute("UPDATE head SET assigned = 'nobody I know'")
    ended = made("audit", "verify")
    wrong = f"{TRACKING}: its head is not what its events say; make all heads anew with: isodose audit heads"
    assert (ended.status, ended.out.splitlines()[0]) == (1, wrong)
    assert made("audit", "heads").out == "isodose.db: 1 head made anew from the events\n"
    assert made("audit", "verify").status == 0
    raw.execute("UPDATE head SET number = 2, state = 'denied'")
    raw.close()
    ended = made("audit", "verify")
    assert ended.out.splitlines()[:-1] == [f"{TRACKING}: its head stands at event 2, and its last one is 1"]


def test_events_that_no_request_can_have_are_said(made: Run, tmp_path: Path) -> None:
    record = open_record(str(tmp_path / "isodose.db"))
    record.append(OTHER, 0, [Event("approved", MONDAY, "system", {})])
    record.append("PA-1", 0, [Event("noted", MONDAY, "system", {})])
    record.close()
    ended = made("audit", "verify")
    assert ended.status == 1
    assert ended.out.splitlines()[0] == "PA-1: a request that is draft cannot have been noted"
    assert made("audit", "heads").faults == ["PA-1: a request that is draft cannot have been noted"]


@pytest.mark.parametrize("gone", ["isodose-checkpoints.jsonl", "isodose-checkpoints.key"])
def test_checkpoints_or_a_key_that_are_gone_are_missed(made: Run, tmp_path: Path, gone: str) -> None:
    made("audit", "checkpoint")
    (tmp_path / gone).unlink()
    ended = made("audit", "verify")
    assert ended.status == 2
    assert "put back the one they were made with" in ended.err or "the checkpoints are gone" in ended.err


def test_backup_and_restore(made: Run, tmp_path: Path) -> None:
    assert made("backup", "copy.backup").out.startswith("copy.backup: the record of isodose.db, ")
    made("audit", "checkpoint")
    append(tmp_path, 1)
    made("audit", "checkpoint")
    assert "there is a record already" in made("restore", "copy.backup").err
    for name in ("isodose.db", "isodose.db-wal", "isodose.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    ended = made("restore", "copy.backup")
    assert ended.out == "isodose.db: restored and verified, 1 request, 1 event, 0 documents\n"
    assert ended.faults[0] == "the backup is older than the last checkpoint: 1 request went on after it"


def test_lists_are_loaded(made: Run, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(MEMBERS)
    (tmp_path / "p.csv").write_text(PRACTICES)
    assert made("load", "members", "m.csv").out == "2 members: 2 added, 0 changed, 0 removed\n"
    assert made("load", "practices", "p.csv").out == "2 practices: 2 added, 0 changed, 0 removed\n"


def test_a_list_with_problems_is_not_loaded(made: Run, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(MEMBERS.replace("1950-01-01", "1950").replace("2025-01-01", "2024-02-30", 1))
    ended = made("load", "members", "m.csv")
    assert (ended.status, ended.out) == (2, "")
    assert ended.faults == [
        "m.csv: line 3: `birth_date`: `1950` is not a date: write it as YYYY-MM-DD",
        "m.csv: line 3: `coverage_start`: `2024-02-30` is not a date: write it as YYYY-MM-DD",
        "m.csv: nothing was loaded, because of 2 problems",
    ]


def test_a_library_that_is_not_installed_is_said(made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "polars", None)
    ended = made("load", "members", "m.parquet")
    assert ended.status == 3
    assert ended.faults == ["this needs `polars`; install it with: python -m pip install 'isodose[batch]'"]


def test_an_address_that_nobody_answers_is_one_line_without_the_password(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISODOSE_DATABASE", "postgresql://isodose:secret@127.0.0.1:1/isodose")
    for arguments in (["migrate"], ["audit", "verify"], ["backup", "x"]):
        ended = run(*arguments)
        assert (ended.status, len(ended.faults)) == (2, 1)
        assert "secret" not in ended.err
