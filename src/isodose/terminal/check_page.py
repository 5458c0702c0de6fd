"""The report of `isodose check`: what is wrong, where, and what would be right; then a line of figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from isodose.guideline.problem import Level, Problem
from isodose.terminal.paper import Paper

if TYPE_CHECKING:
    from isodose.proof.report import Decides

LOOKS = {Level.ERROR: ("not-met", "not-met"), Level.WARNING: ("unknown", "unknown"), Level.SETTLED: ("met", "quiet")}


def check_page(
    problems: Sequence[Problem], summary: str, paper: Paper, proved: Sequence[str] = (), not_settled: Sequence[str] = ()
) -> str:
    """All findings in the order of their places, then what was looked at, what was proved, and what was not settled."""
    lines = [line for problem in problems for line in _problem(problem, paper)]
    counts = {level: sum(problem.level is level for problem in problems) for level in Level}
    verdict = ", ".join(f"{count} {_plural(level, count)}" for level, count in counts.items())
    role = "not-met" if counts[Level.ERROR] else "met"
    proofs = [line for statement in proved for line in paper.wrapped(statement, f"{paper.sign('met')} ", "  ")]
    proofs += [line for one in not_settled for line in paper.wrapped(one, f"{paper.sign('unknown')} ", "  ")]
    return "\n".join([*lines, *paper.wrapped(summary), *proofs, paper.paint(verdict, role)])


def _plural(level: Level, count: int) -> str:
    return level.value if level is Level.SETTLED or count == 1 else f"{level.value}s"


def _problem(problem: Problem, paper: Paper) -> Iterator[str]:
    sign, role = LOOKS[problem.level]
    place = f"{problem.place.file}:{problem.place.line}:{problem.place.column}"
    clause = f"  clause {problem.clause}" if problem.clause else ""
    yield paper.paint(f"{paper.sign(sign)} {problem.level.value:<8}", role) + paper.words(f" {place}{clause}")
    yield from paper.wrapped(problem.message, "    ", "    ")
    if problem.example:
        yield from paper.wrapped(problem.example, "    ", "      ", "quiet")


def decides_page(decides: Sequence[Decides], paper: Paper) -> str:
    """For each rung and clause of each edition the case that it alone changes."""
    lines = []
    for number, one in enumerate(decides):
        if number == 0 or decides[number - 1].edition != one.edition:
            lines.append(paper.heading(f"Edition {one.edition}: what decides, with the smallest case that shows it"))
        lines += [*paper.wrapped(one.alive.name, "  ", "  "), *paper.wrapped(one.alive.message, "    ", "    ")]
    return "\n".join([*lines, ""])


def check_json(problem: Problem) -> str:
    """One finding as a JSON line."""
    return json.dumps(problem.record, ensure_ascii=False)
