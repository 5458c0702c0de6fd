"""Running a command as a user does, and Hypothesis without a clock: machines differ."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.command_line import Result, Run

from isodose.cli import main

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
