"""Claims on Spark: the same answers as by hand, the lines in any order, parts of members apart."""

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
def test_4_000_lines(tmp_path: Path) -> None:
    assert differing(tmp_path, 7, 4_000) == []


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_other_formats_are_for_the_other_engine(tmp_path: Path, suffix: str) -> None:
    lines = source_of(str(files.write_lines([], tmp_path / "lines.parquet")))
    other = source_of(str(files.write_authorizations([], tmp_path / f"authorizations.{suffix}")))
    job = ClaimsJob(isodose.program("imrt").guideline, lines, other, Target(tmp_path / "out", Format.PARQUET))
    with pytest.raises(JobError, match="Spark reads and writes claims as Parquet"):
        spark.run(job, lambda *_: None)
