"""Whether an account is still as the page showed it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from isodose.store.accounts import Account
from isodose.store.event import canonical


def mark_of(account: Account) -> str:
    """A word that changes with everything of an account; nothing can be read from it."""
    return hashlib.sha256(canonical(asdict(account))).hexdigest()[:24]
