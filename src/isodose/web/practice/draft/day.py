"""Days that somebody types of a course: written one way, and within what a course can be about."""

from __future__ import annotations

from datetime import date

from isodose.guideline.dates import date_from

A_DAY = "A day is written like 2026-12-03: year, month, day"

_YEARS = range(1950, 2150)
"""A day in another year is a slip of the keys."""


def day_from(text: str) -> date | None:
    """The day, or None if the text is none."""
    day = date_from(text)
    return day if day and day.year in _YEARS else None
