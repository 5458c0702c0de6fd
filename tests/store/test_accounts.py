"""Accounts: added, changed as they were read, and every change in the log; secrets are never in it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.store.events import NOON, event
from tests.store.inside import rows
from tests.store.people import BY, NURSE, OTHER_HASH, REQUESTER, add

from isodose.store.account_events import account_events, add_account_event, last_events
from isodose.store.accounts import (
    Account,
    StaleAccountError,
    add_account,
    all_accounts,
    change_account,
    find_account,
    use_second_factor,
)
from isodose.store.errors import SchemaError, StoreError, TakenError
from isodose.store.event import Event
from isodose.store.record import Record
from isodose.store.schema import migrate

PHYSICIAN = Account("hill", "Dr. Hill", "physician", qualification={"license": "12", "expertise": ["radiology"]})


def test_an_account_is_read_as_it_was_added(record: Record) -> None:
    add(record.database, REQUESTER, NURSE, PHYSICIAN)
    for account in (NURSE, REQUESTER, PHYSICIAN):
        assert find_account(record.database, account.name) == account
    assert find_account(record.database, "nobody") is None
    assert all_accounts(record.database) == [NURSE, PHYSICIAN, REQUESTER]
    assert all_accounts(record.database, "P1") == [REQUESTER]


def test_a_name_is_one_accounts_alone(record: Record) -> None:
    add(record.database, NURSE)
    with pytest.raises(TakenError, match="there is an account ann already"):
        add_account(record.database, replace(NURSE, role="physician"), BY, NOON)
    assert all_accounts(record.database) == [NURSE]
    assert len(account_events(record.database)) == 1


@pytest.mark.parametrize("name", ["Ann", "system", "", " ann", "a\nb", "x" * 201])
def test_what_can_be_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"lower case|printable letters"):
        replace(NURSE, name=name)


def test_a_change_says_what_was_before_and_who_did_it(record: Record) -> None:
    add(record.database, NURSE)
    after = replace(NURSE, role="physician", password=OTHER_HASH, second_factor=None, prepares_for=("Dr. Hill",))
    change_account(record.database, NURSE, after, "chief", NOON)
    assert find_account(record.database, "ann") == after
    changed, added = account_events(record.database, "ann")
    assert (changed.event.kind, changed.event.by, changed.event.at) == ("changed", "chief", NOON)
    assert changed.event.facts == {
        "role": {"from": "nurse", "to": "physician"},
        "password": {"from": "set", "to": "set"},
        "second_factor": {"from": "set", "to": "none"},
        "prepares_for": {"from": [], "to": ["Dr. Hill"]},
    }
    assert (added.event.kind, added.event.facts["role"]) == ("added", "nurse")


def test_no_secret_is_in_the_log_or_in_words(record: Record) -> None:
    add(record.database, NURSE)
    change_account(record.database, NURSE, replace(NURSE, password=OTHER_HASH), BY, NOON)
    shown = repr(account_events(record.database)) + repr(NURSE)
    assert "hash" not in shown
    assert "a secret" not in shown


def test_a_change_of_what_was_changed_meanwhile_is_refused(record: Record) -> None:
    add(record.database, NURSE)
    disabled = replace(NURSE, disabled=True)
    change_account(record.database, NURSE, disabled, BY, NOON)
    with pytest.raises(StaleAccountError, match="ann was changed meanwhile") as stale:
        change_account(record.database, NURSE, replace(NURSE, role="physician"), BY, NOON)
    assert stale.value.now == disabled
    assert find_account(record.database, "ann") == disabled
    assert len(account_events(record.database)) == 2


def test_a_change_of_nothing_and_of_nobody(record: Record) -> None:
    add(record.database, NURSE)
    change_account(record.database, NURSE, NURSE, BY, NOON)
    assert len(account_events(record.database)) == 1
    with pytest.raises(StoreError, match="there is no account rob"):
        change_account(record.database, REQUESTER, replace(REQUESTER, disabled=True), BY, NOON)
    with pytest.raises(ValueError, match="keeps its name"):
        change_account(record.database, NURSE, REQUESTER, BY, NOON)


def test_of_changes_at_once_one_is_made(record: Record) -> None:
    add(record.database, NURSE)

    def change(number: int) -> bool:
        try:
            change_account(record.database, NURSE, replace(NURSE, display_name=f"Ann {number}"), BY, NOON)
        except StaleAccountError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(change, range(8))) == 1
    assert len(account_events(record.database)) == 2


def test_a_code_is_accepted_once_and_no_earlier_one_after_it(record: Record) -> None:
    add(record.database, NURSE)
    used = [use_second_factor(record.database, "ann", counter) for counter in (100, 100, 99, 101)]
    assert used == [True, False, False, True]
    assert not use_second_factor(record.database, "nobody", 100)
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(lambda _: use_second_factor(record.database, "ann", 200), range(8))) == 1


def test_another_authenticator_counts_anew(record: Record) -> None:
    add(record.database, NURSE)
    use_second_factor(record.database, "ann", 100)
    change_account(record.database, NURSE, replace(NURSE, second_factor="another"), BY, NOON)
    assert use_second_factor(record.database, "ann", 99)


def test_when_something_happened_last_is_known_of_each(record: Record) -> None:
    add(record.database, NURSE, PHYSICIAN)
    for minutes in (1, 3, 2):
        at = NOON + timedelta(minutes=minutes)
        add_account_event(record.database, "ann", Event("signed-in", at, "ann", {}))
    assert last_events(record.database, "signed-in") == {"ann": NOON + timedelta(minutes=3)}
    assert last_events(record.database, "signed-out") == {}


def test_the_log_is_read_in_pages_and_never_changed(record: Record) -> None:
    add(record.database, NURSE, REQUESTER)
    for seconds in range(5):
        add_account_event(record.database, "ann", event("signed-in", after=seconds, by="ann"))
    first = account_events(record.database, "ann", most=4)
    rest = account_events(record.database, "ann", before=first[-1].position)
    assert [one.event.kind for one in first + rest] == ["signed-in"] * 5 + ["added"]
    for statement in ("UPDATE account_event SET kind = 'x'", "DELETE FROM account_event"):
        with pytest.raises(DBAPIError, match="never changed or removed"), record.database.writing() as connection:
            connection.execute(text(statement))
    assert rows(record)["account_event"] == 7


def test_no_way_back_takes_the_log_away(nowhere: str) -> None:
    from isodose.store.database import open_database

    database = open_database(nowhere)
    migrate(database)
    add(database, NURSE)
    with pytest.raises(SchemaError, match="what was done and seen"):
        migrate(database, "r0002")
    assert find_account(database, "ann") == NURSE
    database.close()
