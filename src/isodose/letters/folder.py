"""The folder from which letters are printed, or taken by a fax gateway: a whole file or none, and never the same one twice.

A letter is written in ``making``, gets its receipt, and is then moved to its place. Where there is a receipt and nothing in
``making``, it was handed over, and whoever takes files away may have taken it: it is never put there again, wherever the program
or the machine stopped. ``sha256sum --check`` reads a receipt.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from isodose.store.outbox import Parcel

MAKING, RECEIPTS = "making", "receipts"


class FolderError(OSError):
    """A letter that could not be put into the folder, in words."""


def file_name(parcel: Parcel) -> str:
    """`TRACK-0001-2345-9-member-0f3a….pdf`: the same letter always has the same name, and says nothing of the member."""
    return f"{parcel.request}-{parcel.reader}-{parcel.sha256[:16]}.pdf"


def put(folder: Path, parcel: Parcel, pdf: bytes) -> str:
    """The letter in its place, as if it were done once, however often it is: the proof. Raises ``FolderError``."""
    if hashlib.sha256(pdf).hexdigest() != parcel.sha256:
        raise FolderError("the letter is not the one that was made: its SHA-256 is another")
    if not folder.is_dir():
        raise FolderError(f"{folder}: there is no such folder")
    try:
        return _put(folder, parcel, pdf)
    except FolderError:
        raise
    except OSError as error:
        raise FolderError(f"{error.filename or folder}: {(error.strerror or str(error)).lower()}") from None


def _put(folder: Path, parcel: Parcel, pdf: bytes) -> str:
    name = file_name(parcel)
    making, receipt = folder / MAKING / name, folder / RECEIPTS / f"{name}.sha256"
    place = folder / parcel.place / name
    for beside in (making, receipt, place):
        beside.parent.mkdir(parents=True, exist_ok=True)
    if making.exists() or not receipt.exists():
        _write(making, pdf)
        _write(receipt, f"{parcel.sha256}  {name}\n".encode())
        if hashlib.sha256(making.read_bytes()).hexdigest() != parcel.sha256:
            raise FolderError(f"{making}: what was written is not what is there")
        making.replace(place)
        _keep(place.parent)
    return f"{parcel.place}/{name}"


def _write(place: Path, content: bytes) -> None:
    """On the disk before it has its name: nobody ever finds half of it."""
    beside = place.with_name(f"{place.name}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)
    _keep(place.parent)


def _keep(folder: Path) -> None:
    """The folder itself on the disk, so that what was moved stays so in the order in which it was."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
