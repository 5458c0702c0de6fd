"""Finding a diagnosis of the ICD-10-CM release by its code or by words of its title; headings are never offered."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from threading import Lock

from isodose.guideline.diagnoses import with_dot
from isodose.guideline.guideline import Guideline
from isodose.guideline.icd10cm import IcdCode, Release
from isodose.guideline.text import as_code

MOST = 20
"""Diagnoses that are offered at once; who needs more narrows the search."""

_LONGEST = 100
"""Letters of a search that are looked at."""

_CODE = re.compile(r"[A-Za-z][0-9][0-9A-Za-z.]*")


@dataclass(frozen=True, slots=True)
class FoundCodes:
    """The first ``MOST`` billable codes that fit, and how many there are."""

    codes: tuple[IcdCode, ...]
    count: int


def chapters(guideline: Guideline) -> str:
    """The letters that codes begin with, those first of which the guideline's map speaks most."""
    counted = Counter(row.low[0] for row in guideline.diagnoses.rows if row.home)
    return "".join(letter for letter, _ in counted.most_common())


def find_diagnoses(release: Release, sought: str, first: str = "") -> FoundCodes:
    """By the beginning of a code (with or without its dot), else by words, each of which begins a word of the title.

    Of what words find, codes that begin with a letter of ``first`` come first, in its order.
    """
    sought = sought.strip()[:_LONGEST]
    if not sought:
        return FoundCodes((), 0)
    found = _by_code(release, sought) if _CODE.fullmatch(sought) else []
    found = found or _by_words(release, sought, first)
    return FoundCodes(tuple(found[:MOST]), len(found))


def named(release: Release, code: str) -> str:
    """The code's title; empty if the release does not hold it."""
    entry = release.find(as_code(code).replace(".", ""))
    return entry.title if entry else ""


def dotted(code: str) -> str:
    """A code as it is printed, however it was typed."""
    return with_dot(as_code(code).replace(".", ""))


def _by_code(release: Release, sought: str) -> list[IcdCode]:
    start = as_code(sought).replace(".", "")
    return [entry for entry in release.between(start, start) if entry.billable]


def _by_words(release: Release, sought: str, first: str) -> list[IcdCode]:
    """Titles that hold all words, the plain disease before its special forms."""
    longest, *others = sorted((f" {word}" for word in _plain(sought).split()), key=len, reverse=True) or [""]
    found = [entry for entry, title in _titles(release).with_word(longest) if all(word in title for word in others)]
    rank = {letter: place for place, letter in enumerate(first)}
    return sorted(found, key=lambda entry: (rank.get(entry.code[0], len(rank)), len(entry.title.split()), entry.code))


class _Titles:
    """All billable titles as one text to search in, a line for each, with the codes of the lines."""

    def __init__(self, release: Release) -> None:
        self._entries = [entry for entry in release.each_between("A", "Z") if entry.billable]
        self._lines = [f" {_plain(entry.title)}\n" for entry in self._entries]
        self._starts = list(accumulate(map(len, self._lines), initial=0))
        self._text = "".join(self._lines)

    def with_word(self, word: str) -> Iterator[tuple[IcdCode, str]]:
        """The codes whose titles hold a word, with the titles as they are searched; none for no word."""
        at = self._text.find(word) if word else -1
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield self._entries[line], self._lines[line]
            at = self._text.find(word, self._starts[line + 1])


def prepare(release: Release) -> None:
    """Make what a search by words looks through, so that the first to search does not wait for it."""
    _titles(release)


def _titles(release: Release) -> _Titles:
    """Made once; who searches meanwhile waits for it, and does not make it again."""
    with _MAKING:
        return titles_of(release)


@lru_cache(2)
def titles_of(release: Release) -> _Titles:
    return _Titles(release)


_MAKING = Lock()


def _plain(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return " ".join(re.findall(r"[0-9a-z]+", text.lower()))
