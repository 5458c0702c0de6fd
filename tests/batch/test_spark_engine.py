"""A batch on Spark: files in, a folder of files out."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from tests.compile.tables import POLARS_TYPES, conformance_typed, differences

from isodose.batch import spark_engine
from isodose.batch.job import Format, Job, Source, Target
from isodose.batch.spark_session import NoJavaError, find_java

TABLE = conformance_typed(None)


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_every_row_comes_back_with_its_columns_and_six_more(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "month=01"
    folder.mkdir(parents=True)
    schema = {"payer_number": pl.Int64(), **{name: POLARS_TYPES[kind] for name, kind in TABLE.kinds.items()}}
    rows = [
        {"payer_number": number, **{name: row.get(name) for name in TABLE.kinds}}
        for number, row in enumerate(TABLE.rows)
    ]
    pl.DataFrame(rows, schema=schema).write_parquet(folder / "cases.parquet")
    source = Source((folder / "cases.parquet",), Format.PARQUET, tmp_path / "in")
    target = Target(tmp_path / "out", Format.PARQUET)
    summary = spark_engine.run(Job(TABLE.program.guideline, source, target), lambda _, __: None)
    written = pl.read_parquet(target.path / "*.parquet").sort("payer_number")
    assert set(written["month"]) == {"01"}
    assert differences(TABLE, written.to_dicts()) == []
    assert summary.outcomes == Counter(written["outcome"])
    assert summary.reasons == Counter(written["review_reason"].drop_nulls())


def test_java_is_asked_for_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoJavaError, match=r"Java 17 or newer.*apt-get install default-jre-headless"):
        find_java()


def test_a_java_home_without_java_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(NoJavaError, match=f"JAVA_HOME is {tmp_path}"):
        find_java()


def test_java_is_found_in_java_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.touch()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert find_java() == java
