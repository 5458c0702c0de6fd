"""What is wrong with a guideline, as data: every check appends, so that the author sees everything at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
    """

    place: Place
    message: str
    clause: str | None = None
    level: Level = Level.ERROR
    topic: str = ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean `x`?`` with the nearest known word, or nothing if none is near."""
    from difflib import get_close_matches  # slow to import, and only wrong words need it

    folded = {name.lower().replace("-", "_"): name for name in known}
    near = get_close_matches(word.lower().replace("-", "_"), folded, n=1, cutoff=0.6)
    return f"; did you mean `{folded[near[0]]}`?" if near else ""


def listed(words: Iterable[str]) -> str:
    """``a, b or c`` with each word quoted as code."""
    quoted = [f"`{word}`" for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
