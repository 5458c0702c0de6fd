"""The IMRT guideline in Open Policy Agent (https://www.openpolicyagent.org), asked through its Go library.

It needs a Go toolchain. The processor time is measured inside its process, around its evaluations alone.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import mkdtemp

from benchmarks.cases import Row
from benchmarks.zen_peer import BELONGS, Answer, diagnosis_clauses, rows_of_the_map

FOLDER = Path(__file__).parent / "opa"


def is_available() -> bool:
    """Whether there is a Go toolchain to build it with."""
    return which("go") is not None


def answers(rows: Sequence[Row]) -> tuple[list[Answer], float]:
    """What it answers to each case, and the processor seconds that this took."""
    lines = "\n".join(json.dumps(line) for line in (_data(), *rows))
    done = subprocess.run([_built()], input=lines, text=True, capture_output=True, check=True)  # noqa: S603 (our own)
    *answered, seconds = done.stdout.splitlines()
    return [(outcome, reason) for outcome, reason in map(json.loads, answered)], float(seconds)


@cache
def _built() -> Path:
    program = Path(mkdtemp(prefix="isodose-opa-")) / "opa_peer"
    subprocess.run(["go", "build", "-o", program, "."], cwd=FOLDER, check=True)  # noqa: S603, S607 (our own; Go's place differs)
    return program


@cache
def _data() -> dict[str, object]:
    """The map of diagnoses by the start of a code, and the clauses whose truth is asked."""
    return {"starts": dict(_starts()), "clauses": diagnosis_clauses()}


def _starts() -> Iterable[tuple[str, tuple[str, float]]]:
    for (_, home, status), starts in rows_of_the_map().items():
        for start in starts:
            yield start, (home or status, BELONGS[status])
