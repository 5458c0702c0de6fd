"""Whom a revision touches among stored requests: each line's answer under one edition and under another.

Both editions are taken as if they had always been in force, as the difference of two editions takes them. No decision is changed by
this: it shows what the plan would see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from isodose.desk.case import Case
from isodose.desk.publishing import Answer, Publication, Touched, changed_by
from isodose.desk.state import OPEN, State
from isodose.determination.program import Program
from isodose.guideline.edition import Edition
from isodose.guideline.guideline import Guideline
from isodose.proof.difference.units import ruling_all
from isodose.store.find import Found, Wanted, newest, worklist
from isodose.web.services import Services

LAST = timedelta(days=365)
"""How long ago the last step of a decided request may be."""

MOST = 1000
"""Requests that are looked at, of the open ones and of the others; `isodose diff --on` takes any number."""

_AT_ONCE = 100
"""Histories that are read at once."""

_NEXT = timedelta(days=2)
"""An edition is known on every clock two days after it was decided."""

_OPEN = (*(state.value for state in OPEN), State.OVERDUE.value)


@dataclass(frozen=True, slots=True)
class Change:
    """One line that is answered otherwise, and whether the plan still owes its request an answer."""

    touched: Touched
    is_open: bool

    @property
    def before(self) -> str:
        return _said(self.touched.before)

    @property
    def after(self) -> str:
        return _said(self.touched.after)


@dataclass(frozen=True, slots=True)
class Looked:
    """How many requests were looked at, whether there are more, and the lines that change."""

    open: int
    others: int
    more: bool
    changes: tuple[Change, ...]

    @property
    def requests(self) -> int:
        return self.open + self.others

    def counts(self) -> list[tuple[str, str, int, int]]:
        """Before, after, how many lines of open requests and how many of others; the most first."""
        pairs = Counter((one.before, one.after) for one in self.changes)
        of_open = Counter((one.before, one.after) for one in self.changes if one.is_open)
        return [(*pair, of_open[pair], number - of_open[pair]) for pair, number in pairs.most_common()]


def look(services: Services, old: Edition, new: Edition, now: datetime) -> Looked:
    """All open requests and those of the last year, the newest of them where there are very many."""
    open_ = _open(services)
    others = _others(services, now)
    known = max(now, *(datetime.combine(one.decided, time(), UTC) + _NEXT for one in (old, new)))
    now_, then = (_program(services.guideline, one) for one in (old, new))
    publication = Publication(now_, then, known, services.policy)
    changes = (
        *_changes(services, publication, open_[:MOST], is_open=True),
        *_changes(services, publication, others[:MOST], is_open=False),
    )
    more = max(len(open_), len(others)) > MOST
    return Looked(min(len(open_), MOST), min(len(others), MOST), more, changes)


def _open(services: Services) -> list[Found]:
    """The next deadline first, one more than is looked at."""
    return worklist(services.database, Wanted(_OPEN), most=MOST + 1)


def _others(services: Services, now: datetime) -> list[Found]:
    """What happened last first, one more than is looked at."""
    others = [state.value for state in State if state.value not in _OPEN]
    found = newest(services.database, Wanted(others), most=MOST + 1)
    return [one for one in found if one.at >= now - LAST]


def _changes(
    services: Services, publication: Publication, found: Sequence[Found], *, is_open: bool
) -> Iterator[Change]:
    for start in range(0, len(found), _AT_ONCE):
        requests = [one.request for one in found[start : start + _AT_ONCE]]
        histories = services.office.record.histories(requests)
        cases = (Case.of(histories[request]) for request in requests)
        yield from (Change(one, is_open) for one in changed_by(publication, cases))


def _said(answer: Answer) -> str:
    """The outcome in words, with the reason of a review."""
    words = answer.outcome.value.replace("-", " ")
    return f"{words} ({answer.reason.value.replace('-', ' ')})" if answer.reason else words


@lru_cache(8)
def _program(guideline: Guideline, edition: Edition) -> Program:
    return Program(ruling_all(guideline, edition).guideline)
