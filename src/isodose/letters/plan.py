"""What a letter says of the plan itself: names, addresses, numbers to call, and words that the plan adds. All of it is settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

EVERY_LETTER = ""
"""Stands for all letters among those to which words are added."""


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody outside the plan who helps a member with an appeal; ``offers`` says with what."""

    name: str
    phone: str
    offers: str


MEDICARE = Helper("Medicare", "1-800-633-4227", "at any hour of every day; text phone 1-877-486-2048")
ELDERCARE = Helper("Eldercare Locator", "1-800-677-1116", "finds help where you live")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan as its letters name it.

    ``services`` says in plain words what a guideline's service is, by the guideline's id. ``additional`` are paragraphs that
    the plan must add, by the letter's kind (``EVERY_LETTER`` for all). ``forms`` are Jinja2 templates of the plan's own that take
    the place of a letter's body, by its name (``member/denied``): the official form, for one.
    """

    name: str
    address: tuple[str, ...]
    phone: str
    tty: str
    hours: str
    fax: str
    appeals_address: tuple[str, ...]
    appeals_fax: str
    fast_appeals_phone: str
    fast_appeals_fax: str
    peer_to_peer_phone: str
    website: str
    helpers: tuple[Helper, ...] = (MEDICARE, ELDERCARE)
    services: Mapping[str, str] = field(default_factory=dict)
    additional: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)

    def adds_to(self, kind: str) -> tuple[str, ...]:
        """The paragraphs that the plan adds to letters of a kind."""
        return (*self.additional.get(kind, ()), *self.additional.get(EVERY_LETTER, ()))

    @property
    def digest(self) -> str:
        """SHA-256 over all of it: two plans with one digest write the same letters."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()
