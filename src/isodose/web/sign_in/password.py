"""Passwords as they are stored: an Argon2id hash of the text in one normal form."""

from __future__ import annotations

import secrets
import unicodedata
from base64 import b64encode
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from isodose.web.sign_in.policy import Cost

LONGEST = 200
"""Characters; the limit keeps a form from making the server work for long."""

_LOOKED_AT = 5 * LONGEST
"""Of what was typed: no normal form is that much shorter than what it is made from."""

_TURNS = BoundedSemaphore(4)
"""Each takes 64 MiB while it lasts, so others wait: who sends many at once cannot fill the memory."""

_SALT, _HASH = 16, 32
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like others."""


def normal(typed: str) -> str:
    """Keyboards write the same letters differently; NFKC makes them one (NIST SP 800-63B-4, section 3.1.1.2)."""
    return unicodedata.normalize("NFKC", typed[:_LOOKED_AT])


def hash_of(typed: str, cost: Cost) -> str:
    """The hash with its own salt and cost. Raises ``ValueError`` for what is no text."""
    with _TURNS:
        return _hasher(cost).hash(normal(typed))


def is_right(stored: str | None, typed: str, cost: Cost) -> bool:
    """Whether the password is the one that was stored; no account, or one without a password, takes as long to refuse."""
    text = normal(typed)
    if len(text) > LONGEST or not _is_text(text):
        return False
    try:
        with _TURNS:
            _hasher(cost).verify(stored or _nobodys(cost), text)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def temporary_password() -> str:
    """One to hand over, such as ``kq7m-w3xd-9pat-h2ce``: about 79 bits, and replaced at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(cost.rounds, cost.memory_kib, cost.lanes, hash_len=_HASH, salt_len=_SALT)


def _nobodys(cost: Cost) -> str:
    """A hash that no password has: chance in its place."""
    salt, chance = (b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (_SALT, _HASH))
    return f"$argon2id$v=19$m={cost.memory_kib},t={cost.rounds},p={cost.lanes}${salt}${chance}"


def _is_text(text: str) -> bool:
    """Half of a surrogate pair is none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
