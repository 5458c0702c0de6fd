"""Units drawn by the lines of one member, one after the other: where more is billed than was authorized, the order decides.

A line draws all of its units from one authorization or nothing at all; smaller lines after it may still fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Place = int
"""An authorization's place in the list of its member."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a line would draw: its units (None: unknown), where it surely fits, and where it may fit, the first choice first."""

    row: int
    need: int | None
    fits: tuple[Place, ...]
    may_fit: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of it: from where it was drawn, else where most is left and how much; whether what is unknown decides.

    ``left`` None is no limit.
    """

    row: int
    drawn: Place | None
    most: Place | None
    left: int | None
    is_open: bool


def drawn_by(
    lines: Iterable[Drawing], limits: Mapping[Place, int | None], counted_at: Mapping[Place, Place] | None = None
) -> Iterator[Drawn]:
    """The lines in their order, with the authorizations' limits. A line whose units are unknown draws from none that has a limit.

    ``counted_at`` says which places count their units together, by the first of them: one authorization that was changed from a day
    on has a place, and a limit, for each span of days, and whatever was drawn of it counts in all.
    """
    counted = counted_at or {place: place for place in limits}
    used = dict.fromkeys(counted.values(), 0)
    for line in lines:
        left = {place: _left(limit, used[counted[place]]) for place, limit in limits.items()}
        place = next((one for one in line.fits if _holds(left[one], line.need)), None)
        if place is not None:
            yield Drawn(line.row, place, None, None, is_open=False)
            used[counted[place]] += line.need or 0
        else:
            yield _refused(line, left)


def _refused(line: Drawing, left: Mapping[Place, int | None]) -> Drawn:
    places = (*line.fits, *line.may_fit)
    most = max(places, key=lambda place: _size(left[place]), default=None)
    need = 1 if line.need is None else line.need
    open_at = (*(line.fits if line.need is None else ()), *line.may_fit)
    return Drawn(
        line.row,
        None,
        most,
        None if most is None else left[most],
        is_open=any(_holds(left[place], need) for place in open_at),
    )


def _holds(left: int | None, need: int | None) -> bool:
    return left is None or (need is not None and need <= left)


def _left(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)


def _size(left: int | None) -> float:
    return float("inf") if left is None else left
