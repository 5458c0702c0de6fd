"""How a request came that the plan's intake enters: whose it is, by which channel, and when it first arrived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from isodose.desk.role import Role
from isodose.store.practices import all_practices, find_practice
from isodose.web.practice.draft.problem import Problem
from isodose.web.practice.draft.typed import Typed
from isodose.web.visit import Visit

PRACTICE, CHANNEL, ARRIVED = "practice", "channel", "arrived"

CHANNELS = {"fax": "Telefax", "phone": "Phone", "letter": "Letter", "counter": "In person"}


def arrival(visit: Visit) -> dict[str, Any]:
    """What the page of a draft offers for it; nothing to a practice, whose requests come as they are sent."""
    if visit.by.role is not Role.INTAKE:
        return {"is_intake": False}
    practices = [(one.practice_id, one.name) for one in all_practices(visit.services.database)]
    return {"is_intake": True, "practices": practices, "channels": CHANNELS.items()}


def first_arrival(visit: Visit, typed: Typed) -> datetime:
    """When the request first reached the plan or its delegate: now, unless it lay before it was entered."""
    if visit.by.role is not Role.INTAKE or not typed.text(ARRIVED):
        return visit.now
    return _moment(visit, typed.text(ARRIVED)) or visit.now


def channel(visit: Visit, typed: Typed) -> str:
    return typed.text(CHANNEL) if visit.by.role is Role.INTAKE else "portal"


def arrival_problems(visit: Visit, typed: Typed) -> Iterator[Problem]:
    """What intake has to say of how a request came."""
    if visit.by.role is not Role.INTAKE or typed.of:
        return
    if typed.text(CHANNEL) not in CHANNELS:
        yield Problem(CHANNEL, "Say by which way it came", lacks=True)
    if (practice := typed.text(PRACTICE)) and find_practice(visit.services.database, practice) is None:
        yield Problem(PRACTICE, "Choose one of the practices that are listed, or none for a member's own request")
    if text := typed.text(ARRIVED):
        came = _moment(visit, text)
        if came is None:
            yield Problem(ARRIVED, "A moment is written like 2026-12-03T14:05")
        elif came > visit.now:
            yield Problem(ARRIVED, "It cannot have arrived later than now")


def _moment(visit: Visit, text: str) -> datetime | None:
    """A moment on the plan's clock, as a browser's field writes it."""
    try:
        return datetime.strptime(text[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=visit.services.policy.zone).astimezone(UTC)
    except (ValueError, OverflowError):  # the last day that there is has no later one elsewhere
        return None
