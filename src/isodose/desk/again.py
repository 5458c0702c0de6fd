"""By what the same sending is known again: the sender's own key, and what was sent, whenever it came."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from isodose.desk.act import AnyAct
from isodose.desk.act_facts import facts_of
from isodose.desk.acts import Submit
from isodose.desk.role import By
from isodose.store.document import Document
from isodose.store.event import Event, canonical
from isodose.store.receipt import content_hash


def key_of(by: By, key: str) -> str:
    """A sender's key as the record holds it: two senders may use the same word, and neither finds what the other sent."""
    return canonical([by.role.value, by.practice or by.account, key]).decode()


def content_of_request(what: Submit, by: By, documents: Sequence[Document]) -> str:
    """What a new request is known by: the same on another day is the same. Raises ``ValueError`` for what no event can hold."""
    sent = _event(what, by, what.first)
    timeless = {name: value for name, value in sent.facts.items() if name != "first"}
    return content_hash([replace(sent, facts=timeless)], documents)


def content_of_step(tracking: str, what: AnyAct, by: By, now: datetime, key: str) -> str | None:
    """What an act under a key is known by: the key stands for this act on this request. None for what no event can hold."""
    try:
        done = _event(what, by, now)
    except ValueError:
        return None
    return content_hash([replace(done, facts={"request": tracking, "key": key, "facts": done.facts})])


def content_after(content: str, tracking: str) -> str:
    """What the same content is known by once the request that it became is gone."""
    return hashlib.sha256(canonical([content, tracking])).hexdigest()


def _event(what: AnyAct, by: By, at: datetime) -> Event:
    return Event(what.do.value, at, by.account, facts_of(what, by))
