"""Letters written into the record: each once, kept with the request, and the same byte for byte when made again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.desk.at_the_office import NOW, PROVEN, expect_sound, moved, office_of, reviewed, sending, submitted, unproven
from tests.desk.people import CONTENT, HOUR, PHYSICIAN, PRACTICE
from tests.letters.stories import ELM_STREET, MEMBER, PLAN
from tests.pango import needs_pango

from isodose.desk.acts import Plainly, Send
from isodose.desk.authorization import GoodCause
from isodose.desk.authorization_acts import Confirm, Reopen
from isodose.desk.case import Case
from isodose.desk.transitions import Do
from isodose.desk.written import letters_in
from isodose.letters.waiting import OVERLAP, Round, Waiting
from isodose.letters.writing import UnknownMemberError, Writer
from isodose.store.database import open_database
from isodose.store.errors import StaleError
from isodose.store.members import load_members
from isodose.store.practices import load_practices
from isodose.store.record import open_record
from isodose.store.roster_file import RosterFile
from isodose.store.schema import migrate

SOON = NOW + timedelta(minutes=1)
BOTH = ["member", "provider"]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    """Over a record with a member and a practice, which in the end is sound."""
    needs_pango()
    database = open_database(str(tmp_path / "isodose.db"))
    migrate(database)
    database.close()
    record = open_record(str(tmp_path / "isodose.db"))
    file = RosterFile("rosters.csv", "0" * 64, ())
    load_members(record.database, file, [MEMBER], "root", NOW - 24 * HOUR)
    load_practices(record.database, file, [ELM_STREET], "root", NOW - 24 * HOUR)
    found = Writer(office_of(record), PLAN)
    yield found
    expect_sound(found.office)
    record.close()


def stored(writer: Writer, case: Case) -> Case:
    found = writer.office.case(case.tracking)
    assert found is not None
    return found


def written(case: Case) -> list[tuple[str, str, int]]:
    return [(one.kind, one.reader, one.of) for _, one in letters_in(case.history)]


def test_what_happened_is_told_once_to_both_and_each_letter_is_kept(writer: Writer) -> None:
    case = submitted(writer.office, unproven())
    after = writer.write(case, SOON)
    assert stored(writer, after) == after
    asked = [("information-needed", reader, 2) for reader in BOTH]
    assert written(after) == asked, "that it was received is told by the questions of the same moment"
    for _, letter in letters_in(after.history):
        assert writer.office.record.document(letter.sha256).content.startswith(b"%PDF-1.7")
    assert writer.write(after, SOON) is after
    answered = moved(writer.office, after, Send(Do.ANSWER, evidence=PROVEN), PRACTICE, now=NOW + HOUR)
    done = writer.write(answered, NOW + 2 * HOUR)
    assert written(done) == [*asked, *(("approved", reader, answered.request.number) for reader in BOTH)]
    assert [one.differs for one in writer.again(stored(writer, done))] == [None] * 4


def test_two_who_write_at_once_write_one(writer: Writer) -> None:
    case = submitted(writer.office, reviewed())
    writer.write(case, SOON)
    with pytest.raises(StaleError):
        writer.write(case, SOON)
    assert written(stored(writer, case)) == [("received", reader, 1) for reader in BOTH]


def test_a_letter_made_again_by_other_texts_is_told_apart(writer: Writer) -> None:
    case = writer.write(submitted(writer.office, unproven()), SOON)
    other = replace(writer, plan=replace(PLAN, phone="1-800-555-0199"))
    assert {one.differs for one in other.again(case)} == {"the plan’s own names and texts are others now"}


def test_the_address_is_that_of_the_day_on_which_the_letter_was_written(writer: Writer) -> None:
    case = writer.write(submitted(writer.office, unproven()), SOON)
    moved_house = replace(MEMBER, address="1 New Street; Hartford, CT 06103")
    load_members(writer.office.record.database, RosterFile("r.csv", "1" * 64, ()), [moved_house], "root", NOW + HOUR)
    assert [one.differs for one in writer.again(case)] == [None, None]


def test_without_a_member_nobody_is_written_to(writer: Writer) -> None:
    nobody = replace(sending(), content={**CONTENT, "member": {}})
    case = submitted(writer.office, nobody)
    with pytest.raises(UnknownMemberError):
        writer.write(case, SOON)


def test_a_round_writes_what_waits_a_few_at_a_time_and_the_next_goes_on(writer: Writer) -> None:
    office = writer.office
    cases = [submitted(office, replace(unproven(f"T-{number}"), first=NOW)) for number in range(2)]
    lost = submitted(office, replace(sending("T-9"), content={**CONTENT, "member": {}}))
    waiting = Waiting(writer)
    first = waiting.round(SOON, most=1)
    assert (first.written, first.since) == (2, SOON - waiting.look_back)
    second = waiting.round(SOON, first.since)
    assert (second.written, second.since) == (2, SOON - OVERLAP)
    assert second.problems == ((lost.tracking, "UnknownMemberError"),)
    assert all(written(stored(writer, case)) for case in cases)
    assert waiting.round(SOON, second.since).written == 0
    moved(office, stored(writer, cases[0]), Plainly(Do.WITHDRAW, "She moved."), PRACTICE, now=NOW + HOUR)
    assert waiting.round(NOW + HOUR, second.since).written == 2


def test_what_another_worker_writes_meanwhile_is_written_once_and_looked_at_again(writer: Writer) -> None:
    case = submitted(writer.office, unproven())

    def meanwhile(seen: Case, now: datetime) -> datetime:
        writer.write(seen, now)
        return now

    waiting = Waiting(writer, when=meanwhile)
    first = waiting.round(SOON)
    assert (first.written, first.problems, first.since) == (0, (), SOON - waiting.look_back)
    assert len(written(stored(writer, case))) == 2
    assert waiting.round(SOON, first.since) == Round(0, (), SOON - OVERLAP)


def test_a_reopened_approval_is_told_to_both_and_then_what_comes_of_it(writer: Writer) -> None:
    office, at = writer.office, NOW + 2 * HOUR
    case = moved(office, submitted(office, unproven()), Send(Do.ANSWER, evidence=PROVEN), PRACTICE, now=NOW + HOUR)
    case = moved(office, case, Reopen(1, GoodCause.FRAUD, "A note may be made up."), PHYSICIAN, now=at)
    told = writer.write(case, at, since=at)
    done = writer.write(moved(office, told, Confirm(1, "It is real."), PHYSICIAN, now=at + HOUR), at + HOUR, since=at)
    kinds = [(kind, reader) for kind, reader, _ in written(done)]
    assert kinds == [(kind, reader) for kind in ("approval-reopened", "confirmed") for reader in BOTH]


def test_what_is_older_than_the_look_back_is_left_alone(writer: Writer) -> None:
    case = submitted(writer.office, unproven())
    late = NOW + timedelta(days=15)
    assert Waiting(writer).round(late).written == 0
    moved(writer.office, case, Plainly(Do.WITHDRAW, "She moved."), PRACTICE, now=late)
    assert Waiting(writer).round(late).written == 2
    assert {kind for kind, _, _ in written(stored(writer, case))} == {"withdrawn"}
