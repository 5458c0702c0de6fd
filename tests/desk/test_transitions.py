"""The table of transitions: nothing adverse without a physician, on every path and on random ones."""

import random
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from isodose.desk.life_table import life_table
from isodose.desk.role import Role
from isodose.desk.state import ADVERSE_STATES, DECIDED, OPEN, AuthorizationState, Standing, State
from isodose.desk.transitions import (
    ADVERSE,
    AUTHORIZATION,
    REQUEST,
    Do,
    authorization_step,
    from_where,
    standing_after,
    step,
    who_may,
)

STANDINGS = [Standing(place, late) for place in State if place is not State.OVERDUE for late in (False, True)]


@cache
def edges() -> list[tuple[Standing, Do, Role, Standing]]:
    """Every step there is, of every role, from everywhere."""
    found = ((at, do, role, step(at, do, role)) for at, do, role in product(STANDINGS, Do, Role))
    return [(at, do, role, after) for at, do, role, after in found if after is not None]


def test_every_step_to_an_adverse_decision_is_a_physicians_adverse_act() -> None:
    into = [(do, role) for at, do, role, after in edges() if after.place in ADVERSE_STATES and after.place != at.place]
    assert set(into) == {(Do.DENY, Role.PHYSICIAN), (Do.APPROVE_PARTLY, Role.PHYSICIAN)}


def test_adverse_acts_are_a_physicians_everywhere() -> None:
    for row in (*REQUEST, *AUTHORIZATION):
        if row.do in ADVERSE:
            assert row.who == (Role.PHYSICIAN,), row.do


def test_without_physicians_no_path_from_a_draft_is_adverse() -> None:
    reached, frontier = {Standing()}, [Standing()]
    while frontier:
        at = frontier.pop()
        for start, _, role, after in edges():
            if start == at and role is not Role.PHYSICIAN and after not in reached:
                reached.add(after)
                frontier.append(after)
    assert {standing.place for standing in reached}.isdisjoint(ADVERSE_STATES)
    assert {standing.state for standing in reached} == set(State) - ADVERSE_STATES


def test_an_authorization_ends_early_only_by_a_physician_after_a_reopening_or_by_who_asked() -> None:
    ends = {
        (state, do, role)
        for state, do, role in product(AuthorizationState, Do, Role)
        if state is not AuthorizationState.ENDED
        and authorization_step(state, do, role) is AuthorizationState.ENDED
        and do is not Do.RUN_OUT
    }
    standing = (AuthorizationState.ACTIVE, AuthorizationState.AMENDED)
    cancelled = {(state, Do.CANCEL, role) for state in standing for role in (Role.REQUESTER, Role.INTAKE)}
    assert ends == cancelled | {(AuthorizationState.REOPENED, Do.END_EARLY, Role.PHYSICIAN)}
    assert who_may(Do.REOPEN) == (Role.PHYSICIAN,)


def test_every_state_is_reached_and_every_open_one_can_be_decided() -> None:
    assert {after.state for _, _, _, after in edges()} | {State.DRAFT} == set(State)
    for place, late in product(OPEN, (False, True)):
        assert {after.place for at, _, _, after in edges() if at == Standing(place, late)} >= set(DECIDED)


def test_a_place_has_one_line_for_an_act() -> None:
    for table in (REQUEST, AUTHORIZATION):
        lines: list[tuple[Do, StrEnum]] = [(row.do, before) for row in table for before in row.before]
        assert len(lines) == len(set(lines))


def test_each_act_stands_in_the_table_once_as_a_word_and_as_an_event() -> None:
    assert {row.do for row in (*REQUEST, *AUTHORIZATION)} == set(Do)
    assert Do.SEND_TO_REVIEW.words == "send to review"
    assert from_where(Do.SEND_BACK) == (State.WITH_PHYSICIAN,)


def test_who_has_no_clinical_part_does_nothing() -> None:
    idle = {Role.AUTHOR, Role.CLAIMS, Role.ANALYST, Role.ADMINISTRATOR}
    assert all(idle.isdisjoint(who_may(do)) for do in Do)


def test_only_who_asked_withdraws_and_nobody_undoes_it() -> None:
    assert who_may(Do.WITHDRAW) == (Role.REQUESTER, Role.INTAKE)
    after_it = [(do, after) for at, do, _, after in edges() if at == Standing(State.WITHDRAWN)]
    assert set(after_it) == {(do, Standing(State.WITHDRAWN)) for do in (Do.NOTE, Do.WRITE_LETTER, Do.DELIVER_LETTER)}


QUIET = {Do.NOTE, Do.MARK, Do.ASSIGN, Do.LOOK_AGAIN}


def test_who_notes_marks_assigns_or_looks_again_moves_nothing() -> None:
    quiet = [(at, do, role, after) for at, do, role, after in edges() if do in QUIET]
    assert {do for _, do, _, _ in quiet} == QUIET
    assert all(at == after for at, _, _, after in quiet)
    assert {role for _, _, role, _ in quiet} == {Role.INTAKE, Role.NURSE, Role.PHYSICIAN}


@pytest.mark.parametrize("done", [Do.WRITE_LETTER, Do.DELIVER_LETTER])
def test_letters_are_written_and_delivered_wherever_a_request_stands_by_the_system_alone_and_move_nothing(
    done: Do,
) -> None:
    written = [(at, role, after) for at, do, role, after in edges() if do is done]
    assert {at for at, _, _ in written} == {at for at in STANDINGS if at.place is not State.DRAFT}
    assert all(role is Role.SYSTEM and at == after for at, role, after in written)


def test_a_request_once_late_is_late_for_ever() -> None:
    assert all(after.untimely for at, _, _, after in edges() if at.untimely)


def test_overdue_says_nothing_of_whose_turn_it_is() -> None:
    late = standing_after(Standing(State.ASKED), Do.LAPSE)
    assert late.state is State.OVERDUE
    assert standing_after(late, Do.ANSWER) == Standing(State.IN_REVIEW, untimely=True)
    assert standing_after(late, Do.DENY).state is State.DENIED
    with pytest.raises(ValueError, match="overdue says nothing"):
        Standing(State.OVERDUE)


def test_the_page_shows_the_table_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "life.md").read_text("utf-8")
    shown = page.partition("<!-- table -->\n\n")[2].partition("\n<!-- end of table -->")[0]
    assert shown == life_table()


def test_the_pages_example_prints_what_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "life.md").read_text("utf-8")
    example, printed, *_ = page.split("```")[1::2]
    exec(compile(example.removeprefix("python"), "life.md", "exec"), {})  # noqa: S102 (the page's own example)
    assert capsys.readouterr().out == printed.removeprefix("\n")


# The second model: written from the design's words and not from the table. Who is to move, and what may be done then.

PRACTICE, REVIEWER, DOCTOR, DELEGATE, MACHINE, NOBODY = (
    "practice",
    "reviewer",
    "doctor",
    "delegate",
    "machine",
    "nobody",
)
TURN = {
    State.DRAFT: PRACTICE,
    State.SUBMITTED: MACHINE,
    State.ASKED: PRACTICE,
    State.RETURNED: PRACTICE,
    State.IN_REVIEW: REVIEWER,
    State.WITH_PHYSICIAN: DOCTOR,
    State.WITH_DELEGATE: DELEGATE,
}
OUTSIDE = (Role.REQUESTER, Role.INTAKE)
CLINICAL = (Role.NURSE, Role.PHYSICIAN)
OFFICE = (Role.SYSTEM, Role.INTAKE, *CLINICAL)
ENDS = {
    Do.APPROVE: State.APPROVED,
    Do.FIND_NOT_REQUIRED: State.NOT_REQUIRED,
    Do.APPROVE_PARTLY: State.PARTLY_APPROVED,
    Do.DENY: State.DENIED,
    Do.DISMISS: State.DISMISSED,
    Do.WITHDRAW: State.WITHDRAWN,
}
KEEPS = {
    Do.TAKE: CLINICAL,
    Do.RELEASE: (*CLINICAL, Role.SYSTEM),
    Do.ASSIGN: CLINICAL,
    Do.EXPEDITE: OUTSIDE,
    Do.REFUSE_EXPEDITE: CLINICAL,
    Do.EXTEND: CLINICAL,
    Do.SEND_LETTER: OFFICE,
}


def model(place: State, do: Do, role: Role) -> State | None:  # noqa: PLR0911 (one line for each part of a life)
    """The place after an act, or None, by the second model."""
    if do in (Do.WRITE_LETTER, Do.DELIVER_LETTER):
        return place if place not in (State.DRAFT, State.OVERDUE) and role is Role.SYSTEM else None
    if do is Do.NOTE:
        return place if place not in (State.DRAFT, State.OVERDUE) and role in (Role.INTAKE, *CLINICAL) else None
    if do is Do.MARK:
        unread = (State.DRAFT, State.OVERDUE, State.WITHDRAWN, State.DISMISSED)
        return place if place not in unread and role in CLINICAL else None
    if place not in TURN:
        return _after_the_end(place, do, role)
    if do in ENDS and place is not State.DRAFT:
        return ENDS[do] if _may_end(do, role) else None
    if place is State.DRAFT:
        return State.SUBMITTED if do is Do.SUBMIT and role in OUTSIDE else None
    if do is Do.LAPSE:
        return place if role is Role.SYSTEM else None
    if do in KEEPS:
        return place if role in KEEPS[do] else None
    return _in_work(place, do, role) if TURN[place] is not DELEGATE else _elsewhere(place, do, role)


def _may_end(do: Do, role: Role) -> bool:
    if do in (Do.APPROVE_PARTLY, Do.DENY):
        return role is Role.PHYSICIAN
    if do is Do.WITHDRAW:
        return role in OUTSIDE
    return role in CLINICAL or (role is Role.SYSTEM and do is not Do.DISMISS)


def _after_the_end(place: State, do: Do, role: Role) -> State | None:  # noqa: PLR0911 (one line for each act)
    if do is Do.SEND_LETTER:
        return place if place is not State.WITHDRAWN and place is not State.OVERDUE and role in OFFICE else None
    decided = place in ENDS.values() and place not in (State.WITHDRAWN, State.DISMISSED)
    if decided and do in (Do.OFFER_CALL, Do.RECORD_CALL):
        return place if role is Role.PHYSICIAN or (role is Role.NURSE and do is Do.OFFER_CALL) else None
    if decided and do is Do.LOOK_AGAIN:
        return place if role in CLINICAL else None
    if decided and do is Do.NOTIFY:
        return place if role in OFFICE else None
    if decided and do is Do.LAPSE:
        return place if role is Role.SYSTEM else None
    if place is State.DENIED and do is Do.REOPEN_DENIAL and role is Role.PHYSICIAN:
        return State.WITH_PHYSICIAN
    return State.IN_REVIEW if place is State.DISMISSED and do is Do.VACATE and role in CLINICAL else None


def _in_work(place: State, do: Do, role: Role) -> State | None:  # noqa: PLR0911 (one line for each thing that moves)
    if place is State.RETURNED:
        return State.SUBMITTED if do is Do.CORRECT and role in OUTSIDE else None
    if do in (Do.ASK, Do.FORWARD):
        return _asked_or_passed_on(do, role)
    if do in (Do.JUDGE, Do.DISPUTE, Do.OFFER_CALL) and role in CLINICAL:
        return place
    if do is Do.RECORD_CALL and role is Role.PHYSICIAN:
        return place
    if TURN[place] is MACHINE and role is Role.SYSTEM:
        return {Do.RETURN: State.RETURNED, Do.SEND_TO_REVIEW: State.IN_REVIEW}.get(do)
    if role in OUTSIDE:
        if place is State.ASKED:
            return State.IN_REVIEW if do is Do.ANSWER else None
        return place if do is Do.ADD and TURN[place] in (REVIEWER, DOCTOR) else None
    if do is Do.REFER and role in CLINICAL and place in (State.ASKED, State.IN_REVIEW):
        return State.WITH_PHYSICIAN
    return State.IN_REVIEW if do is Do.SEND_BACK and role is Role.PHYSICIAN and TURN[place] is DOCTOR else None


def _asked_or_passed_on(do: Do, role: Role) -> State | None:
    if do is Do.ASK:
        return State.ASKED if role in (Role.SYSTEM, *CLINICAL) else None
    return State.WITH_DELEGATE if role in (Role.INTAKE, *CLINICAL) else None


def _elsewhere(place: State, do: Do, role: Role) -> State | None:
    """What lies with a delegate gets more from outside, or comes back."""
    if do is Do.ADD:
        return place if role in OUTSIDE else None
    return State.IN_REVIEW if do is Do.TAKE_BACK and role in CLINICAL else None


def test_every_cell_of_the_table_is_as_the_second_model_says() -> None:
    for at, do, role in product(STANDINGS, Do, Role):
        after = step(at, do, role)
        assert (after.place if after else None) == model(at.place, do, role), (at, do, role)


def walk(chance: random.Random) -> None:
    """One life, at random: in the end it is where the second model is, and adverse only by a physician."""
    at, place, steps = Standing(), State.DRAFT, [(Do.SUBMIT, Role.REQUESTER)]
    for _ in range(12):
        do, role = steps.pop() if steps else chance.choice(chance.choice((ALL, ALLOWED[place])))
        after, modelled = step(at, do, role), model(place, do, role)
        assert (after.place if after else None) == modelled, (at, do, role)
        if after is not None and after.place in ADVERSE_STATES and after.place is not place:
            assert role is Role.PHYSICIAN
        at, place = after or at, modelled or place


ALL = list(product(Do, Role))
ALLOWED = {place: [act for act in ALL if model(place, *act)] or ALL for place in State}


def test_random_lives_agree_with_the_second_model() -> None:
    chance = random.Random(5)  # noqa: S311
    for _ in range(3_000):
        walk(chance)


@pytest.mark.slow
def test_a_million_random_lives_agree_with_the_second_model() -> None:
    chance = random.Random(20261127)  # noqa: S311
    for _ in range(1_000_000):
        walk(chance)
