"""A checkpoint: the heads of all chains at one moment, signed.

It names the heads that moved since the checkpoint before, and holds all others by the hash of that one; so the checkpoints
together say of every request which event was its last one when, and each costs only what happened since.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from isodose.store.errors import StoreError
from isodose.store.event import GENESIS, Json, canonical, instant_from, instant_text
from isodose.store.signing import METHOD, SigningKey


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last event of a request, by number and hash."""

    request: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``number`` counts from 1; ``position`` is that of the last event covered; ``previous`` the hash of the line before."""

    number: int
    at: datetime
    position: int
    heads: tuple[ChainHead, ...]
    previous: str = GENESIS


class CheckpointError(StoreError):
    """A line of the file that is no checkpoint, or whose signature does not fit."""


def line_of(checkpoint: Checkpoint, key: SigningKey) -> bytes:
    """The checkpoint as a line of its file, signed."""
    body: dict[str, Json] = {
        "number": checkpoint.number,
        "at": instant_text(checkpoint.at),
        "position": checkpoint.position,
        "heads": [[head.request, head.number, head.hash] for head in checkpoint.heads],
        "previous": checkpoint.previous,
        "method": METHOD,
        "key": key.id,
    }
    return canonical({**body, "signature": key.sign(canonical(body))})


def line_hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def checkpoint_from(line: bytes, key: SigningKey) -> Checkpoint:
    """The checkpoint that a line holds. Raises ``CheckpointError``."""
    try:
        body = json.loads(line)
        signature, signer = str(body.pop("signature")), body["key"]
        fits = key.signed(canonical(body), signature) and canonical({**body, "signature": signature}) == line
        heads = tuple(ChainHead(*head) for head in body["heads"])
        found = Checkpoint(body["number"], instant_from(body["at"]), body["position"], heads, body["previous"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise CheckpointError("this is no checkpoint") from None
    if signer != key.id:
        raise CheckpointError(f"it was signed with the key {signer}, and the key given is {key.id}")
    if not fits:
        raise CheckpointError("its signature does not fit: it was changed, or written by somebody without the key")
    return found
