"""What is to be sent, by which channel, when it is tried again, and the proof of what was done.

Values alone: who keeps the record appends each attempt as an event (``attempt_facts``), and what is left to do follows from the
attempts (``left``). So a letter that was delivered is never sent twice, and one that was not is never forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from isodose.letters.kind import Kind, Reader
from isodose.store.event import Json, instant_from, instant_text

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
"""A failed attempt is made again after a minute, then after twice as long each time, and at least four times a day."""

TRIES_BEFORE_A_PERSON_LOOKS = 6


class Channel(StrEnum):
    """How a letter gets to its reader."""

    PORTAL = "portal"
    DOWNLOAD = "download"
    FOLDER = "folder"


PROVES: Mapping[Channel, str] = {
    Channel.PORTAL: "the account that can see it",
    Channel.DOWNLOAD: "the account that took it",
    Channel.FOLDER: "the file, read back under its SHA-256",
}
"""What proves that it was done."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One letter for one reader by one channel; ``sha256`` is that of its PDF, ``request`` the tracking number."""

    request: str
    kind: Kind
    reader: Reader
    sha256: str
    channel: Channel
    made: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of trying: a ``proof`` that it was done, or a ``problem``; one of the two."""

    at: datetime
    proof: str = ""
    problem: str = ""

    def __post_init__(self) -> None:
        if bool(self.proof.strip()) is bool(self.problem.strip()):
            raise ValueError("an attempt has either a proof that it was done, or a problem")


def is_delivered(attempts: Iterable[Attempt]) -> bool:
    """Whether one attempt has its proof."""
    return any(one.proof for one in attempts)


def next_try(parcel: Parcel, attempts: tuple[Attempt, ...]) -> datetime | None:
    """When it is to be tried, for the first time or again; None once it is delivered."""
    if is_delivered(attempts):
        return None
    if not attempts:
        return parcel.made
    doublings = min(len(attempts) - 1, 20)
    return max(one.at for one in attempts) + min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def needs_a_person(attempts: tuple[Attempt, ...]) -> bool:
    """Whether it failed so often that somebody should look; it is tried on all the same."""
    return not is_delivered(attempts) and len(attempts) >= TRIES_BEFORE_A_PERSON_LOOKS


def left(outbox: Mapping[Parcel, tuple[Attempt, ...]], now: datetime) -> tuple[Parcel, ...]:
    """What is to be tried now, what has waited longest first."""
    due = [(at, parcel) for parcel, attempts in outbox.items() if (at := next_try(parcel, attempts)) and at <= now]
    return tuple(parcel for _, parcel in sorted(due, key=lambda one: one[0]))


def attempt_facts(parcel: Parcel, attempt: Attempt) -> dict[str, Json]:
    """An attempt as an event's facts."""
    return {
        "request": parcel.request,
        "kind": parcel.kind.value,
        "reader": parcel.reader.value,
        "sha256": parcel.sha256,
        "channel": parcel.channel.value,
        "made": instant_text(parcel.made),
        "at": instant_text(attempt.at),
        "proof": attempt.proof,
        "problem": attempt.problem,
    }


def attempt_from(facts: Mapping[str, Json]) -> tuple[Parcel, Attempt]:
    """What ``attempt_facts`` wrote."""
    told = {name: str(value) for name, value in facts.items()}
    parcel = Parcel(
        told["request"],
        Kind(told["kind"]),
        Reader(told["reader"]),
        told["sha256"],
        Channel(told["channel"]),
        instant_from(told["made"]),
    )
    return parcel, Attempt(instant_from(told["at"]), told["proof"], told["problem"])
