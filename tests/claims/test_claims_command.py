"""`isodose claims` from files to a file, as a user runs it."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from tests.claims import files
from tests.command_line import Run

from isodose.batch.files import target_of
from isodose.claims.authorizations import ClaimAuthorization, Status, write_authorizations
from isodose.claims.line import ADDED
from isodose.claims.reason import Reason

EXAMPLES = Path(__file__).parents[2] / "examples"
CLAIMS, AUTHORIZATIONS = EXAMPLES / "claims.csv", EXAMPLES / "authorizations.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_each_example_is_answered_as_it_says_and_every_reason_has_one(run: Run, tmp_path: Path) -> None:
    assert run("claims", CLAIMS, "out.csv", "--authorizations", AUTHORIZATIONS).status == 0
    answered = rows(tmp_path / "out.csv")
    assert [row["claim_reason"] for row in answered] == [row["shows"] for row in answered]
    assert {row["claim_reason"] for row in answered} == set(Reason)


def test_lines_come_back_as_they_were_with_six_columns_more(run: Run, tmp_path: Path) -> None:
    run("claims", CLAIMS, "out.csv", "--authorizations", AUTHORIZATIONS)
    given, out = rows(CLAIMS), rows(tmp_path / "out.csv")
    assert list(out[0]) == [*given[0], *ADDED]
    without = [{column: row[column] for column in given[0]} for row in out]
    assert sorted(without, key=str) == sorted(given, key=str)


def test_what_is_not_payable_has_a_remedy_and_what_is_has_none(run: Run, tmp_path: Path) -> None:
    run("claims", CLAIMS, "out.csv", "--authorizations", AUTHORIZATIONS)
    assert all((row["payable"] == "true") == (row["remedy"] == "") for row in rows(tmp_path / "out.csv"))


def test_the_summary_as_json(run: Run) -> None:
    [summary] = run("claims", CLAIMS, "out.parquet", "--authorizations", AUTHORIZATIONS, "--json").answers
    assert summary["lines"] == 20
    assert summary["payable"] == {"true": 10, "false": 8, "null": 2}
    assert list(summary["reasons"]) == list(Reason)


def test_json_lines_are_answered_as_csv_is(run: Run, tmp_path: Path) -> None:
    lines = [
        {column: cell or None for column, cell in row.items()}
        | {"modifiers": [row["modifiers"]], "units": int(row["units"])}
        for row in rows(CLAIMS)
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert run("claims", "in.jsonl", "out.jsonl", "--authorizations", AUTHORIZATIONS).status == 0
    answered = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [row["claim_reason"] for row in answered] == [row["shows"] for row in answered]
    assert {type(row["units"]) for row in answered} == {int}


def test_cells_that_cannot_be_read_return_the_line(run: Run, tmp_path: Path) -> None:
    right: dict[str, object] = {
        "member_id": "M-01",
        "procedure_code": "77386",
        "date_of_service": "2025-12-10",
        "units": 1,
    }
    wrong: list[dict[str, object]] = [
        {"procedure_code": 77386},
        {"date_of_service": "12/10/2025"},
        {"units": "one"},
        {"units": 0},
        {"units": 1.5},
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(right | one) + "\n" for one in wrong), "utf-8")
    run("claims", "in.jsonl", "out.jsonl", "--authorizations", AUTHORIZATIONS)
    answered = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert {row["claim_reason"] for row in answered} == {"invalid"}
    assert all(column in row["remedy"] for row, one in zip(answered, wrong, strict=True) for column in one)


def test_lines_that_are_none_are_told_with_their_place(run: Run, tmp_path: Path) -> None:
    text = '{"member_id": "M-01", "procedure_code": "99213", "date_of_service": "2025-12-10"}\nnot JSON\n{"a": 1}\n'
    (tmp_path / "in.jsonl").write_text(text, "utf-8")
    ended = run("claims", "in.jsonl", "out.jsonl", "--authorizations", AUTHORIZATIONS)
    assert ended.status == 2
    assert [fault.split(":")[1].strip().split(",")[0] for fault in ended.faults] == ["line 2", "line 3"]


@pytest.mark.parametrize(
    ("header", "cells", "says"),
    [
        ("member_id,procedure_codes,status", "M,77386,approved", "`authorization_number`"),
        ("authorization_number,member_id,procedure_codes,status", "A,M,77386,maybe", "`status` is none of"),
        (
            "authorization_number,member_id,procedure_codes,status,units",
            "A,M,77386,approved,many",
            "`units` is not a whole",
        ),
        (
            "authorization_number,member_id,procedure_codes,status,to_date",
            "A,M,77386,approved,1/2/26",
            "`to_date` is not a date",
        ),
        (
            "authorization_number,member_id,procedure_codes,status",
            ",M,77386,approved",
            "`authorization_number` is missing",
        ),
    ],
)
def test_authorizations_that_cannot_be_read_are_refused(
    run: Run, tmp_path: Path, header: str, cells: str, says: str
) -> None:
    (tmp_path / "authorizations.csv").write_text(f"{header}\n{cells}\n", "utf-8")
    ended = run("claims", CLAIMS, "out.csv", "--authorizations", "authorizations.csv")
    assert ended.status == 2
    assert says in ended.faults[0]
    assert not (tmp_path / "out.csv").exists()


def test_lines_without_a_needed_column_are_refused(run: Run, tmp_path: Path) -> None:
    lines = [{"procedure_code": "77386", "date_of_service": "2025-12-10"}]
    (tmp_path / "in.jsonl").write_text(json.dumps(lines[0]) + "\n", "utf-8")
    ended = run("claims", "in.jsonl", "out.csv", "--authorizations", AUTHORIZATIONS)
    assert (ended.status, ended.faults) == (2, ["claim lines need the column `member_id`"])


@pytest.mark.parametrize(
    "name",
    ["authorizations.parquet", "authorizations.csv", pytest.param("authorizations.jsonl", marks=pytest.mark.slow)],
)
def test_authorizations_are_written_as_they_are_read(run: Run, tmp_path: Path, name: str) -> None:
    made = [
        ClaimAuthorization("A-1", "M-1", ("77386", "77385"), date(2025, 11, 3), None, None, 1, ("1234567893",)),
        ClaimAuthorization("A-2", "M-2", ("77386",), status=Status.DENIED, decided=date(2025, 11, 3)),
    ]
    assert write_authorizations(made, target_of(str(tmp_path / name))) == 2
    line = {
        "claim_id": "C",
        "line": 1,
        "member_birth_date": date(1955, 3, 14),
        "member_since": date(2024, 1, 1),
        "units": 1,
        "product": "ma-hmo",
        "date_of_service": date(2025, 11, 4),
        "course_begun": date(2025, 11, 4),
        "procedure_code": "77386",
        "provider_npi": "1234567893",
    }
    lines = files.write_lines([line | {"member_id": "M-1"}, line | {"member_id": "M-2"}], tmp_path / "lines.parquet")
    run("claims", lines, "out.parquet", "--authorizations", name)
    found = {
        row["member_id"]: (row["claim_reason"], row["matched_authorization"])
        for row in files.rows_of(tmp_path / "out.parquet")
    }
    assert found == {"M-1": ("authorized", "A-1"), "M-2": ("denied", "A-2")}
