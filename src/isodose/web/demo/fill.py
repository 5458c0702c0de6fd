"""Fills a new record for the demonstration."""

from __future__ import annotations

from isodose.store.accounts import all_accounts
from isodose.web.demo.people import add_people
from isodose.web.services import Services


def fill(services: Services) -> None:
    """Everything that the demonstration shows, unless it is there already."""
    if all_accounts(services.database):
        return
    add_people(services.database, services.sign_in, services.clock())
