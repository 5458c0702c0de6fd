"""What time does to all requests: each is marked once, and worklists show what is open, the next deadline first."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

from tests.desk.at_the_office import NOW, SCAN, kinds_of, moved, office_of, reviewed, sending, submitted, unproven
from tests.desk.people import DAY, HOUR, LINE, NURSE, PHYSICIAN, PRACTICE, deny
from tests.store.inside import damage

from isodose.desk.acts import Expedite, Notify, OfferCall, Plainly, RefuseExpedite
from isodose.desk.authorization_acts import AskChange
from isodose.desk.case import Case
from isodose.desk.office import Office
from isodose.desk.state import AuthorizationState, State
from isodose.desk.sweep_all import sweep_all
from isodose.desk.transitions import Do
from isodose.desk.worklists import open_requests
from isodose.store.find import Wanted, by_number
from isodose.store.record import Record

DEADLINE = datetime(2025, 11, 4, 5, tzinfo=UTC)
"""Fourteen days after NOW, as it was before 2026, to midnight in Connecticut."""

LAST = date(2025, 12, 19)
OVER = datetime(2025, 12, 20, 5, tzinfo=UTC)
"""The first moment after the last day of the course."""


def due(office: Office, case: Case) -> datetime | None:
    found = by_number(office.record.database, case.tracking)
    assert found
    return found.head.due


def now_of(office: Office, case: Case) -> Case:
    found = office.case(case.tracking)
    assert found
    return found


def with_an_end(office: Office, name: str = "T-1") -> Case:
    """Approved, with a last day, and the member was told."""
    case = submitted(office, replace(sending(name), lines=(replace(LINE, end=LAST),)))
    return moved(office, case, Notify(), PHYSICIAN)


def test_what_is_late_is_marked_once(office: Office) -> None:
    case = submitted(office, reviewed())
    assert due(office, case) == DEADLINE
    early = sweep_all(office, DEADLINE - HOUR)
    assert (early.visited, early.marked) == (0, ())
    assert sweep_all(office, DEADLINE).marked == (case.tracking,)
    late = now_of(office, case)
    assert (kinds_of(late)[-1], late.request.standing.state) == ("overdue", State.OVERDUE)
    again = sweep_all(office, DEADLINE + DAY)
    assert (again.visited, again.marked, again.problems) == (1, (), ())
    assert now_of(office, case) == late


def test_a_decision_of_which_nobody_told_the_member_is_late_too(office: Office) -> None:
    told, untold = submitted(office), submitted(office, sending("T-2"))
    told = moved(office, told, Notify(), NURSE)
    assert sweep_all(office, DEADLINE).marked == (untold.tracking,)
    assert due(office, told) is None


def test_an_authorization_runs_out_after_its_last_day(office: Office) -> None:
    case = with_an_end(office)
    assert due(office, case) == OVER
    assert sweep_all(office, OVER - HOUR).visited == 0
    assert sweep_all(office, OVER).marked == (case.tracking,)
    ended = now_of(office, case)
    assert kinds_of(ended)[-1] == "ran-out"
    assert [(one.state, one.ended) for one in ended.request.authorizations] == [(AuthorizationState.ENDED, LAST)]
    assert due(office, ended) is None
    assert sweep_all(office, OVER + DAY).visited == 0


def test_a_course_that_moves_takes_its_end_along(office: Office) -> None:
    case = with_an_end(office)
    [granted] = [one.line for one in case.request.authorizations]
    wanted = replace(granted, start=granted.start + DAY, end=LAST + DAY)
    assert due(office, moved(office, case, AskChange(1, wanted, "a holiday"), PRACTICE)) == OVER + DAY


def test_a_letter_that_is_owed_is_due_until_nobody_waits_for_it(office: Office) -> None:
    case = submitted(office, reviewed())
    case = moved(office, case, Expedite(NOW, "it hurts"), PRACTICE)
    case = moved(office, case, RefuseExpedite(NOW, "waiting endangers nothing"), NURSE)
    letter = datetime(2025, 10, 24, 4, tzinfo=UTC)
    assert due(office, case) == letter
    assert sweep_all(office, letter).marked == (case.tracking,)
    assert due(office, moved(office, now_of(office, case), Plainly(Do.WITHDRAW), PRACTICE, now=letter)) is None


def test_worklists_show_what_is_open_and_a_reopened_denial_is(office: Office) -> None:
    with_an_end(office, "T-1")
    asked = submitted(office, unproven("T-2"))
    case = moved(office, submitted(office, reviewed("T-3")), OfferCall((NOW + DAY,)), PHYSICIAN)
    denial = replace(deny(NOW.date()), opened=frozenset({SCAN.sha256}))
    case = moved(office, moved(office, case, denial, PHYSICIAN), Notify(), PHYSICIAN)
    database = office.record.database
    assert [one.request for one in open_requests(database)] == [asked.tracking]
    case = moved(office, case, Plainly(Do.REOPEN_DENIAL, "new evidence came"), PHYSICIAN)
    assert {one.request for one in open_requests(database)} == {asked.tracking, case.tracking}
    [physicians] = open_requests(database, Wanted(states=(State.WITH_PHYSICIAN, State.APPROVED)))
    assert physicians.request == case.tracking
    assert open_requests(database, Wanted(states=(State.APPROVED,))) == []
    sweep_all(office, DEADLINE)
    assert [one.head.state for one in open_requests(database, Wanted(states=(State.OVERDUE,)))] == [State.OVERDUE]


def test_all_pages_are_visited_and_two_sweeps_at_once_mark_each_once(record: Record) -> None:
    office = office_of(record)
    cases = [submitted(office, reviewed(f"T-{number}")) for number in range(55)]
    with ThreadPoolExecutor(2) as threads:
        sweeps = list(threads.map(lambda _: sweep_all(office, DEADLINE), range(2)))
    assert sorted(name for swept in sweeps for name in swept.marked) == sorted(case.tracking for case in cases)
    assert {tuple(kinds_of(now_of(office, case))) for case in cases} == {("submitted", "sent-to-review", "overdue")}


def test_a_request_that_cannot_be_read_does_not_keep_the_others_waiting(record: Record) -> None:
    office = office_of(record)
    broken, whole = submitted(office, reviewed("T-1")), submitted(office, reviewed("T-2"))
    damage(record, f"UPDATE event SET facts = '{{}}' WHERE request = '{broken.tracking}' AND number = 1")  # noqa: S608
    swept = sweep_all(office, DEADLINE)
    assert swept.marked == (whole.tracking,)
    assert swept.problems == (f"{broken.tracking}: event 1 was changed: it does not fit its hash",)


def test_a_moment_before_the_last_event_marks_nothing(office: Office) -> None:
    case = submitted(office, replace(reviewed(), first=NOW - 30 * DAY))
    assert kinds_of(case) == ["submitted", "overdue", "sent-to-review"]
    assert office.sweep(case, NOW - HOUR) == case
