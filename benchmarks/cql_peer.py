"""The IMRT guideline of 2025-10-01 as ELM on cql-execution, the reference engine of CQL in JavaScript, with every finding.

It needs Node and the packages that ``./test`` installs. The processor time is measured inside its process, around its
evaluations alone, once its code is warm.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import mkdtemp

import isodose
from benchmarks.cases import Row
from isodose.compile.elm.expressions import parameter_name
from isodose.compile.elm.library import library_of
from isodose.compile.elm.statements import library_json

HERE = Path(__file__).parent
PACKAGES = HERE.parent / "tests" / "cql"
WARM = 300
"""Cases before the clock runs."""

CqlAnswer = dict[str, object]
"""The added columns, and ``findings``: of each clause whether it is met, None for unknown."""


def is_available() -> bool:
    """Whether there is Node, with the packages."""
    return which("node") is not None and (PACKAGES / "node_modules" / "cql-execution").is_dir()


def answers(rows: Sequence[Row]) -> tuple[list[CqlAnswer], float]:
    """What it answers to each case, and the processor seconds that this took."""
    lines = "\n".join(json.dumps(_parameters(row)) for row in (*rows[:WARM], *rows))
    command: list[str | Path] = ["node", HERE / "cql_peer.mjs", PACKAGES, _library(), str(WARM)]
    done = subprocess.run(command, input=lines, text=True, capture_output=True, check=True)  # noqa: S603 (our own)
    *answered, seconds = done.stdout.splitlines()
    return [json.loads(line) for line in answered[WARM:]], float(seconds)


def _parameters(row: Row) -> Row:
    return {parameter_name(column): value for column, value in row.items()}


@cache
def _library() -> Path:
    guideline = isodose.program("imrt").guideline
    edition = next(one for one in guideline.editions if one.id == "2025-10-01")
    file = Path(mkdtemp(prefix="isodose-cql-")) / "imrt.json"
    file.write_text(json.dumps(library_json(library_of(guideline, edition))), "utf-8")
    return file
