"""Dates, times and counts as letters say them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from isodose.desk.clock import Deadline

NOON = time(12)


def in_words(day: date) -> str:
    """`June 1, 2026`."""
    return f"{day:%B} {day.day}, {day.year}"


def moment_in_words(at: datetime, zone: ZoneInfo) -> str:
    """`10:00 a.m. on June 1, 2026` by the plan's clock."""
    local = at.astimezone(zone)
    half = "a.m." if local.time() < NOON else "p.m."
    return f"{local.hour % 12 or 12}:{local:%M} {half} on {in_words(local.date())}"


def until(due: Deadline, zone: ZoneInfo) -> str:
    """The last moment that is in time: a whole day where the deadline is the midnight that ends it."""
    local = due.at.astimezone(zone)
    if local.time() == time():
        return in_words(local.date() - timedelta(days=1))
    return moment_in_words(due.at, zone)


def listed(words: Sequence[str], joint: str = "and") -> str:
    """`a, b and c`."""
    return f" {joint} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def lines_of(text: str) -> tuple[str, ...]:
    """An address as lines: as it is written, or, where it is one line, street and town (`12 Elm Street`, `Salem, CT 06420`)."""
    parts = re.split(r"[;\n]", text)
    if len(parts) == 1:
        street, *town = text.rsplit(", ", 2)
        parts = [street, ", ".join(town)]
    return tuple(part.strip() for part in parts if part.strip())
