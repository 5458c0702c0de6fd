"""The check of the guideline in use and what is proved of it: seconds of work, done once for the content as it lies there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from isodose.determination.check import Report, check_guideline
from isodose.guideline.problem import Level, Problem, in_order
from isodose.proof.report import Proof, prove
from isodose.web.solver import SOLVER

Stamp = tuple[tuple[str, int, int], ...]
"""Names, times and sizes of the files of a folder: the same as long as nobody writes there."""


@dataclass(frozen=True, slots=True)
class Checked:
    """``proof`` is None for content that cannot be read, of which nothing can be proved."""

    report: Report
    proof: Proof | None

    @property
    def problems(self) -> list[Problem]:
        """All findings: errors first, then warnings, then what is settled; each in the order of their places."""
        found = in_order([*self.report.problems, *(self.proof.problems if self.proof else ())])
        return sorted(found, key=lambda one: list(Level).index(one.level))

    def of(self, level: Level) -> list[Problem]:
        return [one for one in self.problems if one.level is level]


def report_of(folder: Path) -> Report:
    """The check without the proofs. Whoever asks while it is made waits for it, and does not make it again."""
    return _report(folder, _stamp(folder))


def report_at_hand(folder: Path) -> Report | None:
    """The same, if it was made already."""
    return _REPORTS.get(_stamp(folder))


def at_hand(folder: Path) -> Checked | None:
    """The check with the proofs, if it was made already."""
    return _KEPT.get(_stamp(folder))


def checked(folder: Path) -> Checked:
    """The check with the proofs. Whoever asks while it is made waits for it, and does not make it again."""
    stamp = _stamp(folder)
    with SOLVER:
        if stamp not in _KEPT:
            made = _checked(folder, stamp)
            _KEPT.clear()
            _KEPT[stamp] = made
        return _KEPT[stamp]


_KEPT: dict[Stamp, Checked] = {}
"""That of the content as it lay there last."""


def _stamp(folder: Path) -> Stamp:
    return tuple(sorted(_stamps(folder)))


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*"):
        if path.is_file():
            status = path.stat()
            yield str(path), status.st_mtime_ns, status.st_size


_REPORTS: dict[Stamp, Report] = {}
_CHECKING = Lock()


def _report(folder: Path, stamp: Stamp) -> Report:
    with _CHECKING:
        if stamp not in _REPORTS:
            made = check_guideline(folder)
            _REPORTS.clear()
            _REPORTS[stamp] = made
        return _REPORTS[stamp]


def _checked(folder: Path, stamp: Stamp) -> Checked:
    report = _report(folder, stamp)
    guideline = report.guideline
    return Checked(report, prove(guideline, [case.facts for case in report.cases]) if guideline else None)
