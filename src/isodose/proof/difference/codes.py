"""Diagnosis codes folded to the few ranges that people write: C61, C00-C14, C79.31."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from isodose.guideline.diagnoses import with_dot
from isodose.guideline.icd10cm import Release

_LAST, _AFTER_LAST = "Z", "["
_CATEGORY = 3
"""Letters of a code's category, the shortest thing that is written."""

MOST_RANGES = 12
"""Of more ranges than this the first are named, and how many there are."""


def folded(release: Release, starts: Iterable[str], is_in: Callable[[str], bool]) -> list[str]:
    """The ranges of the release's billable codes that fulfil something; between two codes of a range no other lies.

    From one of the ``starts`` to before the next all codes are alike: ``is_in`` is asked of a start.
    """
    return [
        _range(release, run) for start, end in _runs(sorted(starts), is_in) if (run := _billable(release, start, end))
    ]


def _runs(starts: Sequence[str], is_in: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """From where to before where codes fulfil it, as long as can be."""
    ends = [*starts[1:], _AFTER_LAST]
    for wanted, run in groupby(zip(starts, ends, strict=True), key=lambda pair: is_in(pair[0])):
        pairs = list(run)
        if wanted:
            yield pairs[0][0], pairs[-1][1]


def _billable(release: Release, start: str, end: str) -> list[str]:
    entries = takewhile(lambda entry: entry.code < end, release.each_between(start, _LAST))
    return [entry.code for entry in entries if entry.billable]


def _range(release: Release, run: list[str]) -> str:
    """Codes that follow each other, by the shortest headings that have all their codes among them."""
    members = frozenset(run)
    low, high = (_heading(release, code, members) for code in (run[0], run[-1]))
    return with_dot(low) if low == high else f"{with_dot(low)}-{with_dot(high)}"


def _heading(release: Release, code: str, members: frozenset[str]) -> str:
    beside = [entry.code for entry in release.between(code[:_CATEGORY], code[:_CATEGORY]) if entry.billable]
    for length in range(_CATEGORY, len(code)):
        if all(other in members for other in beside if other.startswith(code[:length])):
            return code[:length]
    return code


def listed_ranges(ranges: Iterable[str]) -> str:
    """The ranges in a sentence; of many the first, and how many there are."""
    found = list(ranges)
    shown, rest = found[:MOST_RANGES], len(found) - MOST_RANGES
    return ", ".join(shown) + (f" and {rest} more ranges" if rest > 0 else "")
