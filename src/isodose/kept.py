"""A guideline as it was read, kept between runs: to read it takes longer than to decide a case.

What is kept stands under a digest of all that it was made from: the guideline's files, the program's, and Python's version.
So it is never out of date; and whatever is wrong with it (no folder to write to, a damaged file, one that somebody else could
have written) the guideline is read anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from isodose import __version__
from isodose.guideline.content import content_folder, files_in, release_file, shared_facts

if TYPE_CHECKING:
    from isodose.guideline.guideline import Guideline

MOST_KEPT = 8
"""Guidelines that are kept; the oldest go first."""


def kept_guideline(folder: Path, environment: Mapping[str, str]) -> Guideline:
    """The guideline in a folder, as ``load_or_raise`` gives it; only one without errors is kept."""
    keep = _folder(environment)
    digest = _digest(folder)
    found = _read(keep / f"{digest}.pickle") if keep else None
    if found is None:
        from isodose.guideline.load import load_or_raise

        found = load_or_raise(folder)
        if keep and _digest(folder) == digest:  # nobody wrote to it meanwhile
            with suppress(OSError):
                _write(keep / f"{digest}.pickle", found)
    return found


def _folder(environment: Mapping[str, str]) -> Path | None:
    """The user's cache folder (XDG Base Directory Specification), or None if the environment names none in full."""
    named, home = environment.get("XDG_CACHE_HOME", ""), environment.get("HOME", "")
    folder = Path(named) if named else Path(home, ".cache")
    return folder / "isodose" if folder.is_absolute() else None


def _digest(folder: Path) -> str:
    """Of all that the guideline is made from, and of where it lies: what is kept holds paths."""
    program = sorted((Path(__file__).parent / "guideline").glob("*.py"))
    places = f"{__version__}\0{sys.version}\0{folder.resolve()}\0{content_folder().resolve()}\0"
    digest = hashlib.sha256(places.encode())
    for file in (*files_in(folder), shared_facts(), release_file(), *program):
        digest.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _read(file: Path) -> Guideline | None:
    try:
        with file.open("rb") as stream:
            if not _is_ours(os.fstat(stream.fileno())):
                return None
            guideline: Guideline = pickle.load(stream)  # noqa: S301 (only this user could have written it)
    except Exception:  # noqa: BLE001 (whatever a damaged file does, the guideline is read anew)
        return None
    return guideline


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody but this user could have written the file: to unpickle is to trust."""
    user = os.getuid() if hasattr(os, "getuid") else status.st_uid
    return status.st_uid == user and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(file: Path, guideline: Guideline) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(file.parent.stat()):
        return
    for old in sorted(file.parent.glob("*.pickle"), key=lambda path: path.stat().st_mtime)[: -MOST_KEPT + 1]:
        old.unlink(missing_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            pickle.dump(guideline, stream, protocol=pickle.HIGHEST_PROTOCOL)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
