"""The editions over two times: the day each was decided, and the dates of service that it rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from isodose.guideline.edition import Edition

WIDTH = 800
_LEFT, _RIGHT = 40, 150
_ROW = 24
_TOP = 20
_MONTHS_BETWEEN_TICKS = (1, 3, 6, 12, 24)
_MOST_TICKS = 10
_LOOKAHEAD = 1.25
"""The newest edition rules on; the drawing goes a quarter further than the dates known."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis."""

    x: float
    says: str


@dataclass(frozen=True, slots=True)
class Bar:
    """An edition: where the day of its decision lies, and the dates of service that it rules (``width`` 0: none, ever)."""

    decided: float
    start: float
    width: float
    y: float
    says: str
    is_shown: bool

    @property
    def label(self) -> float:
        """Where its words start: right of all that is drawn."""
        return max(self.start + self.width, self.decided + 4) + 8


@dataclass(frozen=True, slots=True)
class Timeline:
    """All editions, oldest first, in units of the drawing."""

    width: int
    height: int
    floor: int
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]


def timeline(editions: tuple[Edition, ...], shown: Edition) -> Timeline:
    """The drawing; the edition on the page stands out."""
    days = [day for edition in editions for day in (edition.effective, edition.decided)]
    first, last = min(days).toordinal(), max(days).toordinal()
    last = first + round(max(last - first, 365) * _LOOKAHEAD)
    scale = (WIDTH - _LEFT - _RIGHT) / (last - first)

    def x(day: float) -> float:
        return round(_LEFT + (day - first) * scale, 1)

    bars = tuple(
        Bar(
            x(edition.decided.toordinal()),
            x(edition.effective.toordinal()),
            round(max(0.0, x(end) - x(edition.effective.toordinal())), 1),
            _TOP + _ROW * place,
            f"{edition.decided}{', reconstructed' if edition.reconstructed else ''}",
            edition is shown,
        )
        for place, (edition, end) in enumerate(zip(editions, _ends(editions, last), strict=True))
    )
    floor = _TOP + _ROW * len(editions) - 8
    return Timeline(
        WIDTH, floor + 22, floor, tuple(Tick(x(day.toordinal()), says) for day, says in _ticks(first, last)), bars
    )


def _ends(editions: tuple[Edition, ...], last: int) -> Iterator[float]:
    """Where each edition's reign over dates of service ends, as known when the next one was decided."""
    for place, edition in enumerate(editions):
        later = [other for other in editions[place + 1 :] if other.effective >= edition.effective]
        following = later[0] if later else None
        if following is None:
            yield last
        elif following.effective > edition.effective:
            yield following.effective.toordinal()
        else:
            yield max(following.decided, edition.effective).toordinal()


def _ticks(first: int, last: int) -> Iterator[tuple[date, str]]:
    start, end = date.fromordinal(first), date.fromordinal(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    step = next((step for step in _MONTHS_BETWEEN_TICKS if months / step <= _MOST_TICKS), _MONTHS_BETWEEN_TICKS[-1])
    for month in range(start.year * 12, end.year * 12 + 12, step):
        day = date(month // 12, month % 12 + 1, 1)
        if start < day < end:
            yield day, f"{day:%b %Y}" if day.month == 1 or step >= 12 else f"{day:%b}"  # noqa: PLR2004 (months of a year)
