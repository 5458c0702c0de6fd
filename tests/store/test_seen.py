"""What an account prefers, and who saw what."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.store.events import NOON
from tests.store.people import NURSE, REQUESTER, add, minutes

from isodose.store.preferences import prefer, prefer_no_more, preferences_of
from isodose.store.record import Record
from isodose.store.seen import PAGE, Look, add_look, looks, opened_documents


def test_a_preference_is_kept_over_the_one_before(record: Record) -> None:
    add(record.database, NURSE, REQUESTER)
    prefer(record.database, "ann", "filter: due today", {"states": ["in-review"], "unassigned": True})
    prefer(record.database, "ann", "filter: due today", {"states": []})
    prefer(record.database, "ann", "columns", ["due", "member"])
    prefer(record.database, "rob", "columns", None)
    assert preferences_of(record.database, "ann") == {"columns": ["due", "member"], "filter: due today": {"states": []}}
    prefer_no_more(record.database, "ann", "columns")
    assert list(preferences_of(record.database, "ann")) == ["filter: due today"]
    assert preferences_of(record.database, "rob") == {"columns": None}


def test_who_saw_what_is_found_by_request_and_by_account(record: Record) -> None:
    seen = [
        Look(NOON, "ann", "PA-1", "desk"),
        Look(NOON, "rob", "PA-1", "timeline"),
        Look(NOON + minutes(1), "ann", "PA-2", "document ab12"),
    ]
    for look in seen:
        add_look(record.database, look)
    assert [look for _, look in looks(record.database)] == seen[::-1]
    assert [look for _, look in looks(record.database, request="PA-1")] == [seen[1], seen[0]]
    assert [look for _, look in looks(record.database, account="ann")] == [seen[2], seen[0]]
    last, _ = looks(record.database)[0]
    assert [look for _, look in looks(record.database, before=last, account="ann")] == [seen[0]]


def test_looks_are_listed_in_pages(record: Record) -> None:
    for number in range(PAGE + 1):
        add_look(record.database, Look(NOON, "ann", f"PA-{number}", "desk"))
    first = looks(record.database)
    assert len(first) == PAGE
    assert [look.request for _, look in looks(record.database, before=first[-1][0])] == ["PA-0"]


@pytest.mark.parametrize("statement", ["UPDATE seen SET account = 'rob'", "DELETE FROM seen"])
def test_what_was_seen_is_never_unseen(record: Record, statement: str) -> None:
    add_look(record.database, Look(NOON, "ann", "PA-1", "desk"))
    with pytest.raises(DBAPIError, match="never changed or removed"), record.database.writing() as connection:
        connection.execute(text(statement))
    assert len(looks(record.database)) == 1


@pytest.mark.parametrize("what", ["", "a\nb", "x" * 201])
def test_a_look_is_one_line(record: Record, what: str) -> None:
    with pytest.raises(ValueError, match="printable letters"):
        add_look(record.database, Look(NOON, "ann", "PA-1", what))


def test_which_documents_were_opened_is_known_for_each_account(record: Record) -> None:
    for account, request, what in (
        ("ann", "PA-1", "document ab12"),
        ("ann", "PA-1", "document ab12"),
        ("ann", "PA-1", "desk"),
        ("ann", "PA-2", "document cd34"),
        ("rob", "PA-1", "document ef56"),
    ):
        add_look(record.database, Look(NOON, account, request, what))
    assert opened_documents(record.database, "PA-1", "ann") == {"ab12"}
    assert opened_documents(record.database, "PA-3", "ann") == frozenset()
