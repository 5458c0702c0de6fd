"""Dates as people write them here, YYYY-MM-DD only, and whole years and months between two of them."""

from __future__ import annotations

from datetime import date


def date_from(text: str) -> date | None:
    """The date, or None if the text is none; ``date.fromisoformat`` alone takes ``20251103`` and week dates too."""
    if len(text) != len("YYYY-MM-DD") or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def whole_months(start: date, end: date) -> int:
    """Months completed from start to end. A day that a month lacks is reached on the first of the next.

    So a person born on 29 February completes a year on 1 March of other years. Negative if end lies before start.
    """
    if end < start:
        return -whole_months(end, start)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def whole_years(start: date, end: date) -> int:
    """Years completed from start to end, counted as ``whole_months`` counts."""
    if end < start:
        return -whole_years(end, start)
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
