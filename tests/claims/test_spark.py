"""Claims on Spark: the same answers as by hand, the lines in any order, parts of members apart."""

import os
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from tests.claims import files
from tests.claims.test_by_hand import answers_by_hand, made

import isodose
from isodose.batch.files import source_of
from isodose.batch.job import Format, JobError, Target
from isodose.claims import spark
from isodose.claims.run import ClaimsJob

LINES = int(os.environ.get("ISODOSE_LINES", "4000"))

COLUMNS = ("claim_reason", "payable", "payable_units", "matched_authorization", "edition")


def differing(folder: Path, seed: int, count: int) -> list[object]:
    lines, authorizations = made(seed, count)
    right = answers_by_hand(lines, authorizations)
    shuffled = Random(seed + 1).sample(lines, len(lines))  # noqa: S311 (made up, and the same each time)
    source = source_of(str(files.write_lines(shuffled, folder / "lines.parquet")))
    against = source_of(str(files.write_authorizations(authorizations, folder / "authorizations.parquet")))
    target = Target(folder / "out", Format.PARQUET)
    summary = spark.run(ClaimsJob(isodose.program("imrt").guideline, source, against, target), lambda *_: None)
    rows = files.rows_of(folder / "out" / "*.parquet")
    assert summary.lines == len(rows) == len(lines)
    found = {row["note"]: tuple(row[column] for column in COLUMNS) for row in rows}
    return [(found[note], right[note], note) for note in right if found[note] != right[note]]


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_as_by_hand(tmp_path: Path) -> None:
    assert differing(tmp_path, 7, LINES) == []


@pytest.fixture
def job(tmp_path: Path) -> ClaimsJob:
    """A few lines against a few authorizations."""
    lines, authorizations = made(8, 60)
    source = source_of(str(files.write_lines(lines, tmp_path / "lines.parquet")))
    against = source_of(str(files.write_authorizations(authorizations, tmp_path / "authorizations.parquet")))
    return ClaimsJob(isodose.program("imrt").guideline, source, against, Target(tmp_path / "out", Format.PARQUET))


def refusal(job: ClaimsJob) -> tuple[str, ...]:
    """What is said before anything is done: no session of Spark begins."""
    with pytest.raises(JobError) as refused:
        spark.run(job, lambda *_: None, "nowhere")
    assert not job.target.path.exists()
    return refused.value.messages


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_what_is_not_parquet_is_named_with_what_to_do(job: ClaimsJob, tmp_path: Path, suffix: str) -> None:
    other = source_of(str(files.write_authorizations([], tmp_path / f"authorizations.{suffix}")))
    [said] = refusal(replace(job, authorizations=other))
    assert said.startswith(
        f"{tmp_path}/authorizations.{suffix} is {other.format}: Spark reads and writes claims as Parquet"
    )
    assert "name a .parquet file" in said
    lines = source_of(str(files.write_lines([], tmp_path / f"lines.{suffix}")))
    all_of_it = replace(job, source=lines, authorizations=other, target=replace(job.target, format=Format.CSV))
    assert [one.split(" is ")[0] for one in refusal(all_of_it)] == [
        *map(str, (*lines.files, *other.files)),
        "the output",
    ]


def test_lines_that_lack_what_is_needed_are_refused_before_anything_is_done(job: ClaimsJob, tmp_path: Path) -> None:
    types = {"member": "varchar", "procedure_code": "varchar", "date_of_service": "date"}
    lacking = source_of(str(files.write([{"member": "M1"}], tmp_path / "lacking.parquet", types)))
    assert refusal(replace(job, source=lacking)) == ("claim lines need the column `member_id`; did you mean `member`?",)


def test_authorizations_that_cannot_be_read_are_refused_with_their_rows(job: ClaimsJob, tmp_path: Path) -> None:
    wrong = {"authorization_number": "A1", "member_id": "M1", "procedure_codes": ["77385"], "status": "perhaps"}
    against = source_of(str(files.write_authorizations([wrong], tmp_path / "wrong.parquet")))
    [said] = refusal(replace(job, authorizations=against))
    assert "`status` is none of" in said
    assert "in row 1" in said
