"""Worklists: the open requests by deadline. A head's `due` may also be the day on which an authorization runs out."""

from __future__ import annotations

from dataclasses import replace

from isodose.desk.state import OPEN, State
from isodose.store.database import Database
from isodose.store.find import ANY, PAGE, Found, Wanted, worklist

OPEN_STATES = tuple(state.value for state in (*OPEN, State.OVERDUE))
"""The states of requests to which the plan owes an answer, as heads hold them."""


def open_requests(
    database: Database, wanted: Wanted = ANY, after: Found | None = None, most: int = PAGE
) -> list[Found]:
    """Those that wait for an answer, the next deadline first; ``after`` the last of the page before.

    Of the states that are wanted, those that are open; all of these if none is.
    """
    states = [state for state in OPEN_STATES if not wanted.states or state in wanted.states]
    return worklist(database, replace(wanted, states=states), after, most) if states else []
