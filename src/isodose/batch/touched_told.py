"""Whom a revision touches in a file, in the words of its report: by cause, and by change of outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isodose.batch.items import Fault
from isodose.batch.job import Progress
from isodose.batch.touched import Pair, Requests, Revision, TouchedRows, touched
from isodose.proof.difference.answers import Answer
from isodose.proof.difference.difference import Change
from isodose.proof.difference.report import Report
from isodose.proof.difference.told import DIRECTIONS, answer_says, direction_of
from isodose.proof.difference.units import Unit, mixed


@dataclass(frozen=True, slots=True)
class ToldRows:
    """Rows of one change with one cause; ``request_ids`` may be the first of many."""

    direction: str
    before: str
    after: str
    cause: str
    count: int
    request_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnFile:
    """A file: its rows, and those that are touched; which columns look odd, and which lines could not be read."""

    rows: int
    told: tuple[ToldRows, ...]
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def directions(self) -> dict[str, int]:
        """How many rows it touches which way."""
        counts = {
            direction: sum(one.count for one in self.told if one.direction == direction) for direction in DIRECTIONS
        }
        return {direction: count for direction, count in counts.items() if count}

    @property
    def touched(self) -> int:
        """All rows that are touched."""
        return sum(one.count for one in self.told)


def on_file(report: Report, requests: Requests, progress: Progress, most: int | None) -> OnFile:
    """Whom the revision touches in a file, with at most so many request ids of each kind. Raises ``JobError``."""
    found, units = report.difference, _units_to_tell(report)
    between = [mixed(found.old, found.new, [unit]).guideline for unit in units]
    counted = touched(Revision(found.old.guideline, found.new.guideline, between), requests, progress, most)
    told: dict[tuple[str, str, str, str], list[TouchedRows]] = {}
    for rows in counted.groups:
        before, after = Answer(*rows.before), Answer(*rows.after)
        key = direction_of(before, after), answer_says(before), answer_says(after), _cause(report, rows, units)
        told.setdefault(key, []).append(rows)
    joined = [_joined(key, rows, most) for key, rows in told.items()]
    told_rows = tuple(sorted(joined, key=lambda one: -one.count))
    return OnFile(counted.rows, told_rows, counted.notes, counted.faults)


def _joined(key: tuple[str, str, str, str], rows: Sequence[TouchedRows], most: int | None) -> ToldRows:
    ids = sorted(one for row in rows for one in row.request_ids)[:most]
    return ToldRows(*key, sum(row.count for row in rows), tuple(ids))


def _pair(answer: Answer) -> Pair:
    return answer.outcome, answer.reason


def _changes(report: Report, before: Pair, after: Pair) -> list[Change]:
    """The changes from one answer to another, whatever an approval grants."""
    return [
        change
        for change in report.difference.changes
        if _pair(change.before) == before and _pair(change.after) == after
    ]


def _units_to_tell(report: Report) -> list[Unit]:
    """The units by which changes are told apart that lead from the same answer to the same."""
    pairs = {(_pair(change.before), _pair(change.after)) for change in report.difference.changes}
    doubtful = [changes for pair in pairs if len(changes := _changes(report, *pair)) > 1]
    named = {unit for changes in doubtful for change in changes for unit in change.cause.units}
    return [unit for unit in report.difference.units if unit in named]


def _cause(report: Report, rows: TouchedRows, units: Sequence[Unit]) -> str:
    changes = _changes(report, rows.before, rows.after)
    by = {unit for place, unit in enumerate(units) if place in rows.by}
    right = [change for change in changes if not change.cause.together and by == set(change.cause.units) & set(units)]
    together = [change for change in changes if change.cause.together]
    chosen = changes[:1] if len(changes) == 1 else right or together or changes
    causes = (
        group.cause for group in report.groups for one in group.told if any(one.change is change for change in chosen)
    )
    return "; ".join(dict.fromkeys(causes))
