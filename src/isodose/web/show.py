"""How values are written on pages: days, moments on the plan's clock, lengths of time, codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from isodose.desk.policy import CONNECTICUT
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.text import shortened

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def day(value: date | datetime | None) -> str:
    """``27 Nov 2026``; a moment by its day on the plan's clock."""
    if value is None:
        return "–"
    value = value.astimezone(CONNECTICUT).date() if isinstance(value, datetime) else value
    return f"{value.day} {value:%b %Y}"


def moment(value: datetime | None, zone: ZoneInfo = CONNECTICUT) -> str:
    """``27 Nov 2026, 14:05``, on the plan's clock."""
    if value is None:
        return "–"
    there = value.astimezone(zone)
    return f"{there.day} {there:%b %Y, %H:%M}"


def clock(value: datetime, zone: ZoneInfo = CONNECTICUT) -> str:
    """``14:05``, on the plan's clock."""
    return f"{value.astimezone(zone):%H:%M}"


def capital(text: str) -> str:
    """The text with its first letter as a sentence begins; the others stay as they are."""
    return text[:1].upper() + text[1:]


def length(value: timedelta) -> str:
    """``3 d 8 h``, ``8 h 40 min``, ``12 min``: two units at most, cut off and never rounded up."""
    value = abs(value)
    if value >= _DAY:
        hours = (value % _DAY) // _HOUR
        return f"{value.days} d" + (f" {hours} h" if hours else "")
    hours, minutes = value // _HOUR, value % _HOUR // _MINUTE
    parts = ((hours, "h"), (minutes, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"


def counted(number: int, one: str, many: str = "") -> str:
    """``1 document``, ``3 documents``, ``no documents``."""
    return f"{number or 'no':{',' if number else ''}} {one if number == 1 else many or f'{one}s'}"


def size(number: int) -> str:
    """Bytes as people say them: ``3 kB``, ``1.4 MB``."""
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{-(-number // 1000)} kB"  # noqa: PLR2004 (a million)


def marked(text: str) -> Markup:
    """What stands between backticks in a sentence, set as a fact; everything else as it is."""
    return Markup("").join(
        Markup('<span class="fact">{}</span>').format(part) if place % 2 else escape(part)
        for place, part in enumerate(text.split("`"))
    )


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "capital": capital,
    "clock": clock,
    "moment": moment,
    "lasting": length,
    "counted": counted,
    "dotted": with_dot,
    "size": size,
    "marked": marked,
    "shortened": shortened,
}
