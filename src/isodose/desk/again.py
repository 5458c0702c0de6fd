"""By what the same sending is known again: the sender's own key, and what was sent, whenever it came."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from isodose.desk.act import AnyAct
from isodose.desk.act_facts import facts_of
from isodose.desk.role import By
from isodose.store.document import Document
from isodose.store.event import Event, canonical
from isodose.store.receipt import hash_of_content


def key_of(by: By, key: str) -> str:
    """A sender's key as the record holds it: two senders may use the same word, and neither finds what the other sent."""
    return canonical([by.role.value, by.practice or by.account, key]).decode()


def content_of_request(submitted: Event, documents: Sequence[Document]) -> str:
    """What a new request is known by, by the event that it begins with: the same on another day is the same."""
    timeless = {name: value for name, value in submitted.facts.items() if name != "first"}
    return hash_of_content([(submitted.kind, submitted.by, timeless)], documents)


def content_of_step(tracking: str, what: AnyAct, by: By, now: datetime, key: str) -> str | None:
    """What an act under a key is known by: the key stands for this act on this request. None for what no event can hold."""
    try:
        done = Event(what.do.value, now, by.account, facts_of(what, by))
    except ValueError:
        return None
    return hash_of_content([(done.kind, done.by, {"request": tracking, "key": key, "facts": done.facts})])


def content_after(content: str, tracking: str) -> str:
    """What the same content is known by once the request that it became is gone."""
    return hashlib.sha256(canonical([content, tracking])).hexdigest()
