"""veraPDF's judgement of PDF/UA-1. Its packages come by Maven, once; without Java, Maven or the packages a test skips."""

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

VERAPDF = Path(__file__).parent / "verapdf"
LONGEST = 300
"""Seconds, for the packages when they come for the first time."""


def broken_rules(pdfs: Sequence[Path]) -> list[str]:
    """The rules that the files break, a line for each with its file; every file has been judged."""
    with_packages = ["java", "-cp", _packages(), str(VERAPDF / "Validate.java"), *map(str, pdfs)]
    told = subprocess.run(with_packages, capture_output=True, text=True, check=True, timeout=LONGEST).stdout
    lines = [line.split("\t") for line in told.splitlines()]
    assert [line[0] for line in lines if line[1:] in (["passed"], ["failed"])] == [*map(str, pdfs)]
    return [": ".join(line) for line in lines if line[1:] != ["passed"]]


@cache
def _packages() -> str:
    """Where veraPDF's packages lie, as Java takes it."""
    for tool in ("java", "javac", "mvn"):
        if not shutil.which(tool):
            pytest.skip(f"PDF/UA is judged by veraPDF, which needs {tool} (Debian: maven, default-jdk-headless)")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "classpath"
        for reach in (["--offline"], []):
            ask = ["mvn", "-q", "-B", *reach, "-f", str(VERAPDF / "pom.xml"), "dependency:build-classpath"]
            if _is_done([*ask, f"-Dmdep.outputFile={path}"]):
                return path.read_text("utf-8")
    pytest.skip("PDF/UA is judged by veraPDF, and Maven does not find org.verapdf:validation-model")


def _is_done(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=LONGEST).returncode == 0
    except subprocess.TimeoutExpired:
        return False
