"""A small guideline with something wrong in it, and all that a single check says of it, word for word."""

from collections.abc import Iterable
from pathlib import Path

from tests.guideline.samples import write

from isodose.guideline.check import Check
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load
from isodose.guideline.problem import Problem

HEADER = "in,codes,status,title,note\n"
"""The first line of a diagnoses.csv."""


def guideline_of(folder: Path, **files: str) -> Guideline:
    """The sample with files replaced or added; it can be read."""
    found, problems = load(write(folder, **files))
    assert problems == []
    assert found is not None
    return found


def in_full(problems: Iterable[Problem]) -> list[str]:
    """Each problem as `level file:line:column [clause] message`, and the name that nothing declares in braces."""
    return [
        f"{problem.level} {problem.place.file}:{problem.place.line}:{problem.place.column} "
        + (f"[{problem.clause}] " if problem.clause is not None else "")
        + problem.message
        + (f" {{{problem.unknown}}}" if problem.unknown else "")
        for problem in problems
    ]


def told_by(check: Check, folder: Path, **files: str) -> list[str]:
    """All that a check says of the sample with these files."""
    return in_full(check(guideline_of(folder, **files)))
