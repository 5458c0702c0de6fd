"""Dates as FHIR writes them."""

from __future__ import annotations

import re

_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T.+", re.DOTALL)


def calendar_date(written: str | None) -> str | None:
    """The day of a FHIR date or dateTime, as the sender wrote it (no change of time zone).

    What is no full date (``2025-11``, ``soon``) stays as it is: the engine says that it is none.
    """
    instant = _INSTANT.fullmatch(written.strip()) if written is not None else None
    return instant[1] if instant else written
