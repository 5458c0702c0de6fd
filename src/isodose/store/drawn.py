"""Units that claim lines drew from authorizations, and gave back. Rows are only ever added.

A line's first row draws, its second gives the same back, and only then can it draw again. The database holds the order of a line's
rows by their numbers, so that of two programs that post the same line at once one is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from isodose.store.database import Database
from isodose.store.dialect import hold_writers
from isodose.store.errors import StoreError
from isodose.store.event import check_name
from isodose.store.tables import DRAWN

One = TypeVar("One")

ClaimLine = tuple[str, str]
"""A claim and the line in it, as texts."""

_AT_ONCE = 500
"""Rows that are read or written together, within one transaction."""

_NUMBERS = (
    select(DRAWN.c.claim, DRAWN.c.line, func.max(DRAWN.c.number).label("number"))
    .where(DRAWN.c.claim.in_(bindparam("claims", expanding=True)))
    .group_by(DRAWN.c.claim, DRAWN.c.line)
)
_LATER = DRAWN.alias()
_STANDING = select(DRAWN).where(
    DRAWN.c.units > 0,
    ~select(_LATER.c.position)
    .where(_LATER.c.claim == DRAWN.c.claim, _LATER.c.line == DRAWN.c.line, _LATER.c.number == DRAWN.c.number + 1)
    .exists(),
)
_STANDING_OF = _STANDING.where(DRAWN.c.claim.in_(bindparam("claims", expanding=True)))
_OF_AUTHORIZATIONS = select(DRAWN.c.authorization, func.sum(DRAWN.c.units).label("units")).group_by(
    DRAWN.c.authorization
)


@dataclass(frozen=True, slots=True)
class Draw:
    """What one claim line draws: how many units, of which authorization, for which day."""

    claim: str
    line: str
    authorization: str
    units: int
    day: date


@dataclass(frozen=True, slots=True)
class Posting:
    """Under what rows are written: ``run`` names what was done at once, ``by`` is who did it."""

    run: str
    at: datetime
    by: str


def standing(database: Database) -> Iterator[Draw]:
    """What is drawn and was not given back, line after line."""
    with database.reading() as connection:
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(_STANDING):
            yield _draw(row)


def units_drawn(database: Database, authorizations: Collection[str] | None = None) -> dict[str, int]:
    """How many units are drawn of each authorization of which a line ever drew, of all or of some."""
    asked = _OF_AUTHORIZATIONS
    if authorizations is not None:
        asked = asked.where(DRAWN.c.authorization.in_(authorizations))
    with database.reading() as connection:
        return {row.authorization: int(row.units) for row in connection.execute(asked)}


def last_position(database: Database) -> int:
    """That of the row that was written last; 0 if nothing was ever drawn."""
    with database.reading() as connection:
        return _position(connection)


def post(database: Database, draws: Iterable[Draw], posting: Posting, since: int) -> int:
    """All of the draws or none; how many. ``since`` is the last position when the caller read what is drawn.

    Raises ``StoreError`` if somebody posted after that, and for a line that has drawn already.
    """
    with _writing(database) as connection:
        if _position(connection) != since:
            raise StoreError("units were posted by somebody else meanwhile, so nothing is posted; run this again")
        return sum(_write(connection, some, posting) for some in _some(draws))


@contextmanager
def giving_back(database: Database, lines: Iterable[ClaimLine], posting: Posting) -> Iterator[tuple[Draw, ...]]:
    """What those of the lines have drawn that stand, given back once this ends without an error: all or nothing."""
    given: list[Draw] = []
    with _writing(database) as connection:
        for some in _some(dict.fromkeys(lines)):
            rows = connection.execute(_STANDING_OF, {"claims": list({claim for claim, _ in some})})
            found = {(row.claim, row.line): _draw(row) for row in rows}
            theirs = [found[line] for line in some if line in found]
            _write(connection, list(map(_reversal, theirs)), posting)
            given += theirs
        yield tuple(given)


def wrong_draws(database: Database) -> Iterator[str]:
    """What cannot have been written by this module: a line that drew twice, or gave back what it had not drawn."""
    ordered = select(DRAWN).order_by(DRAWN.c.claim, DRAWN.c.line, DRAWN.c.number)
    with database.reading() as connection:
        for (claim, line), rows in groupby(connection.execute(ordered), key=lambda row: (row.claim, row.line)):
            if fault := _fault(list(rows)):
                yield f"claim {claim}, line {line}: {fault}"


@contextmanager
def _writing(database: Database) -> Iterator[Connection]:
    """One writer at a time, so that what is drawn stays as it was looked at."""
    try:
        with database.writing() as connection:
            hold_writers(connection, DRAWN)
            yield connection
    except IntegrityError:
        raise StoreError(
            "a line draws twice, so nothing is posted: give each line once, and reverse what it drew before"
        ) from None


def _position(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(DRAWN.c.position), 0))).scalar_one())


def _some(all_: Iterable[One]) -> Iterator[list[One]]:
    rest = iter(all_)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _write(connection: Connection, draws: Sequence[Draw], posting: Posting) -> int:
    rows = connection.execute(_NUMBERS, {"claims": list({one.claim for one in draws})})
    numbers = {(row.claim, row.line): row.number for row in rows}
    if draws:
        written = [_row(one, numbers.get((one.claim, one.line), 0) + 1, posting) for one in draws]
        connection.execute(insert(DRAWN), written)
    return len(draws)


def _row(draw: Draw, number: int, posting: Posting) -> dict[str, object]:
    for what, name in (
        ("claim", draw.claim),
        ("line", draw.line),
        ("authorization", draw.authorization),
        ("by", posting.by),
    ):
        check_name(what, name)
    return {**asdict(draw), "day": draw.day.isoformat(), "number": number, **asdict(posting)}


def _reversal(draw: Draw) -> Draw:
    return replace(draw, units=-draw.units)


def _draw(row: Row[Any]) -> Draw:
    return Draw(row.claim, row.line, row.authorization, row.units, date.fromisoformat(row.day))


def _fault(rows: Sequence[Row[Any]]) -> str:
    """What is wrong with the rows of one line; empty if nothing is."""
    for number, row in enumerate(rows, start=1):
        if row.number != number:
            return f"row {number} is not there"
        before = rows[number - 2]
        if row.units < 0 and _reversal(_draw(before)) != _draw(row):
            return f"row {number} gives back what row {number - 1} did not draw"
    return ""
