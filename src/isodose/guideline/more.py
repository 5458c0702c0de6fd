"""What is told beside a yes: once for each earlier course, for instance, its end, its site and its dose.

No rule asks for it. A reviewer does, so a form asks for all of it, and takes `unknown` where a record cannot be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from isodose.guideline.dates import date_from

UNKNOWN = "unknown"

_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d{2})?", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)


class DetailType(StrEnum):
    """How a detail is written. A past day may be a year or a month, and is not to come."""

    WORDS = "words"
    DAY = "day"
    PAST_DAY = "past day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that is told. ``unit`` is empty for what is no number, or a plain count."""

    name: str
    type: DetailType
    title: str
    help: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class More:
    """What a yes is told with, once for ``each`` (an earlier course). Its days are told in the order in which they came."""

    each: str
    details: tuple[Detail, ...]

    def words(self, row: Mapping[str, str]) -> str:
        """One of them in a line: what was told, each with its title."""
        told = ((one, row.get(one.name, "")) for one in self.details)
        return "; ".join(f"{one.title.lower()} {_with_unit(one, said)}" for one, said in told if said)


def _with_unit(detail: Detail, said: str) -> str:
    return f"{said} {detail.unit}" if detail.unit and said != UNKNOWN else said


def row_problems(more: More, row: Mapping[str, str], today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with one of them, each with the name of its detail; what is not told yet is not wrong."""
    latest = ""
    for detail in more.details:
        said = row.get(detail.name, "")
        if not said or said == UNKNOWN:
            continue
        if problem := _problem(detail, said, today):
            yield detail.name, f"{detail.title}: {problem}"
        elif detail.type in (DetailType.DAY, DetailType.PAST_DAY):
            if said[: len(latest)] < latest[: len(said)]:
                yield detail.name, f"{detail.title}: {said} lies before {latest}"
            latest = said


def _problem(detail: Detail, said: str, today: date) -> str | None:
    match detail.type:
        case DetailType.WORDS:
            return None
        case DetailType.NUMBER:
            right = _NUMBER.fullmatch(said) and float(said) > 0
            of = f" of {detail.unit}" if detail.unit else ""
            return None if right else f"a number{of} such as 45 or 50.4, or “{UNKNOWN}”, not “{said[:40]}”"
        case DetailType.DAY:
            return None if date_from(said) else f"a day is written like 2026-12-03, or “{UNKNOWN}”, not “{said[:40]}”"
        case DetailType.PAST_DAY:
            return _past_problem(said, today)


def _past_problem(said: str, today: date) -> str | None:
    whole = f"{said}-01-01"[: len("YYYY-MM-DD")] if _YEAR_OR_MONTH.fullmatch(said) else said
    day = date_from(whole)
    if day is None:
        return (
            f"a day, a month or a year is written like 2019-05-14, 2019-05 or 2019, or “{UNKNOWN}”, not “{said[:40]}”"
        )
    return f"{said} is still to come" if day > today else None
