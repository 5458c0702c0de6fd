"""Which clause or set an ICD-10-CM code belongs to: rows of codes and ranges, of which the most specific wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from isodose.guideline.problem import ANY_CLAUSE, Place, Problem, did_you_mean, listed
from isodose.guideline.table import rows_from
from isodose.guideline.text import as_code

_BOUND = re.compile(r"[A-Z][0-9A-Z]{1,6}")
_REMEMBERED = 1 << 16
"""Codes whose winning row is kept at hand: more than a year of one plan's requests, a few megabytes at most."""


class Status(StrEnum):
    """What a row says of its codes."""

    CLEAR = "clear"
    AMBIGUOUS = "ambiguous"
    ASIDE = "aside"
    TREATMENT = "treatment"


SAYS_NOTHING_OF_THE_ILLNESS = (Status.ASIDE, Status.TREATMENT)


@dataclass(frozen=True, slots=True)
class Row:
    """Codes from ``low`` to ``high`` (no dots, inclusive, with all below them) in a clause or set ``home``.

    ``home`` is empty for codes that say nothing of the illness.
    """

    home: str
    low: str
    high: str
    status: Status
    title: str
    note: str
    place: Place

    @property
    def is_range(self) -> bool:
        """Whether the row was written as a range."""
        return self.low != self.high

    @property
    def codes(self) -> str:
        """The codes as people write them."""
        return "-".join(map(with_dot, dict.fromkeys((self.low, self.high))))

    def holds(self, code: str) -> bool:
        """Whether a code, without its dot, lies within. Bounds compare as text, the code cut to the bound's length."""
        return self.low <= code[: len(self.low)] and code[: len(self.high)] <= self.high


def specificity(row: Row) -> tuple[int, bool, tuple[int, ...], str]:
    """The key that sorts rows so that the first to hold a code wins.

    The longer bound; of equally long ones an exact code before a range, and the inner range before the outer (which
    starts later or, from the same start, ends earlier).
    """
    later_start_first = tuple(-ord(letter) for letter in row.low)
    return -len(row.low), row.is_range, later_start_first, row.high


def with_dot(code: str) -> str:
    """An ICD-10-CM code as people write it: ``C4900`` is ``C49.00``."""
    category, rest = code[:3], code[3:]
    return f"{category}.{rest}" if rest else category


class DiagnosisMap:
    """The rows of ``diagnoses.csv``, best first: those of the clauses (with those of no home) and those of each set.

    ``in_clauses`` gives the winning row among the former for a code without its dot, or None.
    """

    def __init__(self, rows: Iterable[Row] = (), sets: Iterable[str] = ()) -> None:
        ordered = sorted(rows, key=specificity)
        self.of_sets = {name: tuple(row for row in ordered if row.home == name) for name in sets}
        self.of_clauses = tuple(row for row in ordered if row.home not in self.of_sets)
        self.in_clauses: Callable[[str], Row | None] = lru_cache(_REMEMBERED)(winner_of(self.of_clauses))
        self._in_sets = {name: lru_cache(_REMEMBERED)(winner_of(rows)) for name, rows in self.of_sets.items()}

    def __reduce__(self) -> tuple[type[DiagnosisMap], tuple[tuple[Row, ...], tuple[str, ...]]]:
        """A map is its rows and the names of its sets; what it remembers goes nowhere."""
        return DiagnosisMap, (self.rows, tuple(self.of_sets))

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return self.of_clauses + tuple(row for rows in self.of_sets.values() for row in rows)

    def in_set(self, name: str, code: str) -> Row | None:
        """The winning row of a named set, or None."""
        return self._in_sets[name](code)


def winner_of(rows: tuple[Row, ...]) -> Callable[[str], Row | None]:
    """A function that finds the row that wins for a code, among rows that stand best first.

    Most rows are exact, and are found by the start of the code; ranges are few and tried in turn.
    """
    exact = {row.low: row for row in reversed(rows) if not row.is_range}
    lengths = sorted({len(row.low) for row in rows}, reverse=True)
    ranges = {length: [row for row in rows if row.is_range and len(row.low) == length] for length in lengths}

    def winner(code: str) -> Row | None:
        for length in lengths:
            found = exact.get(code[:length]) if len(code) >= length else None
            found = found or next((row for row in ranges[length] if row.holds(code)), None)
            if found:
                return found
        return None

    return winner


def diagnoses_from(
    text: str, file: str, clauses: Iterable[str], sets: Iterable[str], problems: list[Problem]
) -> DiagnosisMap:
    """The map that a ``diagnoses.csv`` states; a home must be a clause of some edition or a declared set.

    Where ``ANY_CLAUSE`` is among the clauses, some are not known and no home is wrong.
    """
    clause_names, set_names = set(clauses), list(sets)
    rows: list[Row] = []
    columns = ("in", "codes", "status", "title", "note")
    for cells, place in rows_from(text, file, columns, (), problems):
        home, codes = cells["in"], cells["codes"]
        if home and not {home, ANY_CLAUSE} & clause_names and home not in set_names:
            near = did_you_mean(home, [*clause_names, *set_names])
            message = f"`{home}` is neither a clause of an edition nor a set of `diagnosis` in facts.yaml{near}"
            problems.append(Problem(place, message, home, unknown=home))
            continue
        if wrong := _status_problem(home, cells["status"]) or _codes_problem(codes):
            problems.append(Problem(place, wrong, home or None))
            continue
        low, _, high = as_code(codes).replace(".", "").partition("-")
        rows.append(Row(home, low, high or low, Status(cells["status"]), cells["title"], cells["note"], place))
    return DiagnosisMap(rows, set_names)


def _status_problem(home: str, status: str) -> str | None:
    allowed = (Status.CLEAR, Status.AMBIGUOUS) if home else SAYS_NOTHING_OF_THE_ILLNESS
    if status not in allowed:
        where = "of a clause or set" if home else "of a row without one"
        return f"the status {where} is {listed(allowed)}, not `{status}`{did_you_mean(status, allowed)}"
    return None


def _codes_problem(codes: str) -> str | None:
    low, dash, high = as_code(codes).replace(".", "").partition("-")
    if not _BOUND.fullmatch(low) or (dash and not _BOUND.fullmatch(high)):
        return f"`{codes}` is not an ICD-10-CM code or range: write `C50`, `C50.1` or `C02.0-C02.3`"
    if dash and len(low) != len(high):
        return f"the bounds of `{codes}` must be equally long"
    if dash and low > high:
        return f"the range `{codes}` runs backwards: write `{with_dot(high)}-{with_dot(low)}`"
    return None
