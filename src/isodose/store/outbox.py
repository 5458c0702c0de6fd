"""Letters on their way: which are to be sent, how often each was tried, what came of it. By which rule is the caller's business."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, update

from isodose.store.database import Database
from isodose.store.dialect import insert_new
from isodose.store.seen import DOCUMENT, DOWNLOAD, PORTAL
from isodose.store.tables import ACCOUNT, EVENT, HEAD, OUTBOX, SEEN

PAGE = 100
"""Letters that are listed at once, unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One letter on its one way. ``letter`` is the number of the event that wrote it, ``sha256`` its PDF's, ``place`` where it goes."""

    request: str
    letter: int
    reader: str
    channel: str
    place: str
    sha256: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Way:
    """How far a parcel has come. ``next`` is when it is tried, None once it is ``done``; then there is a ``proof``.

    ``problem`` is what came of the last try; empty before the first.
    """

    parcel: Parcel
    tries: int = 0
    next: datetime | None = None
    problem: str = ""
    done: datetime | None = None
    proof: str = ""

    @property
    def stage(self) -> Stage:
        if self.done:
            return Stage.DONE
        return Stage.FAILED if self.problem else Stage.WAITING


class Stage(StrEnum):
    """How far a parcel has come, in a word."""

    WAITING = "waiting"
    FAILED = "failed"
    DONE = "sent"


@dataclass(frozen=True, slots=True)
class Opened:
    """A parcel whose document an account of its practice has seen, and since when; ``took`` says that it was downloaded."""

    way: Way
    at: datetime
    account: str
    took: bool


def unlisted(database: Database, kind: str, since: datetime) -> list[tuple[str, int]]:
    """The events of a kind, at or after a moment, of which no parcel is listed: each request with the event's number."""
    query = (
        select(EVENT.c.request, EVENT.c.number)
        .join(HEAD, HEAD.c.request == EVENT.c.request)
        .outerjoin(OUTBOX, and_(OUTBOX.c.request == EVENT.c.request, OUTBOX.c.letter == EVENT.c.number))
        .where(HEAD.c.at >= since, EVENT.c.kind == kind, EVENT.c.at >= since, OUTBOX.c.request.is_(None))
        .order_by(EVENT.c.request, EVENT.c.number)
    )
    with database.reading() as connection:
        return [(row.request, row.number) for row in connection.execute(query)]


def put_out(database: Database, ways: Sequence[Way]) -> int:
    """List them; those that are listed stay as they are. How many are new."""
    with database.writing() as connection:
        return insert_new(connection, OUTBOX, [_row(way) for way in ways])


def due(database: Database, now: datetime, channels: Collection[str], most: int = PAGE) -> list[Way]:
    """What is to be tried by one of these channels now, what has waited longest first."""
    query = select(OUTBOX).where(OUTBOX.c.next <= now, OUTBOX.c.channel.in_(channels))
    return _found(database, query.order_by(OUTBOX.c.next, OUTBOX.c.request, OUTBOX.c.letter).limit(most))


def claim(database: Database, way: Way, until: datetime) -> bool:
    """Count a try before it is made, and keep others from making it until a moment. False if another was faster."""
    here = (*_of(way.parcel), OUTBOX.c.next == way.next)
    with database.writing() as connection:
        changed = connection.execute(update(OUTBOX).where(*here).values(tries=OUTBOX.c.tries + 1, next=until))
    return bool(changed.rowcount)


def set_failed(database: Database, parcel: Parcel, problem: str, next_try: datetime) -> None:
    with database.writing() as connection:
        connection.execute(update(OUTBOX).where(*_of(parcel)).values(problem=problem, next=next_try))


def set_done(database: Database, parcel: Parcel, at: datetime, proof: str) -> None:
    values = {"next": None, "problem": "", "done": at, "proof": proof}
    with database.writing() as connection:
        connection.execute(update(OUTBOX).where(*_of(parcel)).values(values))


def opened(database: Database, now: datetime) -> list[Opened]:
    """What lies in the portal and is due, and was opened by the practice that it is for: each with the first look."""
    seen = SEEN.alias("seen_first")
    first = (
        select(func.min(seen.c.position))
        .join(ACCOUNT, ACCOUNT.c.name == seen.c.account)
        .where(
            seen.c.request == OUTBOX.c.request,
            seen.c.what.in_((DOCUMENT + OUTBOX.c.sha256, DOWNLOAD + OUTBOX.c.sha256)),
            ACCOUNT.c.practice == OUTBOX.c.place,
        )
        .correlate(OUTBOX)
        .scalar_subquery()
    )
    query = (
        select(OUTBOX, SEEN.c.at.label("seen_at"), SEEN.c.account, SEEN.c.what)
        .select_from(OUTBOX.join(SEEN, SEEN.c.position == first))
        .where(OUTBOX.c.channel == PORTAL, OUTBOX.c.next <= now)
        .order_by(OUTBOX.c.made, OUTBOX.c.request)
    )
    with database.reading() as connection:
        rows = connection.execute(query).all()
    return [Opened(_way(row), row.seen_at, row.account, row.what.startswith(DOWNLOAD)) for row in rows]


def let_lie(database: Database, ways: Sequence[Way]) -> None:
    """Nobody looks at these before somebody opens them (`seen.add_look`); one that was opened meanwhile stays due."""
    with database.writing() as connection:
        for way in ways:
            here = (*_of(way.parcel), OUTBOX.c.next == way.next)
            connection.execute(update(OUTBOX).where(*here).values(next=None))


def of_request(database: Database, request: str) -> dict[int, Way]:
    """The parcels of a request, by the number of the event that wrote the letter."""
    return {way.parcel.letter: way for way in _found(database, select(OUTBOX).where(OUTBOX.c.request == request))}


def listed(database: Database, stage: Stage | None = None, *, skip: int = 0, most: int = PAGE) -> list[Way]:
    """Those at a stage, or all, the newest first, but for as many as ``skip`` says."""
    query = select(OUTBOX)
    if stage:
        query = query.where(*_AT[stage])
    order = OUTBOX.c.made, OUTBOX.c.request, OUTBOX.c.letter
    return _found(database, query.order_by(*(column.desc() for column in order)).offset(skip).limit(most))


def counts(database: Database) -> dict[Stage, int]:
    """How many there are at each stage."""
    with database.reading() as connection:
        return {
            stage: connection.execute(select(func.count()).select_from(OUTBOX).where(*_AT[stage])).scalar_one()
            for stage in Stage
        }


_AT: dict[Stage, tuple[ColumnElement[bool], ...]] = {
    Stage.WAITING: (OUTBOX.c.done.is_(None), OUTBOX.c.problem == ""),
    Stage.FAILED: (OUTBOX.c.done.is_(None), OUTBOX.c.problem != ""),
    Stage.DONE: (OUTBOX.c.done.is_not(None),),
}


def _of(parcel: Parcel) -> tuple[ColumnElement[bool], ...]:
    return OUTBOX.c.request == parcel.request, OUTBOX.c.letter == parcel.letter


def _row(way: Way) -> dict[str, Any]:
    about = {"tries": way.tries, "next": way.next, "problem": way.problem, "done": way.done, "proof": way.proof}
    return {**asdict(way.parcel), **about}


def _found(database: Database, query: Select[Any]) -> list[Way]:
    with database.reading() as connection:
        return [_way(row) for row in connection.execute(query)]


def _way(row: Any) -> Way:
    parcel = Parcel(row.request, row.letter, row.reader, row.channel, row.place, row.sha256, row.made)
    return Way(parcel, row.tries, row.next, row.problem, row.done, row.proof)
