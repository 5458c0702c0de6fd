"""What was typed into a desk's form, read as days, moments and numbers. What is none is said beside its field."""

from __future__ import annotations

from datetime import UTC, date, datetime

from isodose.web.reviewer.acts.panel import FormError
from isodose.web.reviewer.desk.desk import Desk


def text(desk: Desk, name: str) -> str:
    return desk.visit.form.text(name)


def needed(desk: Desk, name: str, otherwise: str) -> str:
    """A text that must not be empty."""
    if not (typed := text(desk, name)):
        raise FormError([(name, otherwise)])
    return typed


def day(desk: Desk, name: str) -> date | None:
    """A day; None if none was typed."""
    typed = text(desk, name)
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise FormError([(name, f"“{typed}” is not a day like 2026-06-01")]) from None


def needed_day(desk: Desk, name: str, otherwise: str) -> date:
    found = day(desk, name)
    if found is None:
        raise FormError([(name, otherwise)])
    return found


def whole(desk: Desk, name: str) -> int | None:
    """A whole number; None if none was typed."""
    typed = text(desk, name)
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 6):  # noqa: PLR2004 (more is a slip)
        raise FormError([(name, f"“{typed}” is not a whole number")])
    return int(typed) if typed else None


def moment(desk: Desk, name: str) -> datetime | None:
    """A moment as a browser's field writes it, on the plan's clock; None if none was typed."""
    typed = text(desk, name)
    try:
        there = datetime.fromisoformat(typed) if typed else None
        return there and there.replace(tzinfo=desk.visit.services.policy.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise FormError([(name, f"“{typed}” is not a moment like 2026-06-01T14:30")]) from None
