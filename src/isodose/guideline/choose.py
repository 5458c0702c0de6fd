"""Which edition rules a date of service, as known on a date."""

from __future__ import annotations

from datetime import date

from isodose.guideline.edition import Edition


def edition_on(editions: tuple[Edition, ...], date_of_service: date, as_known_on: date | None = None) -> Edition | None:
    """Of those effective by then (and decided by ``as_known_on``) the latest effective; among equals the newest decided."""
    chosen: Edition | None = None
    for edition in editions:
        is_known = as_known_on is None or edition.decided <= as_known_on
        if edition.effective <= date_of_service and is_known and (chosen is None or _dates(edition) > _dates(chosen)):
            chosen = edition
    return chosen


def _dates(edition: Edition) -> tuple[date, date]:
    return edition.effective, edition.decided
