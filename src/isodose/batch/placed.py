"""Output that is whole or not there: it is written beside its place under another name and moved when it is complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Where to write what shall stand at ``path``: a file, or a folder. Whatever goes wrong, nothing of it is left."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        _move(beside, path)
    finally:
        _remove(beside)


def _move(beside: Path, path: Path) -> None:
    """A folder takes the place of a folder only once that is out of the way."""
    if beside.is_dir() and path.is_dir():
        _remove(path)
    beside.replace(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
