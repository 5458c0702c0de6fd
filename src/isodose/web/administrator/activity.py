"""What happened to accounts, and who saw what of a request."""

from __future__ import annotations

from dataclasses import asdict

from starlette.responses import Response

from isodose.store.account_events import PAGE, account_events
from isodose.store.event import is_name
from isodose.store.seen import DOCUMENT, DOWNLOAD, looks
from isodose.store.seen import PAGE as LOOKS
from isodose.web.administrator.told import COLUMNS, Told, told
from isodose.web.errors import NotFoundError
from isodose.web.spreadsheet import as_text, csv_text
from isodose.web.visit import Visit

OF_LOOK = ("position", "at", "account", "request", "what")


def show(visit: Visit) -> Response:
    """The newest events of all accounts, or of one."""
    events = _events(visit)
    return visit.page(
        "administrator_activity.html",
        events=events,
        account=_asked(visit, "account") or "",
        older=events[-1].position if len(events) == PAGE else None,
    )


def show_json(visit: Visit) -> Response:
    return visit.json([asdict(one) | {"at": as_text(one.at)} for one in _events(visit)])


def show_csv(visit: Visit) -> Response:
    return visit.csv("activity", csv_text(COLUMNS, [asdict(one) for one in _events(visit)]))


def seen(visit: Visit) -> Response:
    """Who saw what: of all requests, of one, or what one account saw."""
    found = _looks(visit)
    return visit.page(
        "administrator_seen.html",
        looks=found,
        account=_asked(visit, "account") or "",
        request=_asked(visit, "request") or "",
        older=found[-1]["position"] if len(found) == LOOKS else None,
    )


def seen_json(visit: Visit) -> Response:
    return visit.json([row | {"at": as_text(row["at"])} for row in _looks(visit)])


def seen_csv(visit: Visit) -> Response:
    return visit.csv("seen", csv_text(OF_LOOK, _looks(visit)))


def _events(visit: Visit) -> list[Told]:
    found = account_events(visit.services.database, _asked(visit, "account"), _before(visit))
    return [told(one) for one in found]


def _looks(visit: Visit) -> list[dict[str, object]]:
    found = looks(
        visit.services.database,
        request=_asked(visit, "request"),
        account=_asked(visit, "account"),
        before=_before(visit),
    )
    return [
        {
            "position": position,
            "at": one.at,
            "account": one.account,
            "request": one.request,
            "what": what_in_words(one.what),
        }
        for position, one in found
    ]


def what_in_words(what: str) -> str:
    """A document by the beginning of its SHA-256; a page by its name."""
    way = next((one for one in (DOCUMENT, DOWNLOAD) if what.startswith(one)), "")
    return f"{way}{what.removeprefix(way)[:12]}" if way else what


def _asked(visit: Visit, name: str) -> str | None:
    """An account or a request that the address names; a number is in capitals."""
    asked = visit.query.get(name, "").strip()
    if asked and not is_name(asked):
        raise NotFoundError("Nothing has this name.")
    return (asked.upper() if name == "request" else asked.lower()) or None


def _before(visit: Visit) -> int | None:
    text = visit.query.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None  # noqa: PLR2004 (64 bits)
