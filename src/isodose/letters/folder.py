"""The folder from which letters are printed, or taken by a fax gateway: a whole file or none, and never the same one twice."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from isodose.letters.outbox import Attempt, Parcel


def file_name(parcel: Parcel) -> str:
    """`TRACK-0001-2345-9-denied-member-0f3a….pdf`: the same letter always has the same name, and says nothing of the member."""
    return f"{parcel.request}-{parcel.kind}-{parcel.reader}-{parcel.sha256[:16]}.pdf"


def put(folder: Path, parcel: Parcel, pdf: bytes, now: datetime) -> Attempt:
    """The letter as a file in the folder, written beside its place and moved there; what came of it."""
    place = folder / file_name(parcel)
    if hashlib.sha256(pdf).hexdigest() != parcel.sha256:
        return Attempt(now, problem="the letter is not the one that was made: its SHA-256 is another")
    try:
        if not _holds(place, parcel.sha256):
            _write(place, pdf)
        whole = _holds(place, parcel.sha256)
    except OSError as error:
        return Attempt(now, problem=f"{place}: {(error.strerror or str(error)).lower()}")
    return (
        Attempt(now, proof=str(place))
        if whole
        else Attempt(now, problem=f"{place}: what was written is not what is there")
    )


def _holds(place: Path, sha256: str) -> bool:
    return place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == sha256


def _write(place: Path, pdf: bytes) -> None:
    """On the disk before it has its name: who takes files from the folder never takes half of one."""
    beside = place.with_suffix(".part")
    with beside.open("wb") as file:
        file.write(pdf)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)
