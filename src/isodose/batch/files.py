"""The files of a batch: what a path, a pattern or a folder names, and how rows are written in it, by suffix."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from isodose.batch.job import Format, JobError, Source, Target

SUFFIXES = {
    ".parquet": Format.PARQUET,
    ".csv": Format.CSV,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
}
GZIP = ".gz"
"""After the suffix of a text: `cases.csv.gz`. Parquet is packed inside."""

_RIGHT = "name it .parquet, .csv or .jsonl; .gz may follow the last two"


def source_of(given: str) -> Source:
    """The files that a path, a pattern (`cases-*.parquet`) or a folder names, in the order of their names.

    In a folder, parts of a path such as `month=2025-11` are columns. Raises ``JobError``.
    """
    path = Path(given)
    files = tuple(_files(given, path))
    if not files:
        raise JobError(f"{given}: no file is there")
    formats = {file: form for file in files if (form := format_of(file))}
    unknown = next((file for file in files if file not in formats), None)
    if unknown:
        raise JobError(f"{unknown}: the suffix does not say what is in it; {_RIGHT}")
    first, *others = dict.fromkeys(formats.values())
    if others:
        raise JobError(f"{given}: {first} and {others[0]} are mixed; give one kind of file at a time")
    parted = any("=" in part for file in files for part in file.parts[:-1])
    return Source(files, first, path if parted else None)


def target_of(given: str) -> Target:
    """The file to write. Raises ``JobError``."""
    path = Path(given)
    form = format_of(path)
    if form is None:
        raise JobError(f"{given}: the suffix does not say how to write it; {_RIGHT}")
    if not path.absolute().parent.is_dir():
        raise JobError(f"{given}: there is no folder {path.parent}")
    return Target(path, form, path.suffix.lower() == GZIP)


def format_of(path: Path) -> Format | None:
    """How rows are written in a file of this name; None if its suffix does not say."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == GZIP:
        form = SUFFIXES.get(suffixes[-2]) if len(suffixes) > 1 else None
        return None if form is Format.PARQUET else form
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


def _files(given: str, path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for file in _below(path) if format_of(file))
    elif path.exists():
        yield path
    else:
        yield from map(Path, sorted(glob.glob(given, recursive=True)))  # noqa: PTH207 (a pattern may be absolute)


def _below(folder: Path) -> Iterable[Path]:
    """The files in a folder; what starts with a dot or an underscore is a program's own (`_SUCCESS`, `.crc`)."""
    for path in folder.rglob("*"):
        if path.is_file() and not any(part[0] in "._" for part in path.relative_to(folder).parts):
            yield path
