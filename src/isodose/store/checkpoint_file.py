"""The file that checkpoints are kept in, outside of the database: a line each, only ever added to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from isodose.store.checkpoint import Checkpoint, CheckpointError, checkpoint_from, line_hash, line_of
from isodose.store.event import GENESIS
from isodose.store.signing import SigningKey

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class CheckpointFile:
    """The file and the key of its signatures."""

    path: Path
    key: SigningKey

    def last(self) -> tuple[Checkpoint | None, str]:
        """The last checkpoint, and the hash of its line, which the next one names. Raises ``CheckpointError``."""
        line = _last_line(self.path)
        if line is None:
            return None, GENESIS
        try:
            return checkpoint_from(line, self.key), line_hash(line)
        except CheckpointError as error:
            raise CheckpointError(f"{self.path}: the last checkpoint: {error}") from None

    def add(self, checkpoint: Checkpoint) -> str:
        """Add a line; it is on the disk when this returns its hash. Raises ``OSError``."""
        line = line_of(checkpoint, self.key)
        is_new = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # A line that a fault cut off stays as it is: the new one starts below it.
            _write(descriptor, (b"" if _ends_a_line(descriptor) else b"\n") + line + b"\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            _sync_folder(self.path.parent)
        return line_hash(line)

    def read(self) -> Iterator[tuple[int, Checkpoint | CheckpointError]]:
        """Each line by its number, as its checkpoint or what is wrong with it. A missing file has none."""
        expected, previous = 1, GENESIS
        for number, line in _lines(self.path):
            try:
                found = checkpoint_from(line, self.key)
            except CheckpointError as error:
                yield number, error
                continue
            if (found.number, found.previous) != (expected, previous):
                yield number, CheckpointError(f"checkpoint {found.number} stands where {expected} belongs")
            else:
                yield number, found
            expected, previous = found.number + 1, line_hash(line)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that were written to their end. One that was not was never taken for a checkpoint by anybody."""
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return
    with stream:
        for number, line in enumerate(stream, start=1):
            if line.endswith(b"}\n"):
                yield number, line.removesuffix(b"\n")


def _last_line(path: Path) -> bytes | None:
    """The last line that was written to its end, read from the end of the file."""
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return None
    with stream:
        end = stream.seek(0, os.SEEK_END)
        tail = b""
        while end:
            start = max(0, end - _CHUNK)
            stream.seek(start)
            tail = stream.read(end - start) + tail
            end = start
            whole = [line for line in tail.splitlines(keepends=True)[end > 0 :] if line.endswith(b"}\n")]
            if whole:
                return whole[-1].removesuffix(b"\n")
    return None


def _ends_a_line(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def _write(descriptor: int, what: bytes) -> None:
    while what:
        what = what[os.write(descriptor, what) :]


def _sync_folder(folder: Path) -> None:
    """The name of a new file is on the disk as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
