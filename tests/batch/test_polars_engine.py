"""A batch on Polars: files in, a file out."""

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.compile.tables import POLARS_TYPES, conformance_text, conformance_typed, differences

from isodose.batch.job import Format, Job, JobError, Source, Target
from isodose.batch.polars_engine import run

TABLE = conformance_typed(None)
GUIDELINE = TABLE.program.guideline


def unheard(_: float, __: int | None) -> None:
    """Nobody waits."""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The conformance cases as a file, with a column that is no fact."""
    schema = {"payer_number": pl.Int64(), **{name: POLARS_TYPES[kind] for name, kind in TABLE.kinds.items()}}
    rows = [
        {"payer_number": number, **{name: row.get(name) for name in TABLE.kinds}}
        for number, row in enumerate(TABLE.rows)
    ]
    file = tmp_path / "cases.parquet"
    pl.DataFrame(rows, schema=schema).write_parquet(file)
    return file


def parquet(*files: Path, folder: Path | None = None) -> Source:
    return Source(files, Format.PARQUET, folder)


def test_every_row_comes_back_with_its_columns_and_six_more(cases: Path, tmp_path: Path) -> None:
    target = Target(tmp_path / "out", Format.PARQUET)
    heard: list[tuple[float, int | None]] = []
    summary = run(Job(GUIDELINE, parquet(cases), target), lambda share, rows: heard.append((share, rows)))
    written = pl.read_parquet(target.path)
    assert written.select(pl.read_parquet(cases).columns).equals(pl.read_parquet(cases))
    assert differences(TABLE, written.to_dicts()) == []
    assert summary.outcomes == Counter(written["outcome"])
    assert summary.reasons == Counter(written["review_reason"].drop_nulls())
    assert heard[-1] == (1.0, len(TABLE.rows))


def test_lists_are_joined_in_csv(cases: Path, tmp_path: Path) -> None:
    target = Target(tmp_path / "out", Format.CSV, gzip=True)
    run(Job(GUIDELINE, parquet(cases), target), unheard)
    written = pl.read_csv(gzip.decompress(target.path.read_bytes()), infer_schema=False)
    right = [";".join(str(name) for name in row["basis"]) for row in TABLE.right if isinstance(row["basis"], list)]
    assert written["basis"].fill_null("").to_list() == right


def test_lists_are_lists_in_json_lines(cases: Path, tmp_path: Path) -> None:
    target = Target(tmp_path / "out", Format.JSON_LINES)
    run(Job(GUIDELINE, parquet(cases), target), unheard)
    written = [json.loads(line) for line in target.path.read_text("utf-8").splitlines()]
    assert differences(TABLE, written) == []


def test_what_is_in_a_path_is_a_column_of_text(cases: Path, tmp_path: Path) -> None:
    folder = tmp_path / "by_month"
    for month in ("01", "02"):
        (folder / f"month={month}").mkdir(parents=True)
        (folder / f"month={month}" / "part.parquet").write_bytes(cases.read_bytes())
    target = Target(tmp_path / "out", Format.PARQUET)
    run(Job(GUIDELINE, parquet(*sorted(folder.rglob("*.parquet")), folder=folder), target), unheard)
    assert Counter(pl.read_parquet(target.path)["month"]) == dict.fromkeys(("01", "02"), len(TABLE.rows))


def test_a_column_that_one_file_lacks_is_null_there(cases: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.parquet"
    pl.read_parquet(cases).drop("payer_number").write_parquet(other)
    target = Target(tmp_path / "out", Format.PARQUET)
    run(Job(GUIDELINE, parquet(cases, other), target), unheard)
    assert pl.read_parquet(target.path)["payer_number"].null_count() == len(TABLE.rows)


def test_names_of_a_payer_and_what_was_known(tmp_path: Path) -> None:
    file, target = tmp_path / "in.parquet", Target(tmp_path / "out", Format.PARQUET)
    pl.DataFrame({"CPT": ["77387"], "DOS": [date(2025, 3, 1)], "product": ["ma-hmo"]}).write_parquet(file)
    names = {"procedure_code": "CPT", "date_of_service": "DOS"}
    run(Job(GUIDELINE, parquet(file), target, names, date(2025, 1, 10)), unheard)
    assert pl.read_parquet(target.path)["edition"].to_list() == ["2025-01-01@2024-09-19"]


def test_cells_of_csv_are_text(tmp_path: Path) -> None:
    table = conformance_text()
    file, target = tmp_path / "in.csv", Target(tmp_path / "out", Format.PARQUET)
    rows = [{name: row.get(name) for name in table.kinds} for row in table.rows]
    pl.DataFrame(rows, schema=dict.fromkeys(table.kinds, pl.String)).write_csv(file)
    run(Job(GUIDELINE, Source((file,), Format.CSV), target), unheard)
    assert differences(table, pl.read_parquet(target.path).to_dicts()) == []


def test_a_row_of_csv_with_too_many_cells_is_told(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("procedure_code,product\n77386,ma-hmo,more\n", "utf-8")
    with pytest.raises(JobError, match="more fields"):
        run(Job(GUIDELINE, Source((file,), Format.CSV), Target(tmp_path / "out", Format.PARQUET)), unheard)


def test_json_lines_are_for_another_engine(tmp_path: Path) -> None:
    source = Source((tmp_path / "in.jsonl",), Format.JSON_LINES)
    with pytest.raises(JobError, match="--engine duckdb"):
        run(Job(GUIDELINE, source, Target(tmp_path / "out", Format.PARQUET)), unheard)


def test_a_file_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "in.parquet"
    file.write_text("not Parquet", "utf-8")
    with pytest.raises(JobError, match="parquet"):
        run(Job(GUIDELINE, parquet(file), Target(tmp_path / "out", Format.PARQUET)), unheard)
