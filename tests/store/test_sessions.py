"""Sessions: started, moved on under a new token, ended one by one and all at once, and with the rights they were opened under."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from tests.store.events import NOON
from tests.store.people import BY, NURSE, REQUESTER, add, minutes

from isodose.store.accounts import change_account
from isodose.store.devices import forget_devices, is_known_device, know_device
from isodose.store.record import Record
from isodose.store.sessions import (
    Session,
    Step,
    end_all_sessions,
    end_session,
    find_session,
    forget_sessions,
    move_on,
    note_seen,
    sessions_of,
    start_session,
)


def started(record: Record, *tokens: str, account: str = "ann") -> list[Session]:
    sessions = [Session(token, account, Step.SIGNED_IN, NOON, NOON) for token in tokens]
    for session in sessions:
        start_session(record.database, session)
    return sessions


def there(record: Record) -> set[str]:
    found = [*sessions_of(record.database, "ann"), *sessions_of(record.database, "rob")]
    return {session.token_sha256 for session in found}


def test_a_session_is_found_by_what_its_token_hashes_to(record: Record) -> None:
    add(record.database, NURSE)
    [session] = started(record, "a")
    assert find_session(record.database, "a") == session
    assert find_session(record.database, "b") is None
    end_session(record.database, "a")
    assert find_session(record.database, "a") is None


def test_nobody_without_an_account_has_a_session(record: Record) -> None:
    with pytest.raises(IntegrityError):
        started(record, "a", account="nobody")


def test_being_seen_is_noted_and_never_goes_back(record: Record) -> None:
    add(record.database, NURSE)
    [session] = started(record, "a")
    note_seen(record.database, "a", NOON + minutes(2))
    note_seen(record.database, "a", NOON + minutes(1))
    assert find_session(record.database, "a") == replace(session, seen=NOON + minutes(2))


def test_a_step_further_gives_another_token_once(record: Record) -> None:
    add(record.database, NURSE)
    pending = Session("a", "ann", Step.SECOND_FACTOR, NOON, NOON)
    start_session(record.database, pending)
    moved = move_on(record.database, pending, "b", Step.SIGNED_IN, NOON + minutes(1))
    assert moved == Session("b", "ann", Step.SIGNED_IN, NOON, NOON + minutes(1))
    assert find_session(record.database, "b") == moved
    assert find_session(record.database, "a") is None
    assert move_on(record.database, pending, "c", Step.SIGNED_IN, NOON) is None
    assert there(record) == {"b"}


def test_of_steps_at_once_one_is_taken(record: Record) -> None:
    add(record.database, NURSE)
    pending = Session("a", "ann", Step.SECOND_FACTOR, NOON, NOON)
    start_session(record.database, pending)
    with ThreadPoolExecutor(8) as threads:
        moved = threads.map(lambda n: move_on(record.database, pending, f"b{n}", Step.SIGNED_IN, NOON), range(8))
        assert sum(one is not None for one in moved) == 1


def test_signing_out_everywhere_ends_the_accounts_own(record: Record) -> None:
    add(record.database, NURSE, REQUESTER)
    started(record, "a", "b", "c")
    started(record, "d", account="rob")
    end_all_sessions(record.database, "ann", keep="b")
    assert there(record) == {"b", "d"}
    end_all_sessions(record.database, "ann")
    assert there(record) == {"d"}


@pytest.mark.parametrize(
    ("change", "ends"),
    [
        ({"password": "another"}, True),
        ({"second_factor": None}, True),
        ({"role": "physician"}, True),
        ({"practice": "P2"}, True),
        ({"prepares_for": ("Dr. Hill",)}, True),
        ({"disabled": True}, True),
        ({"display_name": "Ann Ray"}, False),
    ],
)
def test_sessions_end_with_the_rights_they_were_opened_under(
    record: Record, change: dict[str, Any], *, ends: bool
) -> None:
    add(record.database, NURSE)
    started(record, "a", "b")
    change_account(record.database, NURSE, replace(NURSE, **change), BY, NOON, keep="b")
    assert there(record) == ({"b"} if ends else {"a", "b"})


def test_sessions_whose_time_is_over_are_forgotten(record: Record) -> None:
    add(record.database, NURSE)
    started(record, "idle", "new")
    start_session(record.database, Session("old", "ann", Step.SIGNED_IN, NOON - minutes(800), NOON))
    note_seen(record.database, "new", NOON + minutes(40))
    note_seen(record.database, "old", NOON + minutes(40))
    now = NOON + minutes(45)
    assert forget_sessions(record.database, started_before=now - minutes(720), seen_before=now - minutes(30)) == 2
    assert there(record) == {"new"}


def test_a_device_is_known_to_the_account_that_signed_in_from_it(record: Record) -> None:
    add(record.database, NURSE, REQUESTER)
    know_device(record.database, "ann", "d", NOON)
    assert is_known_device(record.database, "ann", "d", since=NOON)
    assert not is_known_device(record.database, "rob", "d", since=NOON)
    assert not is_known_device(record.database, "ann", "e", since=NOON)
    assert not is_known_device(record.database, "ann", "d", since=NOON + minutes(1))
    know_device(record.database, "ann", "d", NOON + minutes(1))
    assert is_known_device(record.database, "ann", "d", since=NOON + minutes(1))
    know_device(record.database, "rob", "d", NOON)
    forget_devices(record.database, "ann")
    assert not is_known_device(record.database, "ann", "d", since=NOON)
    assert is_known_device(record.database, "rob", "d", since=NOON)
