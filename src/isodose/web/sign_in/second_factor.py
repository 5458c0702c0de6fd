"""Codes of an authenticator, after RFC 6238: six digits that hold for half a minute, each accepted once."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from datetime import datetime

import pyotp

from isodose.desk.role import Role
from isodose.store.accounts import Account
from isodose.web.sign_in.policy import Policy

WINDOW = 1
"""How many half-minutes the authenticator's clock may be off, either way."""

_DIGITS, _SECRET_BYTES = 6, 20


def is_required(account: Account, policy: Policy) -> bool:
    """Whether the account must have a second factor; one that is enrolled is asked for in any case."""
    return Role(account.role) in policy.second_factor


def enrolment_secret(token: str) -> str:
    """The secret that this session offers to enrol: it follows from the token, so nothing is stored before it is confirmed."""
    return b32encode(hmac.digest(token.encode(), b"second factor", hashlib.sha256)[:_SECRET_BYTES]).decode()


def enrolment_uri(secret: str, account: Account, policy: Policy) -> str:
    """The ``otpauth`` address that an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name=policy.service)


def in_groups(secret: str) -> str:
    """The secret as a person types it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def counter_of(secret: str, typed: str, now: datetime) -> int | None:
    """The counter whose code was typed, if it is one that holds now. The caller sees to it that each is used once."""
    code = "".join(typed.split())
    if len(code) != _DIGITS or not code.isascii() or not code.isdigit():
        return None
    authenticator = pyotp.TOTP(secret)
    here = authenticator.timecode(now)
    near = range(here - WINDOW, here + WINDOW + 1)
    right = [counter for counter in near if hmac.compare_digest(authenticator.generate_otp(counter), code)]
    return max(right, default=None)
