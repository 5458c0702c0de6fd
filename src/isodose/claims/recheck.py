"""Lines that were answered before, answered anew: what is better now for the member or the provider, and never what is worse.

An edition may rule days that have passed when it is decided. Where it gives more, it is owed from that day on; where it gives less,
what was answered under the text of then stays (reading A19).
"""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from isodose.batch.job import JobError
from isodose.claims.answer import among
from isodose.claims.line import ADDED
from isodose.claims.read_lines import Table
from isodose.claims.reason import OPEN, PAYABLE, Reason
from isodose.compile.duckdb.sql import name, text
from isodose.guideline.problem import did_you_mean, listed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EARLIER = {column: f"earlier_{column}" for column in ADDED}
"""How the columns of the earlier answer are called beside those of the new one."""

_ROW = "isodose earlier row"


def as_earlier(connection: DuckDBPyConnection, table: Table) -> Table:
    """The lines with the columns of their answer renamed. Raises ``JobError`` for lines that have none, or none of ours."""
    lacking = [column for column in ADDED if column not in table.types]
    if lacking:
        near = did_you_mean(lacking[0], tuple(table.types))
        raise JobError(
            f"what is answered anew was written by `isodose claims` and has the column {listed(lacking)}{near}"
        )
    taken = [earlier for earlier in _EARLIER.values() if earlier in table.types]
    if taken:
        raise JobError(f"{listed(taken)} is there already; give what `isodose claims` wrote without --recheck")
    _expect_reasons(connection, table)
    renamed = ", ".join(f"{name(column)} as {name(earlier)}" for column, earlier in _EARLIER.items())
    return replace(
        table,
        relation=f"(select * rename ({renamed}), {table.row} as {name(_ROW)} from {table.relation})",
        types={_EARLIER.get(column, column): type_ for column, type_ in table.types.items()},
        row=name(_ROW),
        shown=tuple(_EARLIER.get(column, column) for column in table.shown),
    )


def _expect_reasons(connection: DuckDBPyConnection, table: Table) -> None:
    known = ", ".join(text(reason) for reason in Reason)
    wrong = connection.execute(
        f"select claim_reason from {table.relation} where coalesce(claim_reason, '') not in ({known}) limit 1"
    ).fetchone()
    if wrong:
        raise JobError(
            f"`claim_reason` is {listed([wrong[0] or 'empty'])} in a line, and `isodose claims` writes no such reason"
        )


def better(answers: str) -> str:
    """Of the answers, those that are better than the earlier ones.

    Payable is better than open, and open than refused. Of two refusals the one is better that leaves more units to be billed.
    """
    now, before = _rank("claim_reason"), _rank(_EARLIER["claim_reason"])
    units = f"payable_units > coalesce(try_cast({_EARLIER['payable_units']} as bigint), 0)"
    return f"select * from ({answers}) where {now} > {before} or ({now} = 0 and {before} = 0 and {units})"


def _rank(reason: str) -> str:
    return f"case when {reason} in {among(PAYABLE)} then 2 when {reason} in {among(OPEN)} then 1 else 0 end"
