"""An event of the activity log in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from isodose.store.account_events import AccountEvent
from isodose.store.event import Json

COLUMNS = ("position", "at", "account", "what", "by", "details")


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to an account, who did it, and what changed."""

    position: int
    at: datetime
    account: str
    what: str
    by: str
    details: str


_WORDS = {"signed-in": "signed in", "signed-out": "signed out", "signed-out-everywhere": "signed out everywhere"}

_NAMES = {
    "display_name": "display name",
    "password_is_temporary": "temporary password",
    "second_factor": "authenticator",
    "prepares_for": "prepares for",
    "valid_to": "valid to",
}


def told(one: AccountEvent) -> Told:
    event = one.event
    details = "; ".join(_details(event.kind, event.facts))
    return Told(one.position, event.at, one.account, _WORDS.get(event.kind, event.kind), event.by, details)


def _details(kind: str, facts: Mapping[str, Json]) -> list[str]:
    if kind == "added":
        return [f"{_NAMES.get(name, name)} {_said(value)}" for name, value in facts.items() if _is_told(name, value)]
    return [_difference(name, value) for name, value in facts.items()]


def _is_told(name: str, value: Json) -> bool:
    """Of a new account only what is there; its name stands beside it already."""
    return name != "name" and value not in (None, False, [], "none")


def _difference(name: str, value: Json) -> str:
    called = _NAMES.get(name, name)
    if not isinstance(value, Mapping) or set(value) != {"from", "to"}:
        return f"{called} {_said(value)}"
    before, after = _said(value["from"]), _said(value["to"])
    return f"{called} {'replaced' if before == after else f'{before} → {after}'}"


def _said(value: Json) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_NAMES.get(name, name).replace('_', ' ')} {_said(part)}" for name, part in value.items())
    if isinstance(value, (list, tuple)):
        return " and ".join(map(_said, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)
