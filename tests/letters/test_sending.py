"""Letters sent on both databases: each once, with a proof, whatever is full, away, killed, or done by two at once."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import delete
from tests.desk.at_the_office import NOW, kinds_of, moved, office_of, reviewed, submitted
from tests.desk.people import DAY, HOUR, INTAKE, ITO, NURSE, PHYSICIAN
from tests.letters.at_the_outbox import SOON, add_people, letter_on, sha256_of, waiting
from tests.letters.dying import send_and_die
from tests.letters.stories import ELM_STREET
from tests.store.test_faults import make_read_only, small_disk

from isodose.desk.acts import Decide, Expedite, Notify, OfferCall, Plainly, RefuseExpedite
from isodose.desk.case import Case
from isodose.desk.clock import CONFIRMATION
from isodose.desk.decision import Approved, Denied
from isodose.desk.office import Office
from isodose.desk.physician import PhysiciansAct
from isodose.desk.same_service import with_same_service
from isodose.desk.transitions import Do
from isodose.letters.sending import CLAIMED, Sender
from isodose.store.find import by_number
from isodose.store.outbox import Stage, counts, listed, of_request
from isodose.store.practices import load_practices
from isodose.store.record import open_record
from isodose.store.roster_file import RosterFile
from isodose.store.seen import DOCUMENT, DOWNLOAD, Look, add_look
from isodose.store.tables import OUTBOX

MINUTE = timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "outbox"
    made.mkdir()
    return made


@pytest.fixture
def sender(office: Office, folder: Path) -> Sender:
    add_people(office)
    file = RosterFile("practices.csv", "0" * 64, ())
    load_practices(office.record.database, file, [ELM_STREET], "root", NOW - 24 * HOUR)
    return Sender(office, folder)


def now_of(office: Office, case: Case) -> Case:
    found = office.case(case.tracking)
    assert found
    return found


def approved(office: Office) -> Case:
    case = submitted(office, reviewed())
    lines = tuple(with_same_service(line, office.program.guideline.codes) for line in case.request.lines)
    return moved(office, case, Decide(Approved(case.request.lines, lines, "It is met on the note.")), NURSE)


def denied(office: Office, *before: tuple[object, object]) -> Case:
    case = submitted(office, reviewed())
    for what, by in before:
        case = moved(office, case, what, by)  # type: ignore[arg-type]
    case = moved(office, case, OfferCall((NOW + DAY,)), PHYSICIAN)
    signed = PhysiciansAct("ito", ITO.credential, "The note gives no reason why a simpler plan would harm.", NOW.date())
    what = Decide(Denied(case.request.lines, signed), ITO, frozenset(case.request.documents), clauses=("1",))
    return moved(office, case, what, PHYSICIAN)


def test_a_letter_is_put_into_the_folder_once_and_its_delivery_is_told_by_the_record(sender: Sender) -> None:
    [case] = waiting(sender.office)
    first = sender.round(SOON)
    assert (first.listed, first.delivered, first.failed) == (1, 1, ())
    assert sender.folder
    [file] = (sender.folder / "print").iterdir()
    assert file.read_bytes() == sender.office.record.document(sha256_of(case)).content
    last = now_of(sender.office, case).history[-1].event
    assert (last.kind, last.by) == ("letter-delivered", "system")
    assert last.facts == {"letter": 3, "channel": "folder", "proof": f"print/{file.name}"}
    again = sender.round(SOON + DAY)
    assert (again.listed, again.delivered) == (0, 0)
    assert kinds_of(now_of(sender.office, case)).count("letter-delivered") == 1
    [way] = listed(sender.office.record.database)
    assert (way.stage, way.tries, way.next, way.proof) == (Stage.DONE, 1, None, f"print/{file.name}")


def test_the_clock_ends_as_the_letter_on_the_decision_is_delivered(sender: Sender) -> None:
    case = letter_on(sender.office, approved(sender.office))
    assert by_number(sender.office.record.database, case.tracking).head.due  # type: ignore[union-attr]
    sender.round(SOON)
    after = now_of(sender.office, case)
    assert kinds_of(after)[-2:] == ["letter-delivered", "notified"]
    assert after.request.clock
    assert after.request.clock.notice
    assert (after.request.clock.notice.at, after.request.clock.notice.oral) == (SOON, False)
    assert after.came_since(case.request.number) == (), "who is at the case is not kept waiting by it"


def test_a_letter_that_is_too_late_is_told_and_stays_too_late(sender: Sender) -> None:
    case = letter_on(sender.office, approved(sender.office))
    sender.round(SOON + 20 * DAY, NOW)
    assert kinds_of(now_of(sender.office, case))[-3:] == ["letter-delivered", "overdue", "notified"]


def test_a_practices_own_copy_ends_no_clock(sender: Sender) -> None:
    case = letter_on(sender.office, approved(sender.office), "provider")
    add_look(sender.office.record.database, Look(SOON, "kim", case.tracking, f"{DOCUMENT}{sha256_of(case)}"))
    assert sender.round(SOON).listed == 1
    after = now_of(sender.office, case)
    assert after.history[-1].event.kind == "letter-delivered"
    assert after.request.clock
    assert after.request.clock.notice is None


def test_the_letter_on_a_decision_that_no_longer_stands_is_no_notice(sender: Sender) -> None:
    case = denied(sender.office)
    of = case.request.number
    case = moved(sender.office, case, Plainly(Do.REOPEN_DENIAL, "The plan came."), PHYSICIAN)
    letter_on(sender.office, case, of=of)
    sender.round(SOON)
    assert kinds_of(now_of(sender.office, case))[-1] == "letter-delivered"


def test_what_is_owed_in_writing_is_recorded_as_it_goes_out(sender: Sender) -> None:
    office = sender.office
    ask = (Expedite(NOW, "I am afraid of waiting"), INTAKE)
    refused = submitted(office, reviewed("T-2"))
    for what, by in (ask, (RefuseExpedite(NOW, "Nothing points to harm."), NURSE)):
        refused = moved(office, refused, what, by)
    refused = letter_on(office, refused)
    hasty = (Expedite(NOW, "cord compression", "Dr. Lee"), INTAKE)
    told = denied(office, hasty)
    of = told.request.number
    told = letter_on(office, moved(office, told, Notify(oral=True), NURSE), of=of)
    sender.round(SOON)
    assert now_of(office, refused).request.letters == {"letter on refused expedited ask 1"}
    assert now_of(office, told).request.letters == {CONFIRMATION}


def test_in_the_portal_it_waits_until_its_own_practice_opens_it(sender: Sender) -> None:
    office, database = sender.office, sender.office.record.database
    case = letter_on(office, submitted(office, reviewed()), "provider")
    add_look(database, Look(SOON, "noor", case.tracking, f"{DOCUMENT}{sha256_of(case)}"))
    assert sender.round(SOON).delivered == 0
    [way] = listed(database)
    assert (way.parcel.channel, way.parcel.place, way.stage) == ("portal", "elm-street", Stage.WAITING)
    for at, what in ((HOUR, f"{DOWNLOAD}{sha256_of(case)}"), (2 * HOUR, f"{DOCUMENT}{sha256_of(case)}")):
        add_look(database, Look(NOW + at, "kim", case.tracking, what))
    assert sender.round(NOW + 3 * HOUR).delivered == 1
    assert now_of(office, case).history[-1].event.facts == {
        "letter": 3,
        "channel": "portal",
        "proof": "downloaded by kim at 2025-10-20T15:00:00.000Z",
    }


def test_a_practice_without_accounts_is_sent_a_fax(office: Office, folder: Path) -> None:
    file = RosterFile("practices.csv", "0" * 64, ())
    load_practices(office.record.database, file, [ELM_STREET], "root", NOW - 24 * HOUR)
    letter_on(office, submitted(office, reviewed()), "provider")
    assert Sender(office, folder).round(SOON).delivered == 1
    assert len(list((folder / "fax" / "18005550121").iterdir())) == 1


def test_what_fails_is_tried_again_and_says_why_until_it_is_done(sender: Sender) -> None:
    [case] = waiting(sender.office)
    assert sender.folder
    database, place = sender.office.record.database, sender.folder
    place.rmdir()
    away = sender.round(SOON)
    assert [problem for _, problem in away.failed] == [f"{place}: there is no such folder"]
    way = of_request(database, case.tracking)[3]
    assert (way.stage, way.tries, way.next, way.problem) == (
        Stage.FAILED,
        1,
        SOON + MINUTE,
        f"{place}: there is no such folder",
    )
    assert sender.round(SOON + MINUTE / 2).failed == ()
    place.mkdir()
    (place / "print").write_text("in the way", "utf-8")
    assert "file exists" in sender.round(SOON + MINUTE).failed[0][1]
    assert of_request(database, case.tracking)[3].next == SOON + 3 * MINUTE
    (place / "print").unlink()
    assert sender.round(SOON + 3 * MINUTE).delivered == 1
    assert counts(database) == {Stage.WAITING: 0, Stage.FAILED: 0, Stage.DONE: 1}


def test_a_folder_that_becomes_read_only_keeps_what_waits_until_it_can_be_written_again(
    office: Office, tmp_path: Path
) -> None:
    [case] = waiting(office)
    with small_disk(tmp_path / "disk", 1 << 20) as disk:
        make_read_only(disk)
        sent = Sender(office, disk).round(SOON)
        assert [problem for _, problem in sent.failed] == [f"{disk}/making: read-only file system"]
        assert "letter-delivered" not in kinds_of(now_of(office, case))
        make_read_only(disk, again=True)
        assert Sender(office, disk).round(SOON + MINUTE).delivered == 1
        assert len(list((disk / "print").iterdir())) == 1


def test_without_a_folder_what_is_to_be_printed_waits(sender: Sender) -> None:
    waiting(sender.office)
    first = Sender(sender.office).round(SOON)
    assert (first.delivered, first.failed) == (0, ())
    assert sender.round(SOON).delivered == 1


def test_an_outbox_that_was_lost_is_listed_anew_and_sends_nothing_twice(sender: Sender) -> None:
    waiting(sender.office, 2)
    sender.round(SOON)
    with sender.office.record.database.writing() as connection:
        connection.execute(delete(OUTBOX))
    again = sender.round(SOON + HOUR)
    assert (again.listed, again.delivered) == (2, 0)
    assert {way.stage for way in listed(sender.office.record.database)} == {Stage.DONE}


def test_two_who_send_at_once_send_each_letter_once(where: str, folder: Path) -> None:
    record = open_record(where)
    cases = waiting(office_of(record), 6)
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda _: Sender(office_of(record), folder).round(SOON), range(4)))
    assert sum(one.delivered for one in rounds) == len(cases)
    assert [kinds_of(now_of(office_of(record), case)).count("letter-delivered") for case in cases] == [1] * len(cases)
    record.close()


POINTS = [
    *(f"statement-{number}" for number in range(1, 19)),
    *(f"move-{number}" for number in range(3)),
    *(f"moved-{number}" for number in range(3)),
]
"""All of a letter, and then some of the next: at `moved-2` the file is in its place, and nobody knows."""


def is_killed(what: Callable[[], None]) -> bool:
    """Whether a copy of this process dies at it by a signal, which it does nothing against."""
    copy = os.fork()
    if copy == 0:
        try:
            what()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(copy, 0)[1])


@pytest.mark.parametrize("points", [["statement-12", "moved-2"], pytest.param(POINTS, marks=pytest.mark.slow)])
def test_a_sender_that_dies_at_any_point_loses_no_letter_and_sends_none_twice(
    where: str, folder: Path, points: list[str]
) -> None:
    """Whoever takes the files takes them away at once: what is put there a second time would be sent a second time."""
    taken: list[str] = []

    def take() -> None:
        for file in (folder / "print").glob("*.pdf"):
            taken.append(file.name)
            file.unlink()

    died, numbers = 0, count()
    for point in points:
        record = open_record(where)
        office = office_of(record, seed=next(numbers) + 1)
        cases = [letter_on(office, submitted(office, reviewed(f"{point}-{one}"))) for one in range(2)]
        record.close()
        died += is_killed(lambda point=point: send_and_die(where, folder, point))  # type: ignore[misc]
        take()
        record = open_record(where)
        office = office_of(record)
        Sender(office, folder).round(SOON + CLAIMED, NOW)
        take()
        for case in cases:
            assert kinds_of(now_of(office, case)).count("letter-delivered") == 1, point
            assert sum(name.startswith(case.tracking) for name in taken) == 1, point
        record.close()
    assert died == len(points)
