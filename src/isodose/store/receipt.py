"""Whatever is sent once may be sent again: by its key, or by its content, the first answer is found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, or_, select

from isodose.store.dialect import insert_new
from isodose.store.document import Document
from isodose.store.errors import KeyReusedError
from isodose.store.event import Event, Json, canonical
from isodose.store.tables import RECEIPT

Facts = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The events that a submission became, ``first`` to ``number``, and what it is known by."""

    request: str
    number: int
    first: int
    key: str | None
    content: str | None


_KNOWN = select(*(RECEIPT.c[name] for name in Receipt.__slots__)).where(
    or_(RECEIPT.c.key == bindparam("key"), RECEIPT.c.content == bindparam("content"))
)
"""Nothing equals NULL, so a submission without a key is not known by it."""


def content_hash(events: Iterable[Event], documents: Sequence[Document] = ()) -> str:
    """What was sent, whenever it was: SHA-256 over kind, account and facts of the events, and the documents."""
    return hash_of_content([(event.kind, event.by, event.facts) for event in events], documents)


def hash_of_content(sent: Sequence[tuple[str, str, Facts]], documents: Sequence[Document] = ()) -> str:
    """The same over what is no event, or not whole."""
    what: list[Json] = [list(sent), sorted(document.sha256 for document in documents)]
    return hashlib.sha256(canonical(what)).hexdigest()


def found(connection: Connection, key: str | None, content: str | None) -> Receipt | None:
    """The receipt of an earlier submission. Raises ``KeyReusedError`` where the key stands for another content."""
    if not key and not content:
        return None
    rows = [Receipt(*row) for row in connection.execute(_KNOWN, {"key": key, "content": content})]
    for receipt in rows:
        if key and receipt.key == key:
            _expect_same(receipt, content)
            return receipt
    return rows[0] if rows else None


def give(connection: Connection, receipt: Receipt) -> bool:
    """Write the receipt before what it is for; False if another transaction gave one for the same meanwhile."""
    row = {name: getattr(receipt, name) for name in Receipt.__slots__}
    return bool(insert_new(connection, RECEIPT, [row]))


def _expect_same(receipt: Receipt, content: str | None) -> None:
    if content and receipt.content and receipt.content != content:
        raise KeyReusedError(f"the key `{receipt.key}` stands for another content, {receipt.request}; use a new key")
