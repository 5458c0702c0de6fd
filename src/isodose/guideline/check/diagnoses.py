"""The map of diagnoses: each row can win for some code, and no two rows claim a code with equal weight."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from isodose.guideline.diagnoses import Row
from isodose.guideline.load import Guideline
from isodose.guideline.problem import Level, Problem


def rows_can_win(guideline: Guideline) -> Iterator[Problem]:
    """Each row wins for some billable code of the ICD-10-CM release; one that never does says nothing."""
    for rows in _families(guideline):
        for row in rows:
            codes = [entry.code for entry in guideline.release.between(row.low, row.high) if entry.billable]
            if not codes:
                message = f"`{row.codes}` holds no billable code of the ICD-10-CM release"
                yield _problem(row, message)
            elif not any(_winner(rows, code) is row for code in codes):
                others = ", ".join(
                    dict.fromkeys(f"`{winner.codes}`" for code in codes if (winner := _winner(rows, code)))
                )
                yield _problem(row, f"`{row.codes}` can never win: its codes all go to {others}")


def rows_do_not_tie(guideline: Guideline) -> Iterator[Problem]:
    """No code lies in two rows of equal weight: equally long ranges that overlap without one lying in the other."""
    for rows in _families(guideline):
        for first, second in combinations(sorted(rows, key=lambda row: row.place.line), 2):
            if _tie(first, second):
                message = (
                    f"`{second.codes}` and `{first.codes}` (line {first.place.line}) overlap with equal weight: "
                    "neither lies in the other"
                )
                yield Problem(second.place, message, second.home or None)


def _families(guideline: Guideline) -> list[tuple[Row, ...]]:
    """The rows that compete: those of the clauses, and those of each set."""
    return [guideline.diagnoses.of_clauses, *guideline.diagnoses.of_sets.values()]


def _winner(rows: tuple[Row, ...], code: str) -> Row | None:
    return next((row for row in rows if row.holds(code)), None)


def _problem(row: Row, message: str) -> Problem:
    return Problem(row.place, message, row.home or None, Level.WARNING)


def _tie(first: Row, second: Row) -> bool:
    if len(first.low) != len(second.low) or first.is_range != second.is_range:
        return False
    low, high = max(first.low, second.low), min(first.high, second.high)
    if low > high:
        return False
    inner = (low, high)
    same = (first.low, first.high) == (second.low, second.high)
    return same or inner not in ((first.low, first.high), (second.low, second.high))
