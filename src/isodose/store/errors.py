"""What the record refuses or cannot do, each with its answer in words. None of them leaves anything half written."""

from __future__ import annotations

from isodose.store.event import Stored


class StoreError(Exception):
    """What was asked cannot be done: the message says why and what would help."""


class StaleError(StoreError):
    """Somebody appended since the request was read; ``meanwhile`` holds what came."""

    def __init__(self, request: str, expected: int, meanwhile: tuple[Stored, ...]) -> None:
        came = ", ".join(f"{stored.number} ({stored.event.kind})" for stored in meanwhile) or "no such event"
        super().__init__(f"{request}: event {expected} was taken for the last one; since then: {came}")
        self.request = request
        self.expected = expected
        self.meanwhile = meanwhile


class KeyReusedError(StoreError):
    """An idempotency key that stands for another content already."""


class TakenError(StoreError):
    """A number that must be one request's alone belongs to another."""


class RefusedDocumentError(StoreError):
    """A document that cannot be attached, with what would help."""


class DamagedError(StoreError):
    """What is stored is not what was stored: a chain or a document does not fit its hash."""


class UnavailableError(StoreError):
    """The database cannot be reached, is full, or failed. What was under way is not stored, or its key finds it."""


class SchemaError(StoreError):
    """The database has another layout than this program reads."""
