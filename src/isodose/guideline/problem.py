"""What is wrong with a guideline, as data: every check appends, so that the author sees everything at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Level(StrEnum):
    """How much a finding of the check weighs. A ``settled`` one is answered by a reading that the edition cites."""

    ERROR = "error"
    WARNING = "warning"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the content something stands: file (relative to the guideline's folder), line and column from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of the check.

    ``topic`` names the kind of finding where a reading may settle it (``settles: [ended-code]``), else it is empty.
    ``unknown`` is the name that nothing declares, where that is what is wrong: findings about one are told as one.
    ``example`` is a case that shows what was found, in a sentence.
    """

    place: Place
    message: str
    clause: str | None = None
    level: Level = Level.ERROR
    topic: str = ""
    unknown: str = ""
    example: str = ""

    @property
    def says(self) -> str:
        """The message with its example."""
        return f"{self.message}. {self.example}" if self.example else self.message

    @property
    def record(self) -> dict[str, str | int | None]:
        """The finding as data, as `isodose check --json` prints it."""
        place = self.place
        return {
            "level": self.level.value,
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "clause": self.clause,
            "message": self.says,
        }


_PLACES = 5
"""Further places of one finding that its message names."""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Findings as one reads. Those about one unknown name are one finding, where it is used first: one slip made them."""
    found: list[Problem] = []
    of_name: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: (problem.place, problem.message)):
        together = of_name.setdefault(problem.unknown, []) if problem.unknown else []
        if not together:
            found.append(problem)
        together.append(problem)
    return [_with_places(problem, of_name.get(problem.unknown, [])[1:]) for problem in found]


def _with_places(problem: Problem, others: list[Problem]) -> Problem:
    """The finding with its other places: lines of the same file, of other files the first."""
    here = problem.place
    found = {(other.place.file, other.place.line): other.place for other in others}
    found.pop((here.file, here.line), None)
    if not found:
        return problem
    names: dict[object, str] = {}
    for place in found.values():
        if place.file == here.file:
            names[place.line] = f"line {place.line}"
        else:
            names.setdefault(place.file, f"{place.file}:{place.line}")
    shown = list(names.values())[:_PLACES]
    rest = len(found) - len(shown)
    also = ", ".join(shown) + (f" and {rest} more place{'s' * (rest > 1)}" if rest else "")
    return replace(problem, message=f"{problem.message} (also in {also})")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The nearest known word, or None if none is near."""
    from difflib import get_close_matches  # slow to import, and only wrong words need it

    folded = {name.lower().replace("-", "_"): name for name in known}
    near = get_close_matches(word.lower().replace("-", "_"), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean `x`?`` with the nearest known word, or nothing if none is near."""
    near = nearest(word, known)
    return f"; did you mean `{near}`?" if near else ""


def listed(words: Iterable[str]) -> str:
    """``a, b or c`` with each word quoted as code."""
    quoted = [f"`{word}`" for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


ANY_NAME = "*"
"""Stands among unreadable names for all of them: the file itself could not be read."""

ANY_CLAUSE = "rule *"
ANY_LIST = "data *"
"""So do these for all clauses and for all lists, where a block has lost its name."""
