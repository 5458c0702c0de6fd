"""The key that signs checkpoints: HMAC-SHA-256 with 32 random bytes in a file of their own.

It protects against one who can write the database and the file of checkpoints and cannot read the key: nothing that they
write in place of a checkpoint fits. It does not protect against one who can read the key. Who only verifies needs the key,
too, and could sign with it: a plan that wants its auditors to verify without being able to sign lets them verify here.
HMAC, because it is in the standard library; each line of the file names its way of signing, so another one can follow.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from isodose.store.errors import StoreError

METHOD = "hmac-sha256"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The secret, and the short name by which each checkpoint says what signed it."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        return hashlib.sha256(b"isodose checkpoint key " + self.secret).hexdigest()[:16]

    def sign(self, what: bytes) -> str:
        return hmac.new(self.secret, what, hashlib.sha256).hexdigest()

    def signed(self, what: bytes, signature: str) -> bool:
        return hmac.compare_digest(self.sign(what), signature)


def read_key(file: Path) -> SigningKey:
    """The key in a file. Raises ``StoreError``."""
    try:
        text = file.read_text("ascii").strip()
    except FileNotFoundError:
        raise StoreError(
            f"{file}: the key that signs checkpoints is not here; put back the one they were made with"
        ) from None
    except (OSError, ValueError) as error:
        raise StoreError(f"{file}: the key that signs checkpoints cannot be read: {error}") from None
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise StoreError(
            f"{file}: this is no key; a key is 64 digits from 0 to f, as `isodose audit checkpoint` makes one"
        )
    return SigningKey(bytes.fromhex(text))


def make_key(file: Path) -> SigningKey:
    """A new key in a new file that only its owner can read. Raises ``OSError``; an existing file stays as it is."""
    secret = secrets.token_bytes(_BYTES)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secret.hex() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return SigningKey(secret)
