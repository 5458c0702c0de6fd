"""Letters that wait to be written, in all requests: found, and written a few at a time, the newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from isodose.desk.case import Case
from isodose.desk.transitions import Do
from isodose.letters.kind import LETTERS
from isodose.letters.writing import Writer
from isodose.pages.pdf import NoPangoError
from isodose.store.errors import StaleError, UnavailableError
from isodose.store.event import whole_milliseconds
from isodose.store.find import unanswered

LOOK_BACK = timedelta(days=14)
"""What is older and has no letter was told by other means, or is a person's to look into."""

OVERLAP = timedelta(minutes=10)
"""An event is stored a little later than its moment: what is this young is looked at once more."""

AT_MOST = 20
"""Letters in a round, but for those of its last request: each takes about a second of one processor."""


@dataclass(frozen=True, slots=True)
class Round:
    """How many letters were ``written``, which requests have none because of which kind of problem, and from when on to look next."""

    written: int
    problems: tuple[tuple[str, str], ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """``when`` gives the moment that a case's letters are dated with; ``look_back`` is how far an event may lie back."""

    writer: Writer
    when: Callable[[Case, datetime], datetime] = lambda _, now: now
    look_back: timedelta = LOOK_BACK

    def round(self, now: datetime, since: datetime | None = None, most: int = AT_MOST) -> Round:
        """Write what waits. ``since`` is where the round before left off; without it, all that may be looked back at is.

        A request that moves meanwhile, and one whose letters cannot be made, keeps no other waiting. Raises ``UnavailableError``, ``NoPangoError``.
        """
        now = whole_milliseconds(now)
        since, is_whole, written, problems = since or now - self.look_back, True, 0, list[tuple[str, str]]()
        for tracking in unanswered(self.writer.office.record.database, LETTERS, Do.WRITE_LETTER, since):
            if written >= most:
                is_whole = False
                break
            try:
                written += self._written(tracking, now)
            except StaleError:  # it moved, or another program writes the same
                is_whole = False
            except (UnavailableError, NoPangoError):
                raise
            except Exception as error:  # noqa: BLE001 (whatever is wrong with one request)
                problems.append((tracking, type(error).__name__))
        return Round(written, tuple(problems), now - OVERLAP if is_whole else since)

    def _written(self, tracking: str, now: datetime) -> int:
        """How many letters a request has more."""
        case = self.writer.office.case(tracking)
        if case is None:
            return 0
        after = self.writer.write(case, self.when(case, now), now - self.look_back)
        return after.request.number - case.request.number
