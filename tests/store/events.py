"""Events as the tests write them."""

from datetime import UTC, datetime, timedelta

from isodose.store.document import Document
from isodose.store.event import Event, Json

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
LETTER = Document("text/plain", b"Simulation on 2026-11-20; whole pelvis.")


def event(kind: str = "submitted", *, after: int = 0, by: str = "practice-7", **facts: Json) -> Event:
    """An event so many seconds after noon."""
    return Event(kind, NOON + timedelta(seconds=after), by, facts)


def with_document(document: Document = LETTER, about: str = "") -> Event:
    return event(documents=[{"sha256": document.sha256, "name": "letter.txt"}], about=about)
