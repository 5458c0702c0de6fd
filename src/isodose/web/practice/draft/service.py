"""The service lines of a draft: code, first and last day, sessions, and what goes with the code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from isodose.desk.line import Line
from isodose.desk.number import MOST_LINES
from isodose.guideline.guideline import Guideline
from isodose.guideline.procedure_codes import PATTERN, SHAPE
from isodose.guideline.text import as_code
from isodose.store.event import Json
from isodose.web.practice.draft.day import A_DAY, day_from
from isodose.web.practice.draft.fields import CODE, END, SESSIONS, START, field_of, of_line
from isodose.web.practice.draft.problem import Problem
from isodose.web.practice.draft.typed import Typed

MOST_SESSIONS = 999


@dataclass(frozen=True, slots=True)
class Service:
    """One line as far as it is said: ``line`` is None until code and first day are, ``facts`` are the flat case's."""

    key: str
    code: str
    start: date | None
    line: Line | None
    facts: dict[str, Json]
    problems: tuple[Problem, ...]


def read_services(typed: Typed, guideline: Guideline, provider: str) -> tuple[Service, ...]:
    """The lines in order, all for the same provider."""
    keys = typed.lines[:MOST_LINES]
    return tuple(_service(typed, guideline, provider, key, number) for number, key in enumerate(keys, 1))


def _service(typed: Typed, guideline: Guideline, provider: str, key: str, number: int) -> Service:
    code = as_code(typed.text(f"{CODE}-{key}"))
    start, end = (day_from(typed.text(f"{name}-{key}")) for name in (START, END))
    problems = tuple(_problems(typed, key, code, number))
    is_whole = code and start and not any(True for problem in problems if not problem.lacks)
    facts: dict[str, Json] = {
        "line": number,
        "procedure_code": code or None,
        "date_of_service": str(start or "") or None,
    }
    facts |= {fact.column: typed.text(field_of(fact, key)) or None for fact in of_line(guideline)}
    line = Line(number, frozenset({code}), start, end, _sessions(typed, key), provider) if is_whole and start else None
    return Service(key, code, start, line, facts, problems)


def _sessions(typed: Typed, key: str) -> int | None:
    text = typed.text(f"{SESSIONS}-{key}")
    is_short = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_SESSIONS))
    return int(text) if is_short and int(text) else None


def _problems(typed: Typed, key: str, code: str, number: int) -> Iterator[Problem]:
    where = f" of line {number}" if len(typed.lines) > 1 else ""
    if not code:
        yield Problem(f"{CODE}-{key}", f"Give the procedure code{where}", lacks=True)
    elif not PATTERN.fullmatch(code):
        yield Problem(f"{CODE}-{key}", f"A procedure code has {SHAPE}")
    if not typed.text(f"{START}-{key}"):
        yield Problem(f"{START}-{key}", f"Give the first day of treatment{where}", lacks=True)
    yield from _days(typed, key)
    if (text := typed.text(f"{SESSIONS}-{key}")) and _sessions(typed, key) is None:
        yield Problem(f"{SESSIONS}-{key}", f"Sessions are a whole number from 1 to {MOST_SESSIONS}, not {text[:40]}")


def _days(typed: Typed, key: str) -> Iterator[Problem]:
    start, end = (day_from(typed.text(f"{name}-{key}")) for name in (START, END))
    for name, day in ((START, start), (END, end)):
        if typed.text(f"{name}-{key}") and day is None:
            yield Problem(f"{name}-{key}", A_DAY)
    if start and end and end < start:
        yield Problem(f"{END}-{key}", f"The last day cannot be before the first, {start}")
