"""Units drawn for good: kept in the record, given back, never drawn twice for one line; a plain run keeps nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.claims import files
from tests.claims.test_from_record import CLAIM, found
from tests.command_line import Run
from tests.desk.at_the_office import submitted
from tests.desk.people import DAY, LINE

from isodose.desk.office import Office
from isodose.store.drawn import Draw, Posting, last_position, post, standing, units_drawn

UNITS = 35
"""What the authorization of these tests grants."""

CLAIMED = {"claim_id": "C-1", "line": "1"}


def lines(folder: Path, *units: int, start: int = 1) -> Path:
    """A claim of one line for each day, with so many units."""
    rows = [
        CLAIM | {"claim_id": f"C-{number}", "date_of_service": LINE.start + number * DAY, "units": many}
        for number, many in enumerate(units, start=start)
    ]
    return files.write_lines(rows, folder / "lines.parquet")


def answered(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        row["claim_id"]: (row["claim_reason"], row["payable_units"]) for row in files.rows_of(folder / "out.parquet")
    }


def drawn(office: Office) -> list[int]:
    return list(units_drawn(office.record.database).values())


def test_a_plain_run_keeps_nothing(run: Run, tmp_path: Path, office: Office) -> None:
    submitted(office)
    assert run("claims", lines(tmp_path, 1), "out.parquet").status == 0
    assert (drawn(office), last_position(office.record.database)) == ([], 0)


def test_what_is_posted_is_gone_for_others_and_never_drawn_twice(run: Run, tmp_path: Path, office: Office) -> None:
    number = submitted(office).authorization(1) or ""
    [summary] = run("claims", "--post", lines(tmp_path, 30, 5), "out.parquet", "--json").answers
    assert summary["posted"] == 2
    assert [one.units for one in found(office)] == [0]
    assert {one.authorization for one in standing(office.record.database)} == {number}
    for how in ((), ("--post",)):
        assert run("claims", *how, lines(tmp_path, 30, 5, 1), "out.parquet").status == 0
        expected = {"C-1": ("authorized", 30), "C-2": ("authorized", 5), "C-3": ("units-exceeded", 0)}
        assert answered(tmp_path) == expected
    assert drawn(office) == [UNITS]


@pytest.mark.slow
def test_a_line_that_came_late_takes_nothing_from_what_is_posted(run: Run, tmp_path: Path, office: Office) -> None:
    submitted(office)
    run("claims", "--post", lines(tmp_path, 30, start=9), "out.parquet")
    early, late = (
        CLAIM | {"claim_id": name, "date_of_service": LINE.start + day * DAY, "units": units}
        for name, day, units in (("C-0", 0, 6), ("C-9", 9, 30))
    )
    files.write_lines([early, late], tmp_path / "lines.parquet")
    run("claims", "lines.parquet", "out.parquet")
    assert answered(tmp_path) == {"C-0": ("units-exceeded", 5), "C-9": ("authorized", 30)}


def test_what_is_given_back_is_there_again(run: Run, tmp_path: Path, office: Office) -> None:
    number = submitted(office).authorization(1)
    file = lines(tmp_path, 30, 5)
    run("claims", "--post", file, "out.parquet")
    files.write_lines([CLAIM | {"claim_id": "C-1"}, CLAIM | {"claim_id": "C-7"}], tmp_path / "back.parquet")
    ended = run("claims", "--reverse", "back.parquet", "given.parquet")
    assert ended.out == "1 claim line of 2 gave back 30 units\n"
    [given] = files.rows_of(tmp_path / "given.parquet")
    assert given == {
        "claim_id": "C-1",
        "line": "1",
        "authorization_number": number,
        "units": 30,
        "date_of_service": LINE.start + DAY,
    }
    assert drawn(office) == [5]
    [again] = run("claims", "--reverse", "back.parquet", "given.csv", "--json").answers
    assert again == {"lines": 2, "reversed": 0, "units": 0}
    assert run("claims", "--post", file, "out.parquet", "--json").answers[0]["posted"] == 1
    assert drawn(office) == [UNITS]


@pytest.mark.slow
def test_a_line_that_is_there_twice_or_changed_posts_nothing(run: Run, tmp_path: Path, office: Office) -> None:
    submitted(office)
    files.write_lines([CLAIM, CLAIM], tmp_path / "twice.parquet")
    ended = run("claims", "--post", "twice.parquet", "out.parquet")
    assert (ended.status, len(ended.faults)) == (2, 1)
    assert "a line draws twice, so nothing is posted" in ended.faults[0]
    assert not (tmp_path / "out.parquet").exists()
    run("claims", "--post", lines(tmp_path, 2), "out.parquet")
    assert "reverse what it drew before" in run("claims", "--post", lines(tmp_path, 3), "out.parquet").faults[0]
    assert drawn(office) == [2]


def test_a_line_without_a_name_posts_nothing(run: Run, tmp_path: Path, office: Office) -> None:
    submitted(office)
    files.write_lines([CLAIM | {"claim_id": None}], tmp_path / "nameless.parquet")
    ended = run("claims", "--post", "nameless.parquet", "out.parquet")
    assert ended.status == 2
    assert "has no `claim_id`" in ended.faults[0]
    assert drawn(office) == []


@pytest.mark.parametrize(
    ("also", "says"),
    [(("--authorizations", "a.csv"), "leave --authorizations away"), (("--recheck",), "without --recheck")],
)
def test_only_the_record_is_drawn_from(run: Run, tmp_path: Path, also: tuple[str, ...], says: str) -> None:
    ended = run("claims", "--post", lines(tmp_path, 1), "out.parquet", *also)
    assert (ended.status, len(ended.faults)) == (2, 1)
    assert says in ended.faults[0]


def test_a_file_without_lines_of_claims_gives_nothing_back(run: Run, tmp_path: Path, office: Office) -> None:
    assert found(office) == []
    (tmp_path / "back.csv").write_text("claim,line\nC-1,1\n", "utf-8")
    ended = run("claims", "--reverse", "back.csv", "given.csv")
    assert (ended.status, len(ended.faults)) == (2, 1)
    assert "need the column `claim_id`" in ended.faults[0]


def test_an_audit_sees_what_was_drawn_beyond_what_was_granted(run: Run, tmp_path: Path, office: Office) -> None:
    number = submitted(office).authorization(1) or ""
    run("claims", "--post", lines(tmp_path, UNITS), "out.parquet")
    assert run("audit", "verify").status == 0
    posting = Posting("by hand", datetime(2026, 2, 3, tzinfo=UTC), "eve")
    draws = [Draw("C-8", "1", number, 1, LINE.start), Draw("C-9", "1", "AUTH-9", 2, LINE.start)]
    post(office.record.database, draws, posting, last_position(office.record.database))
    ended = run("audit", "verify")
    assert ended.status == 1
    assert ended.out.splitlines()[:2] == [
        f"{number}: claims have drawn {UNITS + 1} units, and {UNITS} were granted",
        "AUTH-9: claims have drawn 2 units, and there is no such authorization",
    ]
