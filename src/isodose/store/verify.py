"""Whether the record is what was stored: its chains, its documents, its heads, and what checkpoints say of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from isodose.store import document
from isodose.store.chain import Fault, Wrong
from isodose.store.checkpoint import Checkpoint, CheckpointError
from isodose.store.checkpoint_file import CheckpointFile
from isodose.store.errors import StoreError
from isodose.store.event import Stored, instant_text
from isodose.store.record import Record
from isodose.store.rows import chain_from, rows_by_request, written_otherwise
from isodose.store.tables import DOCUMENT, HEAD


@dataclass(slots=True)
class Verification:
    """What was looked at, and all that was found.

    ``faults`` has the first event of each request that is not as it was stored, by request; ``others`` says what is wrong with
    documents, heads and the file of checkpoints. ``uncovered`` events came after the last checkpoint: of them, only the chain
    was checked. ``lost`` counts requests that end before a checkpoint says they did; a backup that was restored has some.
    """

    requests: int = 0
    events: int = 0
    documents: int = 0
    checkpoints: int = 0
    last_checkpoint: datetime | None = None
    uncovered: int = 0
    faults: list[Fault] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def lost(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.wrong is Wrong.REMOVED]

    @property
    def holds(self) -> bool:
        return not self.faults and not self.others


@dataclass(slots=True)
class _Covered:
    """What the checkpoints say: the heads of each request in order, each with its checkpoint, and how far they reach."""

    heads: dict[str, list[tuple[int, str, Checkpoint]]] = field(default_factory=dict)
    position: int = 0


def verify(record: Record, checkpoints: CheckpointFile | None = None) -> Verification:
    """Look at everything. Without a file of checkpoints, an end that was cut off and a chain that was rewritten whole pass."""
    found = Verification()
    covered = _covered(checkpoints, found) if checkpoints else _Covered()
    named: set[str] = set()
    with record.database.reading() as connection:
        heads = {row.request: row.number for row in connection.execute(select(HEAD.c.request, HEAD.c.number))}
        for request, rows in rows_by_request(connection):
            chain = _check_request(request, rows, covered, found)
            named.update(sha256 for stored in chain for sha256 in document.named_by(stored.event))
            _check_head(request, heads.pop(request, None), rows, found)
        _check_documents(connection, named, found)
    found.faults += [_removed(request, 0, of_it) for request, of_it in covered.heads.items()]
    found.others += [f"{request}: its head stands, and it has no events" for request in sorted(heads)]
    return found


def _covered(file: CheckpointFile, found: Verification) -> _Covered:
    covered = _Covered()
    for line, checkpoint in file.read():
        if isinstance(checkpoint, CheckpointError):
            found.others.append(f"{file.path}:{line}: {checkpoint}")
            continue
        found.checkpoints, found.last_checkpoint = found.checkpoints + 1, checkpoint.at
        covered.position = checkpoint.position
        for head in checkpoint.heads:
            covered.heads.setdefault(head.request, []).append((head.number, head.hash, checkpoint))
    return covered


def _check_request(request: str, rows: Sequence[Row[Any]], covered: _Covered, found: Verification) -> list[Stored]:
    """Note the first fault of the request; its events as far as they can be read."""
    chain, fault = chain_from(rows)
    heads = covered.heads.pop(request, [])
    fault = (
        fault
        or written_otherwise(chain)
        or _against(request, chain, heads)
        or _slipped_in(request, rows, heads, covered.position)
    )
    if fault:
        found.faults.append(fault)
    found.requests += 1
    found.events += len(rows)
    found.uncovered += max(0, len(rows) - (heads[-1][0] if heads else 0))
    return chain


def _against(request: str, chain: list[Stored], heads: list[tuple[int, str, Checkpoint]]) -> Fault | None:
    """The first event that is not the one a checkpoint holds. The chain itself holds; so whoever changed it rewrote its end."""
    right = 0
    for number, digest, checkpoint in heads:
        if number > len(chain):
            return _removed(request, len(chain), heads)
        if chain[number - 1].hash != digest:
            where = "it" if number == right + 1 else f"one of the events {right + 1} to {number}"
            return Fault(request, right + 1, Wrong.CHANGED, f"{where} is not what {_named(checkpoint)} holds")
        right = number
    return None


def _slipped_in(
    request: str, rows: Sequence[Row[Any]], heads: list[tuple[int, str, Checkpoint]], position: int
) -> Fault | None:
    """An event that stands before the end of the last checkpoint, which does not know it."""
    known = heads[-1][0] if heads else 0
    for row in rows[known:]:
        if row.position <= position:
            return Fault(request, row.number, Wrong.ADDED, "it stands among older events, and no checkpoint knows it")
    return None


def _removed(request: str, there: int, heads: list[tuple[int, str, Checkpoint]]) -> Fault:
    number, checkpoint = next((number, checkpoint) for number, _, checkpoint in heads if number > there)
    return Fault(request, there + 1, Wrong.REMOVED, f"{_named(checkpoint)} holds event {number}")


def _named(checkpoint: Checkpoint) -> str:
    return f"checkpoint {checkpoint.number} of {instant_text(checkpoint.at)}"


def _check_head(request: str, number: int | None, rows: Sequence[Row[Any]], found: Verification) -> None:
    if number is not None and number != rows[-1].number:
        found.others.append(f"{request}: its head stands at event {number}, and its last one is {rows[-1].number}")


def _check_documents(connection: Connection, named: set[str], found: Verification) -> None:
    """Every document fits its hash, and every one that an event names is there."""
    stored = connection.execute(select(DOCUMENT.c.sha256).order_by(DOCUMENT.c.sha256)).scalars().all()
    found.documents = len(stored)
    for sha256 in stored:
        try:
            document.read(connection, sha256)
        except StoreError as error:
            found.others.append(str(error))
    found.others += [f"the document {sha256} was removed" for sha256 in sorted(named.difference(stored))]
