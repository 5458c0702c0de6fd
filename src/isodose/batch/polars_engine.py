"""A batch on Polars' streaming engine: rows flow from the files to the output, in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from isodose.batch.job import Format, Job, JobError, Progress, Source, Summary, Target

if TYPE_CHECKING:
    import polars as pl

NEEDS = ("polars",)
"""The libraries that have to be installed."""

NO_JSON = "Polars reads Parquet and CSV; JSON lines, where each cell says its own type, are read by --engine duckdb"


def run(job: Job, progress: Progress) -> Summary:
    """The job's rows with six columns more. Raises ``JobError``."""
    import polars as pl

    from isodose.batch.polars_frame import with_added

    with _said_of_the_job():
        frame = _scanned(job.source)
        typed = job.source.format is not Format.CSV
        case, found = with_added(frame, job.guideline, job.names, job.as_known_on, typed=typed)
        count = _Count(progress, frame.select(pl.len()).collect().item())
        _write(count.over(found), job.target)
        return Summary(count.outcomes, count.reasons, (), case.notes)


@contextmanager
def _said_of_the_job() -> Iterator[None]:
    """What Polars cannot read or write is told in its own first line."""
    import polars as pl

    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise JobError(str(error).partition("\n")[0]) from None


class _Count:
    """Counts the answers as they go by, on several threads at once, and tells how far they are."""

    def __init__(self, progress: Progress, rows: int) -> None:
        self._progress, self._rows = progress, rows
        self._found: Counter[tuple[str, str | None]] = Counter()
        self._lock = Lock()

    def over(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """The same frame, whose answers are counted when it is computed."""
        import polars as pl

        both = pl.struct("outcome", "review_reason")
        counted = both.map_batches(self._seen, return_dtype=pl.String, is_elementwise=True)
        return frame.with_columns(counted.alias("outcome"))

    def _seen(self, answers: pl.Series) -> pl.Series:
        found = answers.value_counts(name="rows")
        with self._lock:
            for answer, rows in found.iter_rows():
                self._found[answer["outcome"], answer["review_reason"]] += rows
            self._progress(min(1.0, self._found.total() / max(1, self._rows)), self._rows)
        return answers.struct.field("outcome")

    @property
    def outcomes(self) -> dict[str, int]:
        counted: Counter[str] = Counter()
        for (outcome, _), rows in sorted(self._found.items(), key=str):
            counted[outcome] += rows
        return dict(counted)

    @property
    def reasons(self) -> dict[str, int]:
        return {reason: rows for (_, reason), rows in sorted(self._found.items(), key=str) if reason}


def _scanned(source: Source) -> pl.LazyFrame:
    """The files as one frame: columns by name, those in paths as text, a column that a file lacks null."""
    import polars as pl

    if source.format is Format.JSON_LINES:
        raise JobError(NO_JSON)
    in_paths = dict.fromkeys(_names_in(source), pl.String)
    if source.format is Format.CSV and in_paths:
        raise JobError(
            "Polars reads no columns from the paths of CSV files; name the files by a pattern, or use another engine"
        )
    scan = _scan_csv if source.format is Format.CSV else _scan_parquet
    frames = [scan([file], in_paths) for file in source.files]
    are_alike = len({tuple(sorted(frame.collect_schema().items(), key=str)) for frame in frames}) == 1
    return scan(list(source.files), in_paths) if are_alike else pl.concat(frames, how="diagonal_relaxed")


def _scan_parquet(files: list[Path], in_paths: dict[str, type[pl.String]]) -> pl.LazyFrame:
    import polars as pl

    return pl.scan_parquet(files, glob=False, hive_partitioning=bool(in_paths), hive_schema=in_paths or None)


def _scan_csv(files: list[Path], _: dict[str, type[pl.String]]) -> pl.LazyFrame:
    """All cells are text."""
    import polars as pl

    return pl.scan_csv(files, glob=False, infer_schema=False)


def _names_in(source: Source) -> list[str]:
    """The columns that paths hold, `month` of `month=2025-11/part-0.parquet`."""
    if source.folder is None:
        return []
    below = source.files[0].relative_to(source.folder).parts[:-1]
    return [part.partition("=")[0] for part in below if "=" in part]


def _write(frame: pl.LazyFrame, target: Target) -> None:
    if target.format is Format.PARQUET:
        frame.sink_parquet(target.path)
        return
    compression: Literal["gzip", "uncompressed"] = "gzip" if target.gzip else "uncompressed"
    if target.format is Format.CSV:
        _with_lists_as_text(frame).sink_csv(target.path, compression=compression, check_extension=False)
    else:
        frame.sink_ndjson(target.path, compression=compression, check_extension=False)


def _with_lists_as_text(frame: pl.LazyFrame) -> pl.LazyFrame:
    """CSV has no lists; their entries are joined, as they are read."""
    import polars as pl
    from polars import selectors

    texts = selectors.list().cast(pl.List(pl.String)).list.join(";")
    return frame.with_columns(texts)
