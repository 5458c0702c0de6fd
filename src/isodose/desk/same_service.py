"""Codes that describe the same service for different billers: approved as a set (reading A17).

77385 and 77386 are billed by hospitals, G6015 and G6016 by offices, and since 2026-01-01 all of them as 77407 or 77412: who bills
may differ from who asked, and a course may cross the new year under one authorization. That they are the same is read from the
guideline's own ``codes.csv``: they can mean the same techniques and have the same successors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from isodose.desk.line import Line
from isodose.guideline.procedure_codes import ProcedureCode
from isodose.guideline.tree import ALWAYS, Period

Codes = Mapping[str, ProcedureCode]


@dataclass(frozen=True, slots=True)
class CodeOnDates:
    """A code and the days on which it may be billed for the service."""

    code: str
    days: Period


def same_service(code: str, codes: Codes) -> tuple[CodeOnDates, ...]:
    """The code, those that mean the same, and what came after them, each with its days. Sorted by code.

    A code that is not listed, or that has no successors, is alone: nothing says what else would mean the same.
    """
    listed = codes.get(code)
    if listed is None or not listed.successors:
        return (_alone(code, listed),)
    return tuple(sorted((*_alike(listed, codes), *_after(listed, codes)), key=lambda one: one.code))


def with_same_service(line: Line, codes: Codes) -> Line:
    """The line with every code that may be billed for its service: what an approval grants."""
    return replace(line, codes=frozenset(one.code for name in line.codes for one in same_service(name, codes)))


def billable(code: str, asked: frozenset[str], codes: Codes, day: date) -> bool:
    """Whether a code may be billed on a day for a service that was asked for under other codes."""
    return any(one.code == code and one.days.holds(day) for name in asked for one in same_service(name, codes))


def _alike(listed: ProcedureCode, codes: Codes) -> Iterator[CodeOnDates]:
    for other in codes.values():
        if other.means == listed.means and set(other.successors) == set(listed.successors):
            yield _alone(other.code, other)


def _after(listed: ProcedureCode, codes: Codes) -> Iterator[CodeOnDates]:
    """Successors, from the day after the code has ended."""
    ended = listed.valid.until
    for name in listed.successors:
        own = _alone(name, codes.get(name))
        yield CodeOnDates(name, Period(ended and ended + timedelta(days=1), own.days.until))


def _alone(code: str, listed: ProcedureCode | None) -> CodeOnDates:
    return CodeOnDates(code, listed.valid if listed else ALWAYS)
