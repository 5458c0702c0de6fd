"""`isodose batch` from files to a file, as a user runs it."""

# ruff: noqa: S608 - the SQL is the test's own

import gzip
import json
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from tests.command_line import Run

from isodose.determination.record import ADDED

ROOT = Path(__file__).parents[2]
CASES = ROOT / "examples" / "cases.csv"
JSON_CASES = ROOT / "examples" / "cases.jsonl"


def rows_of(path: Path) -> list[dict[str, Any]]:
    """What a file holds, lists as lists."""
    if ".jsonl" in path.name:
        text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]
    read = f"read_csv('{path}', all_varchar = true)" if ".csv" in path.name else f"'{path}'"
    with duckdb.connect() as connection:
        rows = connection.execute(f"from {read}").fetchall()
        names = [one[0] for one in connection.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def as_parquet(source: Path, target: Path) -> Path:
    with duckdb.connect() as connection:
        read = f"read_csv('{source}')" if source.suffix == ".csv" else f"read_json('{source}', union_by_name = true)"
        connection.execute(f"copy (from {read}) to '{target}'")
    return target


def decided(run: Run, path: Path) -> list[dict[str, Any]]:
    return [{name: answer[name] for name in ADDED} for answer in run("decide", "--json", path).answers]


def answers(path: Path) -> list[dict[str, Any]]:
    return [{name: row.get(name) for name in ADDED} for row in rows_of(path)]


@pytest.mark.parametrize("out", ["out.parquet", "out.jsonl", "out.jsonl.gz"])
@pytest.mark.parametrize("given", [CASES, JSON_CASES], ids=["csv", "jsonl"])
def test_text_is_answered_as_decide_answers_it(run: Run, tmp_path: Path, given: Path, out: str) -> None:
    assert run("batch", given, out).status == 0
    assert sorted(answers(tmp_path / out), key=str) == sorted(decided(run, given), key=str)


@pytest.mark.parametrize("out", ["out.parquet", "out.jsonl"])
def test_parquet_is_answered_as_decide_answers_it(run: Run, tmp_path: Path, out: str) -> None:
    given = as_parquet(JSON_CASES, tmp_path / "in.parquet")
    assert run("batch", given, out).status == 0
    assert sorted(answers(tmp_path / out), key=str) == sorted(decided(run, JSON_CASES), key=str)


def test_words_are_text_for_whoever_reads_the_file(run: Run, tmp_path: Path) -> None:
    given = as_parquet(JSON_CASES, tmp_path / "in.parquet")
    assert run("batch", given, "out.parquet").status == 0
    types = pl.read_parquet_schema(tmp_path / "out.parquet")
    assert {types[name] for name in ("outcome", "review_reason", "edition", "problem")} == {pl.String()}
    assert types["basis"] == types["missing"] == pl.List(pl.String())


@pytest.mark.parametrize("given", ["text", "parquet"])
def test_lists_in_csv_are_joined(run: Run, tmp_path: Path, given: str) -> None:
    run("batch", CASES if given == "text" else as_parquet(CASES, tmp_path / "in.parquet"), "out.csv")
    assert "1;1.h" in [row["basis"] for row in rows_of(tmp_path / "out.csv")]


def test_other_columns_come_back_untouched(run: Run, tmp_path: Path) -> None:
    run("batch", JSON_CASES, "out.jsonl")
    given, out = rows_of(JSON_CASES), rows_of(tmp_path / "out.jsonl")
    assert [{name: row[name] for name in row if name not in ADDED} for row in out] == given


def test_cells_of_json_are_read_as_decide_reads_them(run: Run, tmp_path: Path) -> None:
    lines = [
        '{"procedure_code": 77386, "date_of_service": "2025-11-03"}',
        '{"procedure_code": "77386", "date_of_service": "2025-11-03", "radiation_required": "true"}',
        '{"procedure_code": "77386", "diagnosis_codes": "C61;C18", "date_of_service": "2025-11-03", "other": {"deep": [1.50]}}',
        '{"procedure_code": "77386", "procedure_code": "77385"}',
        '{"procedure_code": NaN}',
        "not JSON",
        '{"outcome": "approved", "procedure_code": "77386"}',
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    ended, told = run("batch", "in.jsonl", "out.jsonl"), run("decide", "--json", "in.jsonl")
    assert ended.status == told.status == 2
    assert ended.faults == told.faults
    assert answers(tmp_path / "out.jsonl") == [{name: answer[name] for name in ADDED} for answer in told.answers]


@pytest.mark.slow
def test_a_pattern_and_a_folder_with_partitions(run: Run, tmp_path: Path) -> None:
    for month in ("2025-10", "2025-11"):
        folder = tmp_path / "in" / f"month={month}"
        folder.mkdir(parents=True)
        as_parquet(JSON_CASES, folder / "part-0.parquet")
    assert run("batch", "in", "out.parquet").status == 0
    assert sorted(row["month"] for row in rows_of(tmp_path / "out.parquet")) == ["2025-10"] * 3 + ["2025-11"] * 3
    assert json.loads(run("batch", "--json", "in/*/*.parquet", "again.parquet").out)["rows"] == 6


def test_the_summary_counts_by_outcome_and_reason(run: Run) -> None:
    summary = json.loads(run("batch", "--json", CASES, "out.parquet").out)
    assert summary["rows"] == sum(summary["outcomes"].values()) == 7
    assert summary["reasons"] == {"judgement": 1}
    page = run("batch", CASES, "out.parquet").out
    assert page.startswith("7 rows in ")
    assert "only a reviewer can settle what is unknown" in page


def test_own_names_of_columns(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("CPT,DOS\n77386,2025-11-03\n", "utf-8")
    (tmp_path / "names.yaml").write_text("procedure_code: CPT\ndate_of_service: DOS\n", "utf-8")
    assert run("batch", "--columns", "names.yaml", "in.csv", "out.jsonl").status == 0
    [row] = rows_of(tmp_path / "out.jsonl")
    assert (row["CPT"], row["outcome"]) == ("77386", "information-needed")


def test_a_wrong_map_is_explained_all_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("procedure_cod: CPT\nCPT: procedure_code\nproduct: []\n", "utf-8")
    ended = run("batch", "--columns", "names.yaml", CASES, "out.csv")
    assert ended.status == 2
    assert ended.faults == [
        "names.yaml:1:1: `procedure_cod` is no column of a flat case; did you mean `procedure_code`?",
        "names.yaml:2:1: `CPT` is no column of a flat case; the flat case's name comes first, `procedure_code: …`",
        "names.yaml:3:10: `product` needs the name of one column; write a line for each column, such as `procedure_code: CPT_CODE`",
    ]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (
            "'77386' as procedure_code, 'x' as Outcome",
            "the answer adds `outcome` itself; rename what was sent under that name",
        ),
        (
            "1 as CPT, 2 as procedure_cod",
            "no column of a flat case is in it; perhaps `procedure_cod` is `procedure_code`",
        ),
    ],
)
def test_a_table_that_cannot_be_answered_is_refused(run: Run, tmp_path: Path, columns: str, says: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"copy (select {columns}) to '{tmp_path / 'in.parquet'}'")
    ended = run("batch", "in.parquet", "out.parquet")
    assert ended.status == 2
    assert ended.err.startswith(f"isodose: {says}")
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


@pytest.mark.parametrize(
    ("given", "out", "says"),
    [
        ("absent.parquet", "out.parquet", "absent.parquet: no file is there"),
        (CASES, "out.txt", "out.txt: the suffix does not say how to write it"),
        (CASES, "nowhere/out.csv", "nowhere/out.csv: there is no folder nowhere"),
    ],
)
def test_a_path_that_cannot_be_used_is_told(run: Run, given: str | Path, out: str, says: str) -> None:
    ended = run("batch", given, out)
    assert ended.status == 2
    assert says in ended.err


def test_an_empty_file_and_one_that_is_no_parquet(run: Run, tmp_path: Path) -> None:
    for name in ("in.parquet", "in.csv", "in.jsonl"):
        (tmp_path / name).write_bytes(b"")
        ended = run("batch", name, "out.parquet")
        assert (ended.status, len(ended.faults)) == (2, 1)
    assert not (tmp_path / "out.parquet").exists()


def test_no_rows_are_no_fault(run: Run, tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"copy (select '77386' as procedure_code where false) to '{tmp_path / 'in.parquet'}'")
    assert json.loads(run("batch", "--json", "in.parquet", "out.parquet").out)["rows"] == 0


@pytest.mark.slow
def test_a_run_that_ends_early_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = as_parquet(JSON_CASES, tmp_path / "in.parquet")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("isodose.terminal.progress.ProgressBar.__call__", interrupted)
    assert run("batch", given, "out.parquet").status == 130
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


@pytest.mark.slow
def test_the_exported_query_runs_in_duckdb_alone(run: Run, tmp_path: Path) -> None:
    given = as_parquet(JSON_CASES, tmp_path / "in.parquet")
    query = run("export", "sql", "--relation", "requests").out
    with duckdb.connect() as connection:
        connection.execute(f"create table requests as select *, null::boolean as previously_irradiated from '{given}'")
        found = connection.execute(f"select outcome from ({query}) order by request_id").fetchall()
    assert [outcome for (outcome,) in found] == [answer["outcome"] for answer in decided(run, JSON_CASES)]
