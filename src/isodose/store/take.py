"""Taking a checkpoint of the record: the heads that moved since the last one, added to the file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from isodose.store.checkpoint import ChainHead, Checkpoint
from isodose.store.checkpoint_file import CheckpointFile
from isodose.store.database import Database
from isodose.store.dialect import hold_writers
from isodose.store.tables import EVENT

MOST_EVENTS = 50_000
"""Events that one checkpoint covers; after more of them several are taken at once, so that no line is huge."""


def take_checkpoints(database: Database, file: CheckpointFile, now: datetime) -> list[Checkpoint]:
    """Cover all that was appended since the last checkpoint; none if nothing was. The first covers a record without events, too.

    Nobody appends meanwhile: in PostgreSQL an event with a lower position may become visible after one with a higher.
    Raises ``CheckpointError`` for a file whose last line is not right, ``OSError`` where it cannot be written.
    """
    taken: list[Checkpoint] = []
    with database.writing() as connection:
        hold_writers(connection, EVENT)
        last, previous = file.last()
        number, position = (last.number, last.position) if last else (0, 0)
        while (moved := _moved(connection, position)) or not number:
            number, position = number + 1, moved[-1][0] if moved else 0
            heads = {head.request: head for _, head in moved}
            checkpoint = Checkpoint(number, now, position, tuple(heads.values()), previous)
            previous = file.add(checkpoint)
            taken.append(checkpoint)
    return taken


def _moved(connection: Connection, position: int) -> list[tuple[int, ChainHead]]:
    """The events after a position as heads, the last of a request being its head."""
    columns = (EVENT.c.position, EVENT.c.request, EVENT.c.number, EVENT.c.hash)
    query = select(*columns).where(EVENT.c.position > position).order_by(EVENT.c.position).limit(MOST_EVENTS)
    return [(row.position, ChainHead(row.request, row.number, row.hash)) for row in connection.execute(query)]
