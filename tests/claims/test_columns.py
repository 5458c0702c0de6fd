"""Claim lines whose columns have names of their own."""

import csv
from pathlib import Path

import pytest
from tests.claims import files
from tests.claims.test_by_hand import made
from tests.command_line import Run

EXAMPLES = Path(__file__).parents[2] / "examples"
CLAIMS, AUTHORIZATIONS = EXAMPLES / "claims.csv", EXAMPLES / "authorizations.csv"
OWN = {"procedure_code": "HCPCS", "member_id": "MBR", "units": "QTY", "modifiers": "MOD", "claim_id": "CLM"}


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "names.yaml"
    file.write_text("".join(f"{column}: {own}\n" for column, own in OWN.items()), "utf-8")
    return file


def test_text_under_names_of_its_own_is_answered_the_same(run: Run, tmp_path: Path, names: Path) -> None:
    header, _, lines = CLAIMS.read_text("utf-8").partition("\n")
    own = ",".join(OWN.get(column, column) for column in header.split(","))
    (tmp_path / "in.csv").write_text(f"{own}\n{lines}", "utf-8")
    ended = run("claims", "in.csv", "out.csv", "--authorizations", AUTHORIZATIONS, "--columns", names)
    assert (ended.status, "did you mean" in ended.err) == (0, False)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        answered = list(csv.DictReader(stream))
    assert list(answered[0])[: len(own.split(","))] == own.split(",")
    assert [row["claim_reason"] for row in answered] == [row["shows"] for row in answered]


def test_parquet_under_names_of_its_own_is_answered_the_same(run: Run, tmp_path: Path, names: Path) -> None:
    lines, authorizations = made(7, 600)
    files.write_authorizations(authorizations, tmp_path / "authorizations.parquet")
    files.write_lines(lines, tmp_path / "in.parquet")
    renamed = [{OWN.get(column, column): cell for column, cell in line.items()} for line in lines]
    types = {OWN.get(column, column): type_ for column, type_ in files.LINE.items()}
    files.write(renamed, tmp_path / "own.parquet", types)
    against = ("--authorizations", "authorizations.parquet")
    assert run("claims", "in.parquet", "out.parquet", *against).status == 0
    assert run("claims", "own.parquet", "out_own.parquet", *against, "--columns", names).status == 0
    right, own = (files.rows_of(tmp_path / name) for name in ("out.parquet", "out_own.parquet"))
    by_note = {row["note"]: row for row in own}
    assert [{OWN.get(column, column): cell for column, cell in row.items()} for row in right] == [
        by_note[row["note"]] for row in right
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("procedure: HCPCS", "names.yaml:1:1: `procedure` is no column of a claim line"),
        ("procedure_code: HCPC", "`procedure_code` is to be read from `HCPC`, which no line has"),
        ("authorization_number: AUTH_NO", "`authorization_number` is to be read from `AUTH_NO`, which no line has"),
    ],
)
def test_names_that_cannot_be_right_are_refused(run: Run, tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "names.yaml").write_text(line + "\n", "utf-8")
    ended = run("claims", CLAIMS, "out.csv", "--authorizations", AUTHORIZATIONS, "--columns", "names.yaml")
    assert ended.status == 2
    assert ended.faults[0].startswith(says)
    assert not (tmp_path / "out.csv").exists()
