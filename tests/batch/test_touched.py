"""Whom a revision touches in a file: counted by DuckDB as the engine of one case counts them."""

from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.parity.combinations import Combinations, Row
from tests.parity.oracle import schema
from tests.proof.revisions import revised
from tests.proof.test_difference import COMPLETE
from tests.proof.test_difference_told import imrt, newest

from isodose.batch.job import Format, JobError, Source
from isodose.batch.touched import Requests
from isodose.batch.touched_told import OnFile, on_file
from isodose.determination.program import Program
from isodose.proof.difference.answers import answer_of
from isodose.proof.difference.report import Report, report
from isodose.proof.difference.told import answer_says

pytestmark = pytest.mark.slow
"""Its file of rows is dear to make."""

DAYS = {"date_of_service": date(2025, 11, 3), "member_birth_date": date(1960, 5, 1)}

EVERY = 9973
"""Of so many combinations one is a row; a prime."""


@pytest.fixture(scope="module")
def revision(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report(imrt(), newest(revised("several", tmp_path_factory.mktemp("revised"))))


@pytest.fixture(scope="module")
def rows(revision: Report) -> list[dict[str, object]]:
    combinations: list[Row] = [*Combinations(Program(revision.new.guideline))[::EVERY]]
    more = [{**COMPLETE, **DAYS, "diagnosis_codes": [code]} for code in ("C62.11", "C34.10", "C61")]
    return [{"request_id": f"R{place:05}", **row} for place, row in enumerate([*combinations, *more])]


@pytest.fixture(scope="module")
def counted(revision: Report, rows: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> OnFile:
    file = tmp_path_factory.mktemp("requests") / "requests.parquet"
    columns = schema(revision.new.guideline)
    pl.DataFrame(
        rows, {"request_id": pl.String(), **{name: columns[name] for name in columns if name != "row"}}
    ).write_parquet(file)
    return on_file(revision, Requests(Source((file,), Format.PARQUET)), lambda *_: None, None)


def test_it_counts_and_names_the_rows_that_differ(
    revision: Report, rows: list[dict[str, object]], counted: OnFile
) -> None:
    old, new = Program(revision.difference.old.guideline), Program(revision.difference.new.guideline)
    expected: dict[tuple[str, str], list[object]] = {}
    for row in rows:
        case = {name: value for name, value in row.items() if value is not None}
        before, after = (answer_says(answer_of(program.determine(case))) for program in (old, new))
        if before != after:
            expected.setdefault((before, after), []).append(row["request_id"])
    assert counted.rows == len(rows)
    found = Counter((one.before, one.after) for one in counted.told for _ in one.request_ids)
    assert found == Counter({change: len(ids) for change, ids in expected.items()})
    named = {
        change: sorted(name for one in counted.told if (one.before, one.after) == change for name in one.request_ids)
        for change in expected
    }
    assert named == {change: sorted(map(str, ids)) for change, ids in expected.items()}


def test_it_names_the_cause_of_each(counted: OnFile) -> None:
    causes = {one.cause for one in counted.told}
    assert {"the diagnoses of 1.h", "the diagnoses of 1.e.i", "what codes.csv says of 77386"} <= causes
    assert sum(counted.directions.values()) == counted.touched


def test_of_many_rows_the_first_are_named(revision: Report, tmp_path: Path) -> None:
    file = tmp_path / "few.parquet"
    pl.DataFrame(
        {"request_id": ["b", "a", "c"], "procedure_code": ["77386"] * 3, "date_of_service": ["2026-02-02"] * 3}
    ).write_parquet(file)
    [one] = on_file(revision, Requests(Source((file,), Format.PARQUET)), lambda *_: None, 2).told
    assert (one.before, one.after, one.count, one.request_ids) == ("invalid", "information-needed", 3, ("a", "b"))


def test_names_that_the_file_does_not_have_are_told_at_once(revision: Report, tmp_path: Path) -> None:
    file = tmp_path / "few.parquet"
    pl.DataFrame({"procedure_code": ["77386"], "date_of_service": ["2026-02-02"]}).write_parquet(file)
    named = Requests(Source((file,), Format.PARQUET), {"procedure_code": "procedure_cods", "request_id": "ID"})
    with pytest.raises(JobError) as raised:
        on_file(revision, named, lambda *_: None, None)
    assert raised.value.messages == (
        "`procedure_code` is to be read from `procedure_cods`, which the table does not have; did you mean `procedure_code`?",
        "`request_id` is to be read from `ID`, which the table does not have",
    )
