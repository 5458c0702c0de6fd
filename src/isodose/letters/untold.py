"""What has happened to a request and has no letter yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from isodose.desk.fold import place_of
from isodose.desk.state import OPEN
from isodose.desk.written import letters_in
from isodose.letters.kind import Kind, told_of
from isodose.store.event import Stored


def untold(history: Sequence[Stored], since: datetime) -> tuple[Stored, ...]:
    """The events from a moment on of which letters are to tell and none does.

    That a request was received is not told of one that was answered in the same moment: the answer says all. That an answer is
    late is told as long as there is none.
    """
    told = {letter.of for _, letter in letters_in(history)}
    return tuple(one for one in _telling(history) if one.number not in told and one.event.at >= since)


def _telling(history: Sequence[Stored]) -> Iterator[Stored]:
    telling = [(one, told.kind) for one in history if (told := told_of(one.event))]
    for number, (one, kind) in enumerate(telling, start=1):
        together = {other.event.at for other, _ in telling[number:]}
        if kind is Kind.OVERDUE and not (_is_open(history[: one.number]) and _is_open(history)):
            continue
        if kind is not Kind.RECEIVED or one.event.at not in together:
            yield one


def _is_open(history: Sequence[Stored]) -> bool:
    return place_of(one.event.kind for one in history) in OPEN
