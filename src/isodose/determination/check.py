"""The whole check of a guideline: what cannot be read, what is wrong with it, and the worked cases that answer otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from isodose.determination.case import case_from
from isodose.determination.cells import TEXT_CELLS
from isodose.determination.program import Determination, Program
from isodose.determination.record import problem_text
from isodose.determination.request import with_findings
from isodose.guideline.check import static_problems
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load
from isodose.guideline.outcome import Outcome
from isodose.guideline.problem import Level, Problem, in_order
from isodose.guideline.worked_case import NO_EDITION, Expected, WorkedCase, worked_cases


@dataclass(frozen=True, slots=True)
class Report:
    """All findings in the order of their places, and what was looked at: ``guideline`` is None if it cannot be used."""

    problems: tuple[Problem, ...]
    summary: str
    guideline: Guideline | None = None
    cases: tuple[WorkedCase, ...] = ()


def check_guideline(folder: Path) -> Report:
    """Check the guideline in a folder. What rests on the reading waits until everything can be read."""
    guideline, problems = load(folder)
    if guideline is None:
        return Report(tuple(in_order(problems)), f"{folder}: no edition could be read.")
    is_readable = not any(problem.level is Level.ERROR for problem in problems)
    problems += static_problems(guideline, is_readable=is_readable)
    if not is_readable:
        summary = f"{guideline.id}: references, codes, diagnoses and cases are checked once everything can be read"
        return Report(tuple(in_order(problems)), summary)
    cases = worked_cases(guideline, problems)
    program = Program(guideline)
    if cases and not any(problem.place.file.startswith("cases/") for problem in problems):
        problems += unshown_readings(guideline, cases)
    wrong = {problem.place.file for problem in problems}  # the answer to a case that is wrong itself says nothing
    problems += [problem for case in cases if case.place.file not in wrong for problem in case_problems(case, program)]
    return Report(tuple(in_order(problems)), _summary(guideline, cases), guideline, tuple(cases))


def unshown_readings(guideline: Guideline, cases: list[WorkedCase]) -> Iterator[Problem]:
    """Each reading is shown by a worked case, or says why none can; not both."""
    shown = {name for case in cases for name in case.shows}
    for edition in guideline.editions:
        for reading in edition.readings.values():
            if reading.id not in shown and not reading.no_case:
                message = f"no worked case shows reading {reading.id}; if none can, say why under `no case`"
                yield Problem(reading.place, message, level=Level.WARNING)
            elif reading.id in shown and reading.no_case:
                message = f"a worked case shows reading {reading.id}; take out its `no case`"
                yield Problem(reading.place, message, level=Level.WARNING)


def _summary(guideline: Guideline, cases: list[WorkedCase]) -> str:
    clauses = {name for edition in guideline.editions for name in edition.clauses}
    counts = (
        (len(guideline.editions), "edition", "editions"),
        (len(clauses), "clause", "clauses"),
        (len(guideline.facts), "fact", "facts"),
        (len(guideline.diagnoses.rows), "row of diagnoses", "rows of diagnoses"),
        (len(guideline.codes), "code", "codes"),
        (len(cases), "worked case", "worked cases"),
    )
    return f"{guideline.id}: " + ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts)


def answered(case: WorkedCase, program: Program) -> Determination:
    """What the engine answers to a worked case."""
    guideline = program.guideline
    read = case_from(case.facts, guideline, TEXT_CELLS)
    return program.determine_case(with_findings(read, case.findings, guideline), case.as_known_on)


def case_problems(case: WorkedCase, program: Program) -> list[Problem]:
    """The parts of the right answer that the engine does not give."""
    given = answered(case, program)
    differing = list(_differing(case.expected, given))
    if not differing:
        return []
    message = f"“{case.title}”: " + "; ".join(f"{part} is {got}, not {right}" for part, got, right in differing)
    return [Problem(case.expected.place, message, case.clause)]


def _differing(right: Expected, given: Determination) -> Iterator[tuple[str, str, str]]:
    edition = given.edition.id if given.edition else NO_EDITION
    problem = problem_text(given) or ""
    if problem and right.outcome is not Outcome.INVALID:
        yield "outcome", f"{_said(given.outcome)} (“{problem}”)", _said(right.outcome)
        return
    pairs: list[tuple[str, object, object]] = [
        ("outcome", given.outcome, right.outcome),
        ("review_reason", given.review_reason, right.review_reason),
        ("basis", given.basis, right.basis),
        ("missing", given.missing, right.missing),
    ]
    if right.edition:
        pairs.append(("edition", edition, right.edition))
    for part, got, wanted in pairs:
        if got != wanted:
            yield part, _said(got), _said(wanted)
    if right.problem not in problem:
        yield "problem", f"“{problem}”" if problem else "none", f"one with “{right.problem}”"


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else f"`{value}`"
