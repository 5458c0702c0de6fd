"""Accounts as the tests add them."""

from datetime import timedelta

from tests.store.events import NOON

from isodose.store.accounts import Account, add_account
from isodose.store.database import Database

HASH, OTHER_HASH = "a hash", "another hash"
NURSE = Account("ann", "Ann Lee", "nurse", password=HASH, second_factor="a secret")
REQUESTER = Account("rob", "Rob Ray", "requester", practice="P1", prepares_for=("Dr. Hill", "Dr. Moss"))
BY = "root"


def add(database: Database, *accounts: Account) -> None:
    for account in accounts:
        add_account(database, account, BY, NOON)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
