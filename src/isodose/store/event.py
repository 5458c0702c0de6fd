"""What happened to a request, as a value, and as one link of the request's hash chain.

An event names no table and no engine: the chain can be checked by anybody who has the events, with SHA-256 alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
"""What facts are made of. No floats: two machines may write them differently. Dates are text."""

GENESIS = "0" * 64
"""Stands before a request's first event, where the hash of the event before stands otherwise."""

DOCUMENTS = "documents"
"""The fact that names the documents an event brings: a list of objects, each with at least ``sha256``."""

DEEPEST = 64
"""Lists within lists; deeper ones no reader is bound to take."""

_KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NAME = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]{0,198}[^\s\x00-\x1f\x7f])?")
_MOST = 2**63
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_TEXT = frozenset({str})
_PLAIN = frozenset({str, bool, type(None)})
_MILLISECOND = timedelta(milliseconds=1)
_NO_OFFSET = timedelta(0)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: its kind (`submitted`), when, by whom (an account, or ``system``), and its own facts.

    ``at`` is UTC in whole milliseconds. The facts are copied; raises ``ValueError`` for what has no canonical JSON. ``written``
    is that JSON: what is stored, and what the hash is made over.
    """

    kind: str
    at: datetime
    by: str
    facts: Mapping[str, Json]
    written: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_kind_and_by(self.kind, self.by)
        _check_instant(self.at)
        object.__setattr__(self, "at", self.at.replace(tzinfo=UTC))
        if not isinstance(self.facts, dict):
            raise ValueError("facts are an object, with a name for each")  # noqa: TRY004 (one kind of error for all)
        object.__setattr__(self, "written", canonical(self.facts).decode())
        object.__setattr__(self, "facts", json.loads(self.written))

    @classmethod
    def as_written(cls, kind: str, at: str, by: str, written: str) -> Event:
        """The event of what is stored. Whether it was written by ``canonical`` is not asked here: its hash vouches for that.

        Raises ``ValueError`` for what cannot be read.
        """
        _check_kind_and_by(kind, by)
        facts = json.loads(written)
        if not isinstance(facts, dict) or not isinstance(written, str):
            raise ValueError("facts are an object, written as text")  # noqa: TRY004 (one kind of error for all)
        event = object.__new__(cls)
        for name, value in (
            ("kind", kind),
            ("at", instant_from(at)),
            ("by", by),
            ("facts", facts),
            ("written", written),
        ):
            object.__setattr__(event, name, value)
        return event


@dataclass(frozen=True, slots=True)
class Stored:
    """An event in its place: the request (its tracking id), the number within it from 1, and its links of the chain."""

    request: str
    number: int
    event: Event
    previous: str
    hash: str


def link(request: str, number: int, event: Event, previous: str) -> Stored:
    """The event as the next link after the one whose hash is ``previous``."""
    check_name("request", request)
    return Stored(request, number, event, previous, link_hash(request, number, event, previous))


def link_hash(request: str, number: int, event: Event, previous: str) -> str:
    """SHA-256 over the canonical JSON list ``[previous, request, number, kind, at, by, facts]``, in hex."""
    return hash_of(previous, request, number, (event.kind, instant_text(event.at), event.by, event.written))


def hash_of(previous: str, request: str, number: int, written: tuple[str, str, str, str]) -> str:
    """The same over an event as it is stored: kind, moment, account, and facts as canonical JSON."""
    *parts, facts = written
    around = _WRITER.encode([previous, request, number, *parts])
    return hashlib.sha256(f"{around[:-1]},{facts}]".encode()).hexdigest()


def canonical(value: Json) -> bytes:
    """The one way to write a value: keys sorted by code point, no white space, UTF-8. Raises ``ValueError``."""
    _check(value)
    try:
        return _WRITER.encode(value).encode()
    except UnicodeEncodeError:
        raise ValueError("half of a surrogate pair is no text") from None


def instant_text(at: datetime) -> str:
    """``2026-11-27T12:59:34.123Z``. Raises ``ValueError`` unless it is UTC, in whole milliseconds."""
    _check_instant(at)
    return at.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def instant_from(text: str) -> datetime:
    """The instant that ``instant_text`` wrote. Raises ``ValueError`` for any other text."""
    at = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    if instant_text(at) != text:
        raise ValueError(f"{text!r} is not written like 2026-11-27T12:59:34.123Z")
    return at


def whole_milliseconds(at: datetime) -> datetime:
    """The instant as events hold it: in UTC, what is below a millisecond cut off."""
    at = at.astimezone(UTC)
    return at - timedelta(microseconds=at.microsecond) % _MILLISECOND


def check_name(what: str, name: str) -> None:
    """A request, an account, a key: one to 200 printable letters, no blank at either end."""
    if not is_name(name):
        raise ValueError(f"`{what}` is one to 200 printable letters without blanks around them, not {name!r}")


def is_name(text: str) -> bool:
    """Whether a text can name something: see ``check_name``."""
    return bool(_NAME.fullmatch(text)) and text.isprintable()


def _check_instant(at: datetime) -> None:
    if at.utcoffset() != _NO_OFFSET:
        raise ValueError(f"{at.isoformat()} is not in UTC")
    if at.microsecond % 1000:
        raise ValueError(f"{at.isoformat()} is not in whole milliseconds")


def _check_kind_and_by(kind: str, by: str) -> None:
    if not _KIND.fullmatch(kind):
        raise ValueError(f"`{kind}` is not a kind of event: lower-case words with hyphens")
    check_name("by", by)


def _check(value: Json) -> None:
    """Level by level: most parts are right by their type alone, and need no further look."""
    depth, level = 0, [value]
    while level:
        within = [parts for whole in level if (parts := _parts(whole))]
        if within and depth >= DEEPEST:
            raise ValueError(f"facts are nested more than {DEEPEST} deep")
        unknown = (parts for parts in within if not _PLAIN.issuperset(map(type, parts)))
        depth, level = depth + 1, [part for parts in unknown for part in parts if type(part) not in _PLAIN]


def _parts(whole: Json) -> Collection[Json]:
    """What an object or a list is made of; nothing for what is right by itself."""
    if isinstance(whole, dict):
        if not (_TEXT.issuperset(map(type, whole)) or all(map(_is_text, whole))):
            raise ValueError("a name in facts is text")
        return whole.values()
    if isinstance(whole, (list, tuple)):
        return whole
    if isinstance(whole, int) and not -_MOST <= whole < _MOST:
        raise ValueError("a number in facts has 64 bits at most")
    if whole is not None and not isinstance(whole, (str, int)):
        raise ValueError(f"facts hold text, whole numbers, yes and no, lists and objects, not {type(whole).__name__}")
    return ()


def _is_text(value: object) -> bool:
    return isinstance(value, str)
