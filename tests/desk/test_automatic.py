"""What the system answers by itself: at once, only in the member's favour, and only on evidence that the policy takes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from tests.desk.people import (
    CONTENT,
    DAY,
    FLAT,
    LINE,
    MONDAY,
    NURSE,
    OFFER,
    PAGES,
    PHYSICIAN,
    POLICY,
    PRACTICE,
    REFER,
    SUBMIT,
    after_all,
    done,
    kinds,
    refused,
)
from tests.determination.imrt_cases import imrt

from isodose.desk.act import Refusal
from isodose.desk.acts import Decide, DisputeFact, Judge, Send, Submit
from isodose.desk.automatic import FAVOURABLE, FIRST, LEADS_TO, if_done, settle
from isodose.desk.decision import Approved
from isodose.desk.determined import determined
from isodose.desk.fold import after
from isodose.desk.line import Lines
from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Evidence, Request
from isodose.desk.state import State
from isodose.desk.transitions import ADVERSE, Do
from isodose.determination.request import ShapeError
from isodose.guideline.outcome import Outcome
from isodose.store.event import Json

PROGRAM = imrt()
RESTS_ON = ("concurrent_proton_therapy", "treatment_intent", "dose_escalation_concern", "diagnosis")
PROVEN = tuple(Evidence(fact, PAGES, 2, "as planned") for fact in RESTS_ON)


def submit(**facts: Json) -> Submit:
    """The request of `people.py`, proven, with some facts said otherwise."""
    return replace(SUBMIT, lines=asked(**facts), content=content(**facts), evidence=PROVEN)


def asked(**facts: Json) -> Lines:
    """The line whose facts these are."""
    code, start = facts.get("procedure_code", "77385"), facts.get("date_of_service", "2025-11-03")
    return (replace(LINE, codes=frozenset({str(code)}), start=date.fromisoformat(str(start))),)


def content(**facts: Json) -> Mapping[str, Json]:
    return {**CONTENT, "lines": [{**FLAT, **facts}]}


def settled(request: Request, policy: DeskPolicy = POLICY) -> Request:
    for event in settle(request, PROGRAM, MONDAY, policy):
        request = after(request, event)
    return request


def test_a_proven_case_is_approved_in_the_submission() -> None:
    approved = settled(after_all((submit(), PRACTICE)))
    assert approved.standing.state is State.APPROVED
    assert approved.decision
    [granted] = approved.decision.granted
    assert approved.decision.by == "system"
    assert granted == replace(LINE, codes=frozenset({"77385", "77386", "G6015", "G6016", "77407", "77412"}))


def test_where_evidence_lacks_it_is_asked_for_and_the_answer_approves() -> None:
    asked = settled(after_all((replace(submit(), evidence=PROVEN[:3]), PRACTICE)))
    assert asked.standing.state is State.ASKED
    assert asked.questions == (
        "Diagnosis: please attach the pathology report, or imaging report where there is no biopsy and mark the passage",
    )
    chart = Send(Do.ANSWER, evidence=(Evidence("diagnosis", chart="Condition/7/_history/2"),))
    assert settled(done(asked, chart, PRACTICE)).standing.state is State.APPROVED


def test_the_plan_may_take_the_requesters_word() -> None:
    word = replace(POLICY, attested=frozenset(RESTS_ON))
    assert settled(after_all((replace(submit(), evidence=()), PRACTICE)), word).standing.state is State.APPROVED


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"procedure_code": "77301"}, State.NOT_REQUIRED),
        ({"procedure_code": "99213"}, State.NOT_REQUIRED),
        ({"treatment_intent": None}, State.ASKED),
        ({"treatment_intent": "palliative"}, State.IN_REVIEW),
        ({"diagnosis_codes": ["C61."]}, State.RETURNED),
        ({"date_of_service": "2026-06-15"}, State.RETURNED),
    ],
)
def test_each_outcome_leads_somewhere(facts: dict[str, Json], state: State) -> None:
    assert settled(after_all((submit(**facts), PRACTICE))).standing.state is state


def test_every_outcome_has_its_answer_and_none_is_adverse() -> None:
    assert set(LEADS_TO) == set(Outcome)
    assert set(LEADS_TO.values()) == set(FIRST)
    assert ADVERSE.isdisjoint(FIRST)
    assert set(FIRST) > FAVOURABLE


def test_a_returned_request_says_what_would_be_right_and_is_corrected_in_one_step() -> None:
    submitted = after_all((submit(date_of_service="2026-06-15"), PRACTICE))
    [event] = settle(submitted, PROGRAM, MONDAY, POLICY)
    assert "77407" in str(event.facts["why"])
    returned = after(submitted, event)
    corrected = done(
        returned,
        Send(Do.CORRECT, content(date_of_service="2025-12-15"), asked(date_of_service="2025-12-15"), (), PROVEN),
        PRACTICE,
    )
    assert settled(corrected).standing.state is State.APPROVED
    assert corrected.clock == submitted.clock


def test_what_is_asked_for_is_what_is_determined() -> None:
    other = replace(SUBMIT, lines=asked(procedure_code="77386", date_of_service="2025-11-04"))
    assert refused(Request(), other, PRACTICE) == (
        "line 1 asks for 77386, and its facts name 77385",
        "line 1 starts on 2025-11-04, and its facts say 2025-11-03",
    )
    two = replace(SUBMIT, lines=(LINE, replace(LINE, number=2)))
    assert refused(Request(), two, PRACTICE) == ("2 lines are asked for, and facts are stated of 1",)
    second = replace(SUBMIT, lines=(replace(LINE, number=2),))
    assert refused(Request(), second, PRACTICE) == ("line 2 stands beside the facts of line 1",)


def test_what_cannot_be_read_is_returned() -> None:
    no_lines = replace(SUBMIT, content={"lines": []})
    request = after_all((no_lines, PRACTICE))
    assert isinstance(determined(request, PROGRAM, MONDAY, POLICY), ShapeError)
    assert settled(request).standing.state is State.RETURNED
    odd_line = after_all((replace(SUBMIT, content={"lines": [7]}), PRACTICE))
    assert "must be an object" in str(settle(odd_line, PROGRAM, MONDAY, POLICY)[0].facts["why"])


def test_a_line_that_needs_none_is_told_so_beside_one_that_is_approved() -> None:
    plan = replace(LINE, number=2, codes=frozenset({"77301"}), units=1)
    both = replace(
        submit(),
        lines=(LINE, plan),
        content={**CONTENT, "lines": [FLAT, {**FLAT, "line": 2, "procedure_code": "77301"}]},
    )
    submitted = after_all((both, PRACTICE))
    [event] = settle(submitted, PROGRAM, MONDAY, POLICY)
    assert (event.kind, event.facts["needless"]) == ("approved", [2])
    decision = after(submitted, event).decision
    assert decision
    assert [line.number for line in decision.granted] == [1]
    with pytest.raises(ValueError, match="grants something"):
        Approved((LINE,), (), needless=frozenset({1}))


def test_information_that_arrives_with_the_physician_approves_at_once() -> None:
    palliative = settled(after_all((submit(treatment_intent="palliative"), PRACTICE)))
    with_physician = after_all(REFER, OFFER, request=palliative)
    still = done(with_physician, Send(Do.ADD, documents=("b" * 64,)), PRACTICE)
    assert settle(still, PROGRAM, MONDAY, POLICY) == ()
    unshown = done(with_physician, Send(Do.ADD, content(treatment_intent="curative")), PRACTICE)
    assert settle(unshown, PROGRAM, MONDAY, POLICY) == ()
    curative = done(with_physician, Send(Do.ADD, content(treatment_intent="curative"), evidence=PROVEN), PRACTICE)
    assert kinds(settle(curative, PROGRAM, MONDAY, POLICY)) == ["approved"]


def test_a_judgement_shows_a_new_outcome_and_a_dispute_takes_it_back() -> None:
    review = settled(after_all((submit(diagnosis_codes=["C79.9"]), PRACTICE)))
    assert outcome(review) is Outcome.CLINICAL_REVIEW
    judged = done(review, Judge("1", met=True, why="one lesion, page 2"), NURSE)
    assert outcome(judged) is Outcome.APPROVED
    disputed = done(judged, DisputeFact("concurrent_proton_therapy", "page 3 plans protons"), NURSE)
    assert outcome(disputed) is Outcome.INFORMATION_NEEDED


def test_what_an_act_would_lead_to_is_shown_before_it_is_done() -> None:
    review = settled(after_all((submit(diagnosis_codes=["C79.9"]), PRACTICE)))
    would_be = if_done(review, Judge("1", met=True, why="page 2"), NURSE, MONDAY, PROGRAM, POLICY)
    assert isinstance(would_be, tuple)
    assert would_be[0].outcome is Outcome.APPROVED
    assert outcome(review) is Outcome.CLINICAL_REVIEW
    assert isinstance(if_done(review, Judge("1", met=True, why=""), NURSE, MONDAY, PROGRAM, POLICY), Refusal)


def test_who_judges_the_same_anew_replaces_the_judgement() -> None:
    review = settled(after_all((submit(diagnosis_codes=["C79.9"]), PRACTICE)))
    judged = done(review, Judge("1", met=True, why="one lesion, page 2"), NURSE)
    otherwise = done(judged, Judge("1", met=False, why="many lesions, page 5"), PHYSICIAN)
    assert [one["by"] for one in otherwise.judgements] == ["ito"]
    assert outcome(otherwise) is Outcome.CLINICAL_REVIEW


def outcome(request: Request) -> Outcome:
    answers = determined(request, PROGRAM, MONDAY, POLICY)
    assert not isinstance(answers, ShapeError)
    return answers[0].outcome


def test_a_late_answer_is_marked_before_the_system_approves() -> None:
    asked = settled(after_all((replace(submit(), evidence=PROVEN[:3]), PRACTICE)))
    answered = done(asked, Send(Do.ANSWER, evidence=PROVEN[3:]), PRACTICE, MONDAY + 8 * DAY)
    events = settle(answered, PROGRAM, MONDAY + 8 * DAY, POLICY)
    assert kinds(events) == ["approved"]
    assert answered.standing.untimely


def test_a_physician_approves_case_by_case() -> None:
    palliative = settled(after_all((submit(treatment_intent="palliative"), PRACTICE)))
    approved = Decide(Approved((LINE,), (LINE,), "spine beside an earlier field: the cord is spared only so"))
    assert done(after_all(REFER, request=palliative), approved, PHYSICIAN).standing.state is State.APPROVED
