"""What has happened to a request and has no letter yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from isodose.desk.written import letters_in
from isodose.letters.kind import LETTERS, Kind
from isodose.store.event import Stored


def untold(history: Sequence[Stored], since: datetime) -> tuple[Stored, ...]:
    """The events from a moment on of which letters are to tell and none does.

    That a request was received is not told of one that was answered in the same moment: the answer says all.
    """
    told = {letter.of for _, letter in letters_in(history)}
    return tuple(one for one in _telling(history) if one.number not in told and one.event.at >= since)


def _telling(history: Sequence[Stored]) -> Iterator[Stored]:
    telling = [one for one in history if one.event.kind in LETTERS]
    for number, one in enumerate(telling, start=1):
        together = {other.event.at for other in telling[number:]}
        if LETTERS[one.event.kind].kind is not Kind.RECEIVED or one.event.at not in together:
            yield one
