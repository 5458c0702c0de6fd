"""By which way a letter goes to its reader, when it is tried again, and what proves that it was delivered. Values alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from isodose.letters.kind import Reader
from isodose.store import seen
from isodose.store.practices import Practice

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
"""A try that failed is made again after a minute, then after twice as long each time, and at least four times a day."""

TRIES_BEFORE_A_PERSON_LOOKS = 6


class Channel(StrEnum):
    """How a letter gets to its reader."""

    PORTAL = seen.PORTAL
    FOLDER = "folder"


PROVES: Mapping[Channel, str] = {
    Channel.PORTAL: "the account that opened or downloaded it, and when",
    Channel.FOLDER: "the file's place, and its receipt with the SHA-256",
}
"""What proves that it was delivered."""

PRINT, FAX = "print", "fax"
"""Folders within the folder: for who prints and posts, and for a fax gateway."""


def way_to(reader: Reader, practice: Practice | None, *, has_accounts: bool) -> tuple[Channel, str]:
    """By which channel a letter goes, and to which place there: a practice finds its own in the portal, if anybody can sign in."""
    if reader is Reader.MEMBER or practice is None:
        return Channel.FOLDER, PRINT
    if has_accounts:
        return Channel.PORTAL, practice.practice_id
    digits = "".join(filter(str.isdecimal, practice.fax or ""))
    return Channel.FOLDER, f"{FAX}/{digits}" if digits else PRINT


def next_try(tries: int, last: datetime) -> datetime:
    """When it is tried again after so many tries, the last of which failed at a moment."""
    doublings = min(tries - 1, 20)
    return last + min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def needs_a_person(tries: int) -> bool:
    """Whether it failed so often that somebody should look; it is tried on all the same."""
    return tries >= TRIES_BEFORE_A_PERSON_LOOKS
