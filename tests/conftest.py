"""Running a command as a user does, and Hypothesis without a clock: machines differ."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from isodose.batch.spark_session import NoJavaError, find_java, session
from isodose.cli import main
from tests.command_line import Result, Run

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

settings.register_profile("isodose", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("isodose")


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run a command in an empty folder, with a text or bytes as its standard input."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in list(os.environ):
        if name.startswith("ISODOSE_"):
            monkeypatch.delenv(name)

    def run(*arguments: str | Path, stdin: str | bytes = "") -> Result:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))
        try:
            status: int | str | None = main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code
        assert isinstance(status, int)
        printed = capsys.readouterr()
        return Result(status, printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def spark() -> Iterator["SparkSession"]:
    """One session of Spark for all tests: it takes seconds to start. Without Java it skips, but in CI."""
    try:
        find_java()
    except NoJavaError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    with session("local[2]") as started:
        yield started
