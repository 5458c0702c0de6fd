"""What has happened to a request and has no letter yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from isodose.desk.fold import place_of
from isodose.desk.recorded import DECISIONS
from isodose.desk.state import OPEN
from isodose.desk.transitions import Do
from isodose.desk.written import letters_in
from isodose.letters.kind import Kind, told_of
from isodose.store.event import Stored

History = Sequence[Stored]

ENDS_A_REOPENING = frozenset({Do.AMEND, Do.CONFIRM, Do.REDUCE, Do.END_EARLY, Do.RUN_OUT})
"""What comes of an authorization that is looked at again."""


def untold(history: History, since: datetime) -> tuple[Stored, ...]:
    """The events from a moment on of which letters are to tell and none does.

    What has been overtaken by the time that its letter is written is not told any more: the letter on what came of it says all.
    """
    told = {letter.of for _, letter in letters_in(history)}
    return tuple(one for one in _telling(history) if one.number not in told and one.event.at >= since)


def _telling(history: History) -> Iterator[Stored]:
    for one in history:
        told = told_of(one.event)
        if told and _STILL_SO.get(told.kind, _always)(one, history):
            yield one


def _always(_: Stored, __: History) -> bool:
    return True


def _is_not_answered_at_once(received: Stored, history: History) -> bool:
    """Of what was answered in the same moment the answer says all."""
    return not any(told_of(one.event) and one.event.at == received.event.at for one in history[received.number :])


def _waits_for_a_decision(one: Stored, history: History) -> bool:
    """The plan owed an answer after the event, has not decided since, and still owes it."""
    decided = any(later.event.kind in DECISIONS for later in history[one.number :])
    return not decided and _is_open(history[: one.number]) and _is_open(history)


def _is_open(history: History) -> bool:
    return place_of(one.event.kind for one in history) in OPEN


def _is_looked_at_again(reopened: Stored, history: History) -> bool:
    """Nothing has come of the reopening of this line."""
    line = reopened.event.facts["line"]
    later = (one.event for one in history[reopened.number :])
    return not any(event.kind in ENDS_A_REOPENING and event.facts["line"] == line for event in later)


_STILL_SO: Mapping[Kind, Callable[[Stored, History], bool]] = {
    Kind.RECEIVED: _is_not_answered_at_once,
    Kind.OVERDUE: _waits_for_a_decision,
    Kind.DENIAL_REOPENED: _waits_for_a_decision,
    Kind.APPROVAL_REOPENED: _is_looked_at_again,
}
"""Kinds that tell of what may be over when their letter is written, each with whether it still is so."""
