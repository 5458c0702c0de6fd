"""The ICD-10-CM release (CDC, public domain): which codes are billable, which are headings, and what each is called.

The file is read and unpacked once and searched where it lies: it is sorted, so a code is found by bisection of the text.
A dictionary of its 98,000 codes would cost more than most runs ask of it.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple


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

    @cached_property
    def _packed(self) -> bytes:
        return self.file.read_bytes()

    @cached_property
    def _text(self) -> bytes:
        return gzip.decompress(self._packed)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file as it is shipped."""
        return hashlib.sha256(self._packed).hexdigest()

    @cached_property
    def find(self) -> Callable[[str], IcdCode | None]:
        """``find(code)``: the code, given without its dot, or None if the release does not hold it."""
        return lru_cache(maxsize=1 << 16)(self._find)

    def _find(self, code: str) -> IcdCode | None:
        wanted = code.encode()
        found = next(self._from(self._start_of(wanted)), None)
        return found if found and found.code == code else None

    def below(self, code: str) -> list[IcdCode]:
        """All codes below a heading, in order."""
        found = []
        for below in self._from(self._start_of(code.encode())):
            if not below.code.startswith(code):
                break
            if below.code != code:
                found.append(below)
        return found

    def between(self, low: str, high: str) -> list[IcdCode]:
        """All codes from ``low`` to ``high``, each bound with everything below it."""
        found = []
        for entry in self._from(self._start_of(low.encode())):
            if entry.code[: len(high)] > high:
                break
            found.append(entry)
        return found

    def _start_of(self, wanted: bytes) -> int:
        """Where the first line starts whose code is not before the wanted one."""
        text = self._text
        low, high = text.index(b"\n") + 1, len(text)
        while low < high:
            start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = text.find(b"\n", start)
            if text[start : text.index(b",", start)] < wanted:
                low = end + 1
            else:
                high = start
        return low

    def _from(self, start: int) -> Iterator[IcdCode]:
        text = self._text
        while start < len(text):
            end = text.index(b"\n", start)
            code, billable, title = next(csv.reader([text[start:end].decode()]))
            yield IcdCode(code, billable == "1", title)
            start = end + 1
