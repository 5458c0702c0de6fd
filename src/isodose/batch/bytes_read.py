"""How far a query over Parquet files is, by the bytes that the process has read of them: it reads them once, and one column twice.

DuckDB's own estimate stands still at about half where tables are joined. Only Linux counts the bytes that a process reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.compile.duckdb.sql import text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COUNTED = Path("/proc/self/io")

_NEARLY = 0.99
"""What was read last is still to be answered and written."""


class BytesRead:
    """Counts from now on. ``twice`` is the name of the column that is read twice, where there is one."""

    def __init__(self, connection: DuckDBPyConnection, files: Iterable[Path], twice: str | None) -> None:
        paths = list(files)
        self._all = sum(path.stat().st_size for path in paths) + _bytes_of(connection, paths, twice)
        self._before = _read_so_far()

    @property
    def share(self) -> float | None:
        """The share of the bytes that has been read; None where nobody counts."""
        read = _read_so_far()
        if read is None or self._before is None:
            return None
        return min((read - self._before) / max(1, self._all), _NEARLY)


def _bytes_of(connection: DuckDBPyConnection, paths: list[Path], column: str | None) -> int:
    files = "[" + ", ".join(text(str(path)) for path in paths) + "]"
    found = connection.execute(
        f"select sum(total_compressed_size) from parquet_metadata({files}) where split_part(path_in_schema, ', ', 1) = $1",  # noqa: S608
        [column],
    ).fetchone()
    return int(found[0] or 0) if found else 0


def _read_so_far() -> int | None:
    """Linux writes it first: `rchar: 4096`."""
    try:
        return int(_COUNTED.read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
