"""The practices that send requests, and each list of members or practices that was loaded."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from isodose.store.accounts import all_accounts
from isodose.store.practices import Practice, all_practices
from isodose.store.roster import Kind, versions
from isodose.web.spreadsheet import as_text, csv_text
from isodose.web.visit import Visit

COLUMNS = ("practice_id", "name", "npi", "phone", "fax", "address", "accounts")
OF_VERSION = ("version", "list", "at", "by", "file", "sha256", "entries", "added_or_changed", "removed")

MOST = 200
"""Practices on one page; words narrow the list."""


def show(visit: Visit) -> Response:
    found, loaded = _practices(visit), versions(visit.services.database)
    return visit.page(
        "administrator_practices.html",
        practices=found[:MOST],
        number=len(found),
        sought=visit.query.get("find", ""),
        versions=loaded,
        members=next((one for one in loaded if one.kind is Kind.MEMBERS), None),
    )


def show_json(visit: Visit) -> Response:
    return visit.json(_practices(visit))


def show_csv(visit: Visit) -> Response:
    return visit.csv("practices", csv_text(COLUMNS, _practices(visit)))


def versions_json(visit: Visit) -> Response:
    return visit.json([row | {"at": as_text(row["at"])} for row in _versions(visit)])


def versions_csv(visit: Visit) -> Response:
    return visit.csv("loaded", csv_text(OF_VERSION, _versions(visit)))


def _practices(visit: Visit) -> list[dict[str, object]]:
    """Those that have each word that is sought somewhere."""
    database = visit.services.database
    accounts = Counter(one.practice for one in all_accounts(database) if not one.disabled)
    words = visit.query.get("find", "").casefold().split()
    return [_row(one, accounts[one.practice_id]) for one in all_practices(database) if _holds(one, words)]


def _row(one: Practice, accounts: int) -> dict[str, object]:
    return {name: getattr(one, name) for name in COLUMNS[:-1]} | {"accounts": accounts}


def _holds(one: Practice, words: list[str]) -> bool:
    text = " ".join(filter(None, (one.practice_id, one.name, one.npi, one.address))).casefold()
    return all(word in text for word in words)


def _versions(visit: Visit) -> list[dict[str, object]]:
    return [
        {
            "version": one.version,
            "list": one.kind.value,
            "at": one.source.at,
            "by": one.source.by,
            "file": one.source.name,
            "sha256": one.source.sha256,
            "entries": one.entries,
            "added_or_changed": one.written,
            "removed": one.removed,
        }
        for one in versions(visit.services.database)
    ]
