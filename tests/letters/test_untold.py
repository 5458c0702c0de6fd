"""What is still to be told when a letter is written: all that happened, but for what is over by then."""

from dataclasses import replace
from datetime import timedelta

from tests.desk.people import CONTENT, DAY, FLAT, HOUR, ITO, NURSE, PAGES, PHYSICIAN, POLICY, PRACTICE
from tests.letters.stories import (
    APPROVE,
    COURSE,
    SUBMITTED,
    TO_REVIEW,
    Step,
    approval_reopened,
    asked,
    cancelled,
    confirmed,
    denial_reopened,
    ended_early,
    overdue,
    reduced,
    signed,
    told,
    vacated,
)

from isodose.desk.act import Refusal, act
from isodose.desk.acts import Decide, Dismiss, DismissalGround, OfferCall, Plainly
from isodose.desk.authorization import GoodCause
from isodose.desk.authorization_acts import Confirm, Reopen
from isodose.desk.decision import Approved, Denied
from isodose.desk.fold import request_from
from isodose.desk.sweep import sweep
from isodose.desk.transitions import Do
from isodose.letters.untold import untold
from isodose.letters.writing import ALL
from isodose.store.chain import links
from isodose.store.event import Event, Json

REOPEN_DENIAL = Plainly(Do.REOPEN_DENIAL, "The plan came."), PHYSICIAN


def later(events: tuple[Event, ...], *steps: Step) -> tuple[Event, ...]:
    """What the acts add, each an hour after what was last."""
    for what, by in steps:
        answer = act(request_from(events), what, by, events[-1].at + HOUR, POLICY)
        assert not isinstance(answer, Refusal), answer
        events += answer
    return events


def swept(events: tuple[Event, ...], after: timedelta) -> tuple[Event, ...]:
    return (*events, *sweep(request_from(events), events[-1].at + after, POLICY.zone))


def kinds(events: tuple[Event, ...]) -> list[str]:
    """Of what letters would tell now, did none tell yet."""
    return [one.event.kind for one in untold(tuple(links("TRACK-0001-2345-9", events, None)), ALL)]


def test_each_step_that_has_a_letter_is_told() -> None:
    assert kinds(told(*TO_REVIEW, (APPROVE, NURSE))) == ["submitted", "approved"]
    assert kinds(asked()) == ["submitted", "asked"]
    assert kinds(cancelled()) == ["submitted", "approved", "cancelled"]
    assert kinds(vacated()) == ["submitted", "dismissed", "dismissal-vacated"]


def test_what_is_told_before_a_moment_is_left() -> None:
    history = tuple(links("TRACK-0001-2345-9", cancelled(), None))
    assert [one.event.kind for one in untold(history, history[-1].event.at)] == ["cancelled"]


def test_that_an_answer_is_late_is_told_until_there_is_one() -> None:
    assert kinds(overdue()) == ["submitted", "overdue"]
    at = overdue()[-1].at
    deny = Decide(Denied((COURSE,), signed(at.date())), ITO, frozenset({PAGES}))
    late = later(overdue(), (OfferCall((at + DAY,)), PHYSICIAN), (deny, PHYSICIAN))
    assert kinds(late) == ["submitted", "denied"]
    assert kinds(later(late, REOPEN_DENIAL)) == ["submitted", "denied", "denial-reopened"], "the denial stands"
    assert kinds(later(overdue(), (Plainly(Do.WITHDRAW, "She moved."), PRACTICE))) == ["submitted", "withdrawn"]


def test_that_an_answer_is_late_is_told_of_what_is_open_again() -> None:
    dismiss = Dismiss(DismissalGround.NO_STANDING, "We have no paper of the sender.", "We told the sender so.")
    closed = later(overdue(), (dismiss, NURSE))
    assert "overdue" not in kinds(closed)
    assert "overdue" in kinds(later(closed, (Plainly(Do.VACATE, "The paper was there."), NURSE)))


def test_of_an_answer_whose_letter_is_late_that_letter_says_all() -> None:
    late = swept(told(*TO_REVIEW, (APPROVE, NURSE)), 15 * DAY)
    assert late[-1].kind == "overdue"
    assert kinds(late) == ["submitted", "approved"]


def test_that_a_denial_is_looked_at_again_is_told_until_it_is_decided() -> None:
    assert kinds(denial_reopened()) == ["submitted", "denied", "denial-reopened"]
    approve = Decide(Approved((COURSE,), (COURSE,), "The comparison shows it.")), NURSE
    assert kinds(later(denial_reopened(), approve)) == ["submitted", "denied", "approved"]


def test_that_an_approval_is_looked_at_again_is_told_until_something_comes_of_it() -> None:
    before = ["submitted", "approved"]
    assert kinds(approval_reopened()) == [*before, "reopened"]
    assert kinds(confirmed()) == [*before, "confirmed"]
    assert kinds(reduced()) == [*before, "reduced"]
    assert kinds(ended_early()) == [*before, "ended-early"]
    assert kinds(swept(approval_reopened(), 100 * DAY)) == before, "its last day is over"
    again = Reopen(1, GoodCause.OBVIOUS_ERROR, "The note is another member's.")
    assert kinds(later(confirmed(), (again, PHYSICIAN))) == [*before, "confirmed", "reopened"]


def test_what_comes_of_another_line_ends_no_reopening() -> None:
    lines = COURSE, replace(COURSE, number=2, codes=frozenset({"G6015"}))
    both = Decide(Approved(lines, lines, "Both are met on the note.")), NURSE
    stated: list[Json] = [FLAT, {**FLAT, "line": 2, "procedure_code": "G6015"}]
    submit = replace(SUBMITTED, lines=lines, content={**CONTENT, "lines": stated})
    approved = told((submit, PRACTICE), TO_REVIEW[1], both)
    reopened = later(
        approved, *((Reopen(line, GoodCause.FRAUD, "The note is not signed."), PHYSICIAN) for line in (1, 2))
    )
    assert kinds(reopened) == ["submitted", "approved", "reopened", "reopened"]
    assert kinds(later(reopened, (Confirm(2, "It is."), PHYSICIAN))) == [
        "submitted",
        "approved",
        "reopened",
        "confirmed",
    ]
