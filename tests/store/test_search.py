"""Finding by a name on the roster and by a code that was sent."""

from datetime import date, timedelta

import pytest
from tests.store.events import NOON, event
from tests.store.test_find import append

from isodose.store.members import Coverage, Member, load_members
from isodose.store.record import Record
from isodose.store.roster_file import RosterFile
from isodose.store.search import members_named, requests_naming, requests_of_members

SOON = NOON + timedelta(days=10)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("okafor", ["M2"]),
        ("R. Alv", ["M1"]),
        ("a", ["M1", "M2"]),
        ("100%", ["M3"]),
        ("_", []),
        ('"', []),
        ("ma-hmo", []),
    ],
)
def test_members_are_found_by_letters_of_their_name(record: Record, typed: str, found: list[str]) -> None:
    span = (Coverage(date(2025, 1, 1), None, "ma-hmo"),)
    names = {"M1": "R. Alvarez", "M2": "M. Okafor", "M3": "One 100% Sure", "M4": None}
    members = [Member(id_, date(1956, 2, 1), name, span) for id_, name in names.items()]
    load_members(record.database, RosterFile("members.csv", "0" * 64, ()), members, "root", NOON)
    assert members_named(record.database, typed) == found


def test_the_requests_of_members_are_found_the_newest_first(record: Record) -> None:
    for seconds, (request, member) in enumerate((("PA-1", "M1"), ("PA-2", "M2"), ("PA-3", "M1"))):
        append(record, request, event(after=seconds, member=member))
    assert requests_of_members(record.database, ["M1"]) == ["PA-3", "PA-1"]
    assert requests_of_members(record.database, []) == []


def test_requests_are_found_by_a_code_that_their_heads_name(record: Record) -> None:
    append(record, "PA-1", event(days=7, codes=["C61"]))
    append(record, "PA-2", event(days=3, codes=["C61", "77385"]))
    append(record, "PA-3", event(days=3, codes=["C619"]))
    append(record, "PA-4", event(days=30, codes=["C61"]))
    append(record, "PA-5", event(days=3, codes=["C61"]))

    def naming(code: str) -> list[str]:
        return requests_naming(record.database, code, ("submitted", "answered"), SOON)

    assert naming("C61") == ["PA-2", "PA-5", "PA-1"]
    assert naming("77385") == ["PA-2"]
    assert naming("C6") == []
    append(record, "PA-5", event("answered", codes=["C619"]))
    append(record, "PA-2", event("closed"))
    assert naming("C61") == ["PA-1"]
    assert naming("C619") == ["PA-3", "PA-5"]
