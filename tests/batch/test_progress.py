"""How far a batch on DuckDB is: the rows are known from the start, and the share grows with what is read."""

from pathlib import Path

import duckdb

from isodose import program
from isodose.batch.bytes_read import BytesRead
from isodose.batch.duckdb_engine import run
from isodose.batch.job import Format, Job, Source, Target

ROWS = 60_000


def rows(path: Path, *, codes: str = "diagnosis_codes") -> Path:
    """Rows that do not compress well, in many groups."""
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select cast(hash(i) as varchar) as request_id, date '2025-11-03' as date_of_service, '77386' as procedure_code, "  # noqa: S608
            f"['C61', cast(hash(i + 1) as varchar)] as {codes} from range({ROWS}) as numbers(i)) to '{path}' (format parquet, row_group_size 4096)"
        )
    return path


def test_rows_are_told_from_the_start_and_the_share_grows_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[float, int | None]] = []
    source, target = rows(tmp_path / "in.parquet"), tmp_path / "out.parquet"
    job = Job(program("imrt").guideline, Source((source,), Format.PARQUET), Target(target, Format.PARQUET))
    run(job, lambda share, count: told.append((share, count)))
    shares = [share for share, _ in told]
    assert {count for _, count in told} == {ROWS}
    assert shares == sorted(shares)
    assert shares[-1] > 0.9


def test_the_share_is_that_of_the_bytes(tmp_path: Path) -> None:
    """A column that is to be read again is more to read."""
    source = rows(tmp_path / "in.parquet", codes="ICD")
    for twice, least, most in (("ICD", 0.3, 0.9), (None, 0.98, 1.0)):
        with duckdb.connect() as connection:
            counted = BytesRead(connection, [source], twice)
            source.read_bytes()
            assert least < (counted.share or 0) < most
