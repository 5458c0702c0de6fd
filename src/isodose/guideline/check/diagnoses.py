"""The map of diagnoses: each row can win for some code, and no two rows claim a code with equal weight."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from isodose.guideline.diagnoses import Row, winner_of
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import Level, Problem


def rows_can_win(guideline: Guideline) -> Iterator[Problem]:
    """Each row wins for some billable code of the ICD-10-CM release; one that never does says nothing."""
    for rows in _families(guideline):
        winner = winner_of(rows)
        for row in rows:
            codes = (entry.code for entry in guideline.release.each_between(row.low, row.high) if entry.billable)
            others: dict[str, None] = {}
            for code in codes:
                if (found := winner(code)) and found.codes == row.codes:
                    break
                if found:
                    others[f"`{found.codes}`"] = None
            else:
                never = f"can never win: its codes all go to {', '.join(others)}"
                message = never if others else "holds no billable code of the ICD-10-CM release"
                yield Problem(row.place, f"`{row.codes}` {message}", row.home or None, Level.WARNING)


def rows_do_not_tie(guideline: Guideline) -> Iterator[Problem]:
    """No code lies in two rows of equal weight: the same ones, or equally long ranges of which neither lies in the other."""
    for rows in _families(guideline):
        first_of: dict[str, Row] = {}
        for row in sorted(rows, key=lambda row: row.place.line):
            first = first_of.setdefault(row.codes, row)
            if first is not row:
                where = f", for `{first.home}`" if first.home != row.home else ""
                message = f"`{row.codes}` stands twice; the first is in line {first.place.line}{where}"
                yield Problem(row.place, message, row.home or None)
        for first, second in combinations([row for row in first_of.values() if row.is_range], 2):
            if _tie(first, second):
                message = (
                    f"`{second.codes}` and `{first.codes}` (line {first.place.line}) overlap with equal weight: "
                    "neither lies in the other"
                )
                yield Problem(second.place, message, second.home or None)


def _families(guideline: Guideline) -> list[tuple[Row, ...]]:
    """The rows that compete: those of the clauses, and those of each set."""
    return [guideline.diagnoses.of_clauses, *guideline.diagnoses.of_sets.values()]


def _tie(first: Row, second: Row) -> bool:
    """Whether two different ranges claim a code with equal weight."""
    low, high = max(first.low, second.low), min(first.high, second.high)
    is_inner = (low, high) in ((first.low, first.high), (second.low, second.high))
    return len(first.low) == len(second.low) and low <= high and not is_inner
