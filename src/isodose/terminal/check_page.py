"""The report of `isodose check`: what is wrong, where, and what would be right; then a line of figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from isodose.guideline.problem import Level, Problem
from isodose.terminal.paper import Paper

LOOKS = {Level.ERROR: ("not-met", "not-met"), Level.WARNING: ("unknown", "unknown"), Level.SETTLED: ("met", "quiet")}


def check_page(problems: Sequence[Problem], summary: str, paper: Paper) -> str:
    """All findings in the order of their places, then the summary."""
    lines = [line for problem in problems for line in _problem(problem, paper)]
    counts = {level: sum(problem.level is level for problem in problems) for level in Level}
    verdict = ", ".join(f"{count} {_plural(level, count)}" for level, count in counts.items())
    role = "not-met" if counts[Level.ERROR] else "met"
    return "\n".join([*lines, *paper.wrapped(summary), paper.paint(verdict, role)])


def _plural(level: Level, count: int) -> str:
    return level.value if level is Level.SETTLED or count == 1 else f"{level.value}s"


def _problem(problem: Problem, paper: Paper) -> Iterator[str]:
    sign, role = LOOKS[problem.level]
    place = f"{problem.place.file}:{problem.place.line}:{problem.place.column}"
    clause = f"  clause {problem.clause}" if problem.clause else ""
    yield paper.paint(f"{paper.sign(sign)} {problem.level.value:<8}", role) + paper.words(f" {place}{clause}")
    yield from paper.wrapped(problem.message, "    ", "    ")


def check_json(problem: Problem) -> str:
    """One finding as a JSON line."""
    return json.dumps(
        {
            "level": problem.level.value,
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "clause": problem.clause,
            "message": problem.message,
        },
        ensure_ascii=False,
    )
