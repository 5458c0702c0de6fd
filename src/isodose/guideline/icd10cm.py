"""The ICD-10-CM release (CDC, public domain): which codes are billable, which are headings, and what each is called.

The file is searched where it lies: it is sorted, so it is unpacked only as far as the code asked for, and a code is found by
bisection of the text. A dictionary of its 98,000 codes would cost more than most runs ask of it.
"""

from __future__ import annotations

import csv
import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

_STEP = 1 << 15
"""Packed bytes that are unpacked at a time."""

_GZIP = 16 + zlib.MAX_WBITS


class IcdCode(NamedTuple):
    """A code of the release, without its dot. One that is not billable is a heading over others."""

    code: str
    billable: bool
    title: str


@dataclass(frozen=True)
class Release:
    """One release: its file (gzipped CSV ``code,billable,title``, sorted by code) and the day it came into force."""

    file: Path
    in_force: date

    def __reduce__(self) -> tuple[type[Release], tuple[Path, date]]:
        """A release is its file and its day; what has been unpacked goes nowhere."""
        return Release, (self.file, self.in_force)

    @cached_property
    def _packed(self) -> bytes:
        return self.file.read_bytes()

    @cached_property
    def _text(self) -> _SortedText:
        return _SortedText(self._packed)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file as it is shipped."""
        return hashlib.sha256(self._packed).hexdigest()

    @cached_property
    def find(self) -> Callable[[str], IcdCode | None]:
        """``find(code)``: the code, given without its dot, or None if the release does not hold it."""
        return lru_cache(maxsize=1 << 16)(self._find)

    def _find(self, code: str) -> IcdCode | None:
        found = next(self._from(code), None)
        return found if found and found.code == code else None

    def below(self, code: str) -> list[IcdCode]:
        """All codes below a heading, in order."""
        return [entry for entry in self.between(code, code) if entry.code != code]

    def between(self, low: str, high: str) -> list[IcdCode]:
        """All codes from ``low`` to ``high``, each bound with everything below it."""
        return list(self.each_between(low, high))

    def each_between(self, low: str, high: str) -> Iterator[IcdCode]:
        """The same codes one by one, for who may stop early."""
        for entry in self._from(low):
            if entry.code[: len(high)] > high:
                return
            yield entry

    def _from(self, code: str) -> Iterator[IcdCode]:
        """The codes from the first one that is not before the given one."""
        for name, billable, title in csv.reader(map(bytes.decode, self._text.lines_from(code.encode()))):
            yield IcdCode(name, billable == "1", title)


class _SortedText:
    """Packed lines ``key,…`` in the order of their keys after a header, unpacked only as far as they are asked for."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._taken = 0
        self._unpacker = zlib.decompressobj(_GZIP)
        self._text = b""
        self._lock = Lock()

    def lines_from(self, key: bytes) -> Iterator[bytes]:
        """The lines from the first one whose key is not before the given one."""
        self._unpack_beyond(key)
        start = self._start_of(key)
        while True:
            end = self._text.find(b"\n", start)
            if end >= 0:
                yield self._text[start:end]
                start = end + 1
            elif not self._unpack_more():
                return

    def _unpack_beyond(self, key: bytes) -> None:
        """Unpack until some whole line lies after the key, or everything is unpacked."""
        while self._last_key() <= key and self._unpack_more():
            pass

    def _last_key(self) -> bytes:
        """The key of the last whole line."""
        end = self._text.rfind(b"\n")
        start = self._text.rfind(b"\n", 0, max(end, 0)) + 1
        return self._text[start:end].partition(b",")[0] if start else b""

    def _unpack_more(self) -> bool:
        """Whether there was more to unpack."""
        with self._lock:  # a program is shared between threads
            taken = self._packed[self._taken : self._taken + _STEP]
            self._taken += len(taken)
            self._text += self._unpacker.decompress(taken)
        return bool(taken)

    def _start_of(self, key: bytes) -> int:
        """Where the first line starts whose key is not before the given one."""
        text = self._text
        low, high = text.index(b"\n") + 1, text.rfind(b"\n") + 1
        while low < high:
            start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = text.index(b"\n", start)
            if text[start : text.index(b",", start)] < key:
                low = end + 1
            else:
                high = start
        return low
