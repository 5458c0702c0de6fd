"""A batch as a value: files in, a file out, and what is counted on the way. Every engine runs the same job.

An engine is a module ``batch/NAME_engine.py`` with ``run(job, progress) -> Summary``. It reads ``job.source``, adds the six columns
(``compile.flat_case``), writes ``job.target`` and counts. It decides nothing else: which columns are a flat case's is said by
``batch/columns.py``; the path that it writes is moved into place by who called it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from isodose.batch.items import Fault
from isodose.guideline.guideline import Guideline


class Format(StrEnum):
    """How rows are written in a file."""

    PARQUET = "Parquet"
    CSV = "CSV"
    JSON_LINES = "JSON lines"


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one table, in order. ``folder`` is set where their paths hold columns (``month=2025-11/part-0.parquet``)."""

    files: tuple[Path, ...]
    format: Format
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The file to write. Its suffix need not say what it is: until it is complete it has another name."""

    path: Path
    format: Format
    gzip: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """What to do. ``names`` maps columns of a flat case to the names that the table has for them, where they differ.

    ``master`` is the address of a cluster, for engines that run on one.
    """

    guideline: Guideline
    source: Source
    target: Target
    names: Mapping[str, str] = field(default_factory=dict)
    as_known_on: date | None = None
    master: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of it: rows by outcome (``invalid`` …) and reviews by reason, only those that occur; what could not be read.

    ``notes`` say what looks odd: a column that nearly is a known one. They never change an outcome.
    """

    outcomes: Mapping[str, int]
    reasons: Mapping[str, int]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows that were answered."""
        return sum(self.outcomes.values())


class JobError(Exception):
    """A job that cannot be done: what is wrong and what would be right, all of it, a message each."""

    def __init__(self, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


class LackingError(OSError):
    """What the machine lacks, such as Java, and how to get it."""


Progress = Callable[[float, int | None], None]
"""Told now and then which share of the work is done (0 to 1), and how many rows there are in all, None where nobody knows."""

Engine = Callable[[Job, Progress], Summary]
"""Runs a job. Raises ``JobError``; ``LackingError``; a missing extra an ``ImportError``."""
