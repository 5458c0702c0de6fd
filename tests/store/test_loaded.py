"""Every list that was loaded stays on record: when, by whom, from which file, and how much it changed."""

from datetime import timedelta

from tests.store.events import NOON

from isodose.store.record import Record
from isodose.store.roster import Kind, Source, Version, load, versions

FILE = Source("practices.csv", "a" * 64, "admin", NOON)
LATER = Source("practices-2.csv", "b" * 64, "chief", NOON + timedelta(days=1))
MEMBERS = Source("members.csv", "c" * 64, "chief", NOON + timedelta(days=2))


def test_each_version_says_what_it_changed_the_newest_first(record: Record) -> None:
    assert versions(record.database) == []
    load(record.database, Kind.PRACTICES, {"P1": {"name": "one"}, "P2": {"name": "two"}, "P3": {"name": "three"}}, FILE)
    load(record.database, Kind.PRACTICES, {"P1": {"name": "one"}, "P2": {"name": "other"}}, LATER)
    load(record.database, Kind.MEMBERS, {"M1": {"name": "somebody"}}, MEMBERS)
    assert versions(record.database) == [
        Version(3, Kind.MEMBERS, MEMBERS, entries=1, written=1, removed=0),
        Version(2, Kind.PRACTICES, LATER, entries=2, written=1, removed=1),
        Version(1, Kind.PRACTICES, FILE, entries=3, written=3, removed=0),
    ]


def test_a_file_that_says_the_same_is_no_version(record: Record) -> None:
    load(record.database, Kind.PRACTICES, {"P1": {"name": "one"}}, FILE)
    load(record.database, Kind.PRACTICES, {"P1": {"name": "one"}}, LATER)
    assert [one.source for one in versions(record.database)] == [FILE]
