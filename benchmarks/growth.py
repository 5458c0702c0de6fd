"""How the cost of one case, and of a check with its proofs, grows with the number of clauses of a guideline."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.generated import write_guideline
from isodose.determination.program import Program
from isodose.guideline.facts import FactType
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise

CLAUSES = (10, 30, 100, 300)
CASES, ROUNDS = 300, 5

DECIDE = re.compile(
    r"(?:all )?([0-9]+(?: of [0-9]+)?) rungs and clauses decide some case by themselves(?:; ([0-9]+) never)?"
)
"""Of how many rungs and clauses a check shows that they decide a case, and of how many that they never do; the others stayed open."""


class Check(NamedTuple):
    """What a check costs, and of how many rungs and clauses it shows that they decide a case, or never do."""

    seconds: float
    decide: str


def report() -> str:
    """A row for each number of clauses."""
    lines = ["| clauses | one case, CPU µs | check, CPU s | decide, as shown |", "| --: | --: | --: | --: |"]
    lines += map(_row, CLAUSES)
    return "\n".join(lines) + "\n"


def _row(clauses: int) -> str:
    with TemporaryDirectory() as parent:
        folder = Path(parent) / "generated"
        write_guideline(folder, clauses)
        of_case, check = _seconds_of_a_case(load_or_raise(folder)), _check(folder)
    return f"| {clauses} | {of_case * 1e6:.0f} | {check.seconds:.1f} | {check.decide} |"


def _seconds_of_a_case(guideline: Guideline) -> float:
    """The median of the rounds, each of cases not seen before; the first round is not counted."""
    program, random = Program(guideline), Random(0)  # noqa: S311
    codes = [entry.code for entry in guideline.release.each_between("C", "P") if entry.billable]
    costs = []
    for _ in range(ROUNDS + 1):
        rows = [_case(guideline, codes, random) for _ in range(CASES)]
        before = time.process_time()
        for row in rows:
            program.determine(row)
        costs.append((time.process_time() - before) / CASES)
    return median(costs[1:])


def _case(guideline: Guideline, codes: Sequence[str], random: Random) -> Mapping[str, object]:
    """A case that states nine of ten facts, and one diagnosis."""
    row: dict[str, object] = {
        "date_of_service": f"2026-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
        "procedure_code": "77386",
        "product": "hmo",
        "member_birth_date": f"{random.randrange(1930, 2020)}-03-01",
        "diagnosis_codes": [random.choice(codes)],
    }
    for name, fact in guideline.facts.items():
        if name.startswith("fact_") and random.random() < 0.9:  # noqa: PLR2004
            row[fact.column] = _value(fact.type, random)
    return row


def _value(of: FactType, random: Random) -> object:
    match of:
        case FactType.YES_NO:
            return random.random() < 1 / 2
        case FactType.NUMBER:
            return random.randrange(100)
        case _:
            return random.choice(("mild", "moderate", "severe"))


def _check(folder: Path) -> Check:
    """A check in a process of its own, and its processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "isodose", "check", str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    decide = DECIDE.search(" ".join(told.split()))
    assert decide, "a check says how many rungs and clauses decide"
    shown = f"{decide[1]}, {decide[2]} never" if decide[2] else decide[1]
    return Check(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, shown)


if __name__ == "__main__":
    print(report())
