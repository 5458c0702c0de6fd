"""Units that stay drawn: lines that drew in an earlier run keep what they drew, and what others draw now is handed on to be kept.

A line that has drawn needs nothing more, and stands under the authorization that it drew from as if it named that one. The record
knows what was drawn (`store/drawn.py`); here it is a table of the connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from isodose.batch.job import JobError
from isodose.store.drawn import Draw

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AT_ONCE = 50_000
"""Lines that are held at a time."""


def note_posted(connection: DuckDBPyConnection, posted: Iterable[Draw]) -> bool:
    """Makes the table ``isodose_posted`` of what lines have drawn before; whether there is any."""
    connection.execute(
        "create temporary table isodose_posted "
        "(posted_claim varchar, posted_line varchar, posted_number varchar, posted_units bigint)"
    )
    rest, found = iter(posted), False
    while some := list(islice(rest, _AT_ONCE)):
        columns = zip(*((one.claim, one.line, one.authorization, one.units) for one in some), strict=True)
        connection.execute(
            "insert into isodose_posted select unnest($1::varchar[]), unnest($2::varchar[]), unnest($3::varchar[]), "
            "unnest($4::bigint[])",
            [list(column) for column in columns],
        )
        found = True
    return found


def drawn_now(connection: DuckDBPyConnection, query: str) -> Iterator[Draw]:
    """What lines draw in this run, by the query's `draws`. Raises ``JobError`` for lines that nothing could be kept of."""
    connection.execute(query)
    while rows := connection.fetchmany(_AT_ONCE):
        for claim, line, number, units, day in rows:
            if claim is None or line is None:
                raise JobError(
                    f"a line draws {units:,} of {number} and has no `claim_id` or no `line`, so nobody could tell whether it drew "
                    "before; nothing is posted: give both in each line"
                )
            yield Draw(claim, line, number, units, day)
