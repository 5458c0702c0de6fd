"""Tokens of sessions and browsers, and when a session is over. A token is 256 bits of chance; only its SHA-256 is stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from isodose.store.sessions import Session, Step
from isodose.web.sign_in.policy import Policy

NOTED_EVERY = timedelta(minutes=1)
"""How often a session's last request is written down."""


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of_token(token: str) -> str:
    """What is stored of a token. It is chance already, so one round of a fast hash is enough."""
    return hashlib.sha256(_bytes(token)).hexdigest()


def form_token(token: str) -> str:
    """What each form of a session carries, so that no other site can send one (CSRF). It follows from the session's token."""
    return hmac.new(_bytes(token), b"form", hashlib.sha256).hexdigest()


def is_form_token(token: str, sent: str) -> bool:
    return hmac.compare_digest(form_token(token).encode(), _bytes(sent))


def ends_at(session: Session, policy: Policy) -> datetime:
    """When the session is over unless a request comes before."""
    if session.step is not Step.SIGNED_IN:
        return session.started + policy.unfinished
    return min(session.seen + policy.idle, session.started + policy.longest)


def is_over(session: Session, policy: Policy, now: datetime) -> bool:
    return now >= ends_at(session, policy)


def is_to_be_noted(session: Session, now: datetime) -> bool:
    """Whether this request is written down as the last one."""
    return now - session.seen >= NOTED_EVERY


def _bytes(sent: str) -> bytes:
    """Of whatever a browser sent, text or not."""
    return sent.encode("utf-8", "surrogatepass")
