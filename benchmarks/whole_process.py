"""`isodose decide` on one file, from the start of Python to its end, against a bare start of the same Python."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.measure import medians, table

ROOT = Path(__file__).parents[1]
ROUNDS = 31

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "isodose decide --json": ["-P", "-m", "isodose", "decide", "examples/request.json", "--json"],
    "isodose decide": ["-P", "-m", "isodose", "decide", "examples/request.json"],
}

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""A first run leaves compiled modules behind, as it does for a user; round 0 is that run."""


def report() -> str:
    """Time the commands in turns."""
    costs = medians({name: _turn(arguments) for name, arguments in COMMANDS.items()}, ROUNDS, _cpu_of_children)
    return "## A whole process\n\n" + table(costs, "ms", 1e3)


def _turn(arguments: list[str]) -> Callable[[int], None]:
    def turn(_: int) -> None:
        subprocess.run(  # noqa: S603
            [sys.executable, *arguments], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True
        )

    return turn


def _cpu_of_children() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
