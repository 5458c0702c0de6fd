"""Calendar days on the plan's clock. Moments are UTC; days are the plan's, 23 or 25 hours long twice a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The day that the plan's clock shows at a moment."""
    return at.astimezone(zone).date()


def day_starts(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day, in UTC.

    Where clocks jump over midnight, that is the jump; where midnight comes twice, the first (``fold`` is 0 in both).
    """
    return datetime.combine(day, time(), zone).astimezone(UTC)


def end_of_day_after(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The midnight that ends the day so many days after a moment's. The day of the moment itself does not count."""
    return day_starts(day_of(at, zone) + timedelta(days=days + 1), zone)
