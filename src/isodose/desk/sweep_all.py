"""What time alone does, to all requests: those at which something is due are visited, and each is marked once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from isodose.desk.fold import ImpossibleHistoryError
from isodose.desk.office import Office
from isodose.store.database import Database
from isodose.store.errors import DamagedError, StaleError
from isodose.store.event import whole_milliseconds
from isodose.store.find import Found, Wanted, worklist

_AFTERWARDS = timedelta(milliseconds=1)
"""A deadline is the first moment that is too late, so what is due in this very moment is visited."""


@dataclass(frozen=True, slots=True)
class Swept:
    """``visited`` requests, those ``marked`` by their tracking numbers, and ``problems`` in words with those that cannot be read."""

    visited: int
    marked: tuple[str, ...]
    problems: tuple[str, ...]


def sweep_all(office: Office, now: datetime) -> Swept:
    """Mark what is late or over by now in every request. To sweep again marks nothing, and one that moves meanwhile waits.

    What is overdue is visited until it is done, so the work grows with what is late, not with what there is.
    """
    visited, marked, problems = 0, list[str](), list[str]()
    for found in _due(office.record.database, now):
        visited += 1
        try:
            if _is_marked(office, found.request, now):
                marked.append(found.request)
        except (DamagedError, ImpossibleHistoryError) as error:
            problems.append(str(error))
    return Swept(visited, tuple(marked), tuple(problems))


def _due(database: Database, now: datetime) -> Iterator[Found]:
    wanted = Wanted(due_before=whole_milliseconds(now) + _AFTERWARDS)
    page = worklist(database, wanted)
    while page:
        yield from page
        page = worklist(database, wanted, after=page[-1])


def _is_marked(office: Office, tracking: str, now: datetime) -> bool:
    case = office.case(tracking)
    if case is None:
        return False
    try:
        return office.sweep(case, now).request.number > case.request.number
    except StaleError:  # whoever acted meanwhile has marked what was late
        return False
