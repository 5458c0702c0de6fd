"""The desk over the record, on both databases: what is answered at once, what is known again, and what is refused."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from tests.desk.at_the_office import (
    LATER_SCAN,
    MOVED,
    NOW,
    PROVEN,
    SCAN,
    WITH_SCAN,
    determination_of,
    kinds_of,
    moved,
    office_of,
    reviewed,
    sending,
    submitted,
    unproven,
)
from tests.desk.people import (
    DAY,
    HOUR,
    INTAKE,
    ITO,
    LINE,
    NURSE,
    OTHER_PRACTICE,
    PHYSICIAN,
    POLICY,
    PRACTICE,
    SECOND_NURSE,
    deny,
    signed,
)
from tests.determination.imrt_cases import imrt
from tests.store.inside import rows
from tests.store.people import REQUESTER, add

from isodose.desk.act import AnyAct, Refusal
from isodose.desk.acts import (
    Assign,
    Decide,
    DisputeFact,
    Expedite,
    Judge,
    LookAgain,
    OfferCall,
    Plainly,
    Send,
    Submit,
    Take,
)
from isodose.desk.authorization_acts import AskChange, Cancel
from isodose.desk.case import Case
from isodose.desk.decision import Approved, Denied, NotRequired
from isodose.desk.determined import DETERMINATIONS
from isodose.desk.number import Kind, request_number
from isodose.desk.office import Office, Sent
from isodose.desk.request import Hold
from isodose.desk.state import AuthorizationState, State
from isodose.desk.transitions import Do
from isodose.store.drafts import add_draft, find_draft
from isodose.store.errors import KeyReusedError, StaleError
from isodose.store.find import by_number
from isodose.store.record import Record

ANSWER = Send(Do.ANSWER, evidence=PROVEN)


def state(case: object) -> State:
    assert isinstance(case, Case), case
    return case.request.standing.state


def why(answer: object) -> tuple[str, ...]:
    assert isinstance(answer, Refusal), answer
    return answer.reasons


def test_a_proven_request_is_approved_in_its_submission(office: Office) -> None:
    case = submitted(office)
    assert kinds_of(case) == ["submitted", "approved"]
    number = case.authorization(1)
    assert number
    found = by_number(office.record.database, number)
    assert found
    assert (found.request, found.head.state, found.head.practice, found.head.member) == (
        case.tracking,
        State.APPROVED,
        PRACTICE.practice,
        "M1",
    )


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (unproven(), State.ASKED),
        (sending(facts={"treatment_intent": None}), State.ASKED),
        (reviewed(), State.IN_REVIEW),
        (sending(facts={"diagnosis_codes": ["C61."]}), State.RETURNED),
        (sending(facts={"procedure_code": "77301"}), State.NOT_REQUIRED),
    ],
)
def test_every_request_has_its_answer_in_the_same_transaction(office: Office, what: Submit, expected: State) -> None:
    case = submitted(office, what)
    assert state(case) is expected
    assert len(case.history) == 2
    assert determination_of(case)["request_id"] == "T-1"


def test_what_cannot_be_read_is_returned(office: Office) -> None:
    case = submitted(office, replace(sending(), content={"member": 7}))
    assert state(case) is State.RETURNED
    assert case.history[-1].event.facts[DETERMINATIONS] == [
        {"unreadable": "the member must be an object, not a number", "place": "member"}
    ]


def test_what_stands_around_the_guideline_comes_before_it(office: Office) -> None:
    under_way = NotRequired("the course was under way when the member joined")
    case = submitted(office, reviewed(), sent=Sent((SCAN,), needless=under_way))
    assert state(case) is State.NOT_REQUIRED


def test_a_draft_is_gone_in_the_transaction_that_makes_a_request_of_it(office: Office) -> None:
    database = office.record.database
    add(database, REQUESTER)
    draft = add_draft(database, "P1", REQUESTER.name, {"target": "prostate bed"}, NOW)
    other = add_draft(database, "P1", REQUESTER.name, {}, NOW)
    stale = submitted(office, reviewed())
    moved(office, stale, Take(NOW + HOUR), NURSE)
    with pytest.raises(StaleError):
        office.act(stale, Send(Do.ADD, evidence=PROVEN), PRACTICE, NOW, Sent(draft=draft.id))
    assert find_draft(database, draft.id) == draft
    submitted(office, sending("T-2"), sent=Sent((SCAN,), draft=draft.id))
    assert find_draft(database, draft.id) is None
    assert find_draft(database, other.id) == other


def test_an_ask_to_expedite_comes_with_the_request_unless_that_is_answered_at_once(office: Office) -> None:
    ask = Expedite(NOW, "The cord is compressed.", "Dr. Amado")
    waits = submitted(office, reviewed(), sent=Sent((SCAN,), expedite=ask))
    assert kinds_of(waits) == ["submitted", "sent-to-review", "expedite-asked"]
    assert waits.request.clock
    assert waits.request.clock.expedited == NOW
    assert kinds_of(submitted(office, sent=Sent((SCAN,), expedite=ask))) == ["submitted", "approved"]
    more = Send(Do.ADD, evidence=PROVEN)
    again = moved(office, waits, more, PRACTICE, sent=Sent(expedite=ask))
    assert kinds_of(again).count("expedite-asked") == 1
    unsaid = office.submit(reviewed("T-2"), PRACTICE, NOW, Sent((SCAN,), expedite=replace(ask, words="")))
    assert why(unsaid) == ("say why, in words that stay on record",)


def test_what_is_refused_leaves_nothing(office: Office) -> None:
    before = rows(office.record)
    assert why(office.submit(sending(), NURSE, NOW, WITH_SCAN)) == ("a nurse may not submit; requester or intake may",)
    odd = replace(sending(), content={**sending().content, "dose": 1.5})  # type: ignore[dict-item]
    [reason] = why(office.submit(odd, PRACTICE, NOW, WITH_SCAN))
    assert reason.startswith("that cannot be kept as it is: facts hold text, whole numbers")
    assert rows(office.record) == before


def test_half_a_letter_is_in_no_act_with_or_without_a_key(office: Office) -> None:
    case = submitted(office, reviewed())
    before = rows(office.record)
    for sent in (Sent(), Sent(key="k-1")):
        half = Plainly(Do.NOTE, "the practice called \ud83e")
        assert why(office.act(case, half, NURSE, NOW, sent)) == (
            "that cannot be kept as it is: half of a surrogate pair is no text",
        )
    assert rows(office.record) == before


def test_documents_are_kept_with_their_names(office: Office) -> None:
    case = submitted(office)
    more = Send(Do.ADD, documents=(LATER_SCAN.sha256,), names={LATER_SCAN.sha256: "pathology.pdf"})
    assert why(office.act(case, more, PRACTICE, NOW, Sent((LATER_SCAN,))))
    waiting = submitted(office, reviewed("T-2"))
    waiting = moved(office, waiting, more, PRACTICE, sent=Sent((LATER_SCAN,)))
    assert [office.record.document(one) for one in waiting.request.documents] == [SCAN, LATER_SCAN]
    assert waiting.request.names == {SCAN.sha256: "note.pdf", LATER_SCAN.sha256: "pathology.pdf"}
    assert waiting.request.details == {"phone": "1"}


def test_a_member_whose_id_nobody_could_look_for_has_no_place_in_the_head(office: Office) -> None:
    for number, member_id in enumerate(("M\x001", "M" * 3000, 7, None, " M1 ")):
        what = reviewed(f"T-{number}")
        case = submitted(office, replace(what, content={**what.content, "member": {"member_id": member_id}}))
        found = by_number(office.record.database, case.tracking)
        assert found
        assert found.head.member == ("M1" if member_id == " M1 " else None)


TIMES = int(os.environ.get("ISODOSE_TIMES", "12"))
"""How often fifty send the same at once, in the slow run; `docs/life.md` has the command for two hundred times."""


class TestTheSameAgain:
    """Whatever is sent once may be sent again."""

    def test_the_same_content_is_the_same_request_on_any_day(self, office: Office) -> None:
        first = submitted(office)
        again = office.submit(replace(sending(), first=NOW + DAY), PRACTICE, NOW + DAY, WITH_SCAN)
        assert again == first

    def test_another_account_or_other_content_is_another_request(self, office: Office) -> None:
        first = submitted(office)
        others = [submitted(office, by=OTHER_PRACTICE), submitted(office, by=INTAKE), submitted(office, sending("T-2"))]
        assert len({first.tracking, *(one.tracking for one in others)}) == 4

    def test_a_key_finds_what_it_stood_for_and_stands_for_nothing_else(self, office: Office) -> None:
        keyed = Sent((SCAN,), key="k-1")
        first = submitted(office, sent=keyed)
        assert submitted(office, sent=keyed) == first
        with pytest.raises(KeyReusedError, match="stands for another content"):
            office.submit(sending("T-2"), PRACTICE, NOW, keyed)

    def test_two_practices_may_use_the_same_word_as_a_key(self, office: Office) -> None:
        keyed = Sent((SCAN,), key="k-1")
        mine, theirs = submitted(office, sent=keyed), submitted(office, sending("T-2"), OTHER_PRACTICE, keyed)
        assert mine.tracking != theirs.tracking
        assert theirs.request.asked_by == OTHER_PRACTICE

    def test_after_a_withdrawal_the_same_is_a_new_request_but_not_under_the_same_key(self, office: Office) -> None:
        keyed = Sent((SCAN,), key="k-1")
        first = submitted(office, reviewed(), sent=keyed)
        gone = moved(office, first, Plainly(Do.WITHDRAW), PRACTICE)
        assert submitted(office, reviewed(), sent=keyed) == gone
        second = submitted(office, reviewed())
        assert second.tracking != first.tracking
        assert submitted(office, reviewed(), sent=Sent((SCAN,), key="k-2")) == second
        moved(office, second, Plainly(Do.WITHDRAW), PRACTICE)
        third = submitted(office, reviewed(), sent=Sent((SCAN,), key="k-3"))
        assert third.tracking not in (first.tracking, second.tracking)
        assert submitted(office, reviewed(), sent=Sent((SCAN,), key="k-3")) == third

    def test_an_act_is_found_by_its_key_though_the_case_has_moved_on(self, office: Office) -> None:
        asked = submitted(office, unproven())
        keyed = Sent(key="k-1")
        answered = moved(office, asked, ANSWER, PRACTICE, sent=keyed)
        assert moved(office, answered, ANSWER, PRACTICE, now=NOW + DAY, sent=keyed) == answered
        assert moved(office, asked, ANSWER, PRACTICE, sent=keyed) == answered
        with pytest.raises(KeyReusedError):
            office.act(answered, Cancel(1, NOW.date(), "it is not needed"), PRACTICE, NOW, keyed)
        with pytest.raises(KeyReusedError):
            office.submit(sending("T-2"), PRACTICE, NOW, Sent((SCAN,), key="k-1"))

    def test_a_number_that_is_taken_is_drawn_again(self, record: Record) -> None:
        drawn = iter([7, 7, 8])
        office = Office(record, imrt(), POLICY, lambda: next(drawn))
        assert submitted(office).tracking == request_number(Kind.TRACKING, 7)
        assert submitted(office, sending("T-2")).tracking == request_number(Kind.TRACKING, 8)

    @pytest.mark.parametrize("times", [2, pytest.param(TIMES, marks=pytest.mark.slow)])
    def test_fifty_equal_submissions_at_once_are_one(self, office: Office, times: int) -> None:
        for number in range(times):
            before = rows(office.record)

            def send(sender: int, number: int = number) -> str:
                key = f"key-{number}" if sender % 2 else None
                return submitted(office, sending(f"T-{number}"), sent=Sent((SCAN,), key)).tracking

            with ThreadPoolExecutor(50) as threads:
                assert len(set(threads.map(send, range(50)))) == 1
            after = rows(office.record)
            assert {name: after[name] - before[name] for name in ("event", "receipt", "head")} == {
                "event": 2,
                "receipt": 1,
                "head": 1,
            }


class TestAnAct:
    """What happens to a request that is there."""

    def test_an_answer_approves_at_once_if_it_can(self, office: Office) -> None:
        asked = submitted(office, unproven())
        assert len(asked.request.questions) == 4
        answered = moved(office, asked, ANSWER, PRACTICE)
        assert kinds_of(answered) == ["submitted", "asked", "answered", "approved"]
        assert by_number(office.record.database, str(answered.authorization(1)))

    def test_an_answer_that_does_not_goes_to_a_reviewer(self, office: Office) -> None:
        asked = submitted(office, unproven())
        part = replace(ANSWER, evidence=PROVEN[:2])
        assert state(moved(office, asked, part, PRACTICE)) is State.IN_REVIEW

    def test_information_that_nobody_asked_for_approves_also_from_the_physicians_desk(self, office: Office) -> None:
        case = submitted(office, reviewed())
        case = moved(office, case, Plainly(Do.REFER, "the criteria are not met"), NURSE)
        right = sending()
        case = moved(office, case, Send(Do.ADD, content=right.content, evidence=PROVEN), PRACTICE)
        assert state(case) is State.APPROVED

    def test_a_correction_is_answered_in_one_step(self, office: Office) -> None:
        returned = submitted(office, sending(facts={"diagnosis_codes": ["C61."]}))
        right = Send(Do.CORRECT, content=sending().content, evidence=PROVEN)
        assert state(moved(office, returned, right, PRACTICE)) is State.APPROVED

    @pytest.mark.parametrize(
        ("finding", "refusal"),
        [
            (Judge("1.zz", met=True, why="read"), "no clause `1.zz` is in the guideline"),
            (Judge("treatment_intent", met=True, why="read", is_leaf=True), "no leaf `treatment_intent` is in the"),
            (Judge("1", met=True, why="read", line=2), "the request has no line `2`"),
            (DisputeFact("intent", "read"), "no fact `intent` is in the guideline"),
            (DisputeFact("procedure_code", "read"), "is what was asked for; return the request for correction"),
        ],
    )
    def test_a_finding_is_on_something_that_is_there(self, office: Office, finding: AnyAct, refusal: str) -> None:
        case = submitted(office, reviewed())
        [said] = why(office.act(case, finding, NURSE, NOW))
        assert refusal in said

    def test_a_finding_shows_its_reviewer_another_determination(self, office: Office) -> None:
        case = submitted(office, reviewed())
        case = moved(office, case, DisputeFact("treatment_intent", "the note says curative"), NURSE)
        assert (kinds_of(case)[-1], state(case)) == ("disputed", State.IN_REVIEW)
        case = moved(office, case, Judge("1", met=True, why="the tumor board agrees"), NURSE)
        assert len(case.request.judgements) == 1

    def test_who_looked_too_long_ago_is_told_what_came(self, office: Office) -> None:
        seen = submitted(office, reviewed())
        moved(office, seen, Take(NOW + HOUR), NURSE)
        before = rows(office.record)
        with pytest.raises(StaleError) as stale:
            office.act(seen, Plainly(Do.WITHDRAW), PRACTICE, NOW)
        assert [one.event.kind for one in stale.value.meanwhile] == ["taken"]
        assert rows(office.record) == before

    def test_of_two_decisions_at_once_one_is_refused(self, office: Office) -> None:
        seen = submitted(office, reviewed())

        def decide(number: int) -> str:
            approved = Decide(Approved((LINE,), (LINE,), f"the reviewer {number} has read it"))
            try:
                return state(office.act(seen, approved, NURSE, NOW)).value
            except StaleError:
                return "stale"

        with ThreadPoolExecutor(8) as threads:
            said = list(threads.map(decide, range(8)))
        assert sorted(said) == ["approved", *["stale"] * 7]

    def test_a_physicians_decision_keeps_its_determination(self, office: Office) -> None:
        case = submitted(office, reviewed())
        case = moved(office, case, OfferCall((NOW + DAY,)), PHYSICIAN)
        decide = replace(deny(date(2025, 10, 20)), opened=frozenset({SCAN.sha256}))
        case = moved(office, case, decide, PHYSICIAN, now=NOW + HOUR)
        assert determination_of(case)["outcome"] == "clinical-review"
        assert state(case) is State.DENIED

    def test_dates_that_move_are_amended_at_once_and_more_sessions_wait(self, office: Office) -> None:
        case = submitted(office)
        assert case.request.decision
        [granted] = case.request.decision.granted
        later = replace(granted, start=MOVED.start)
        case = moved(office, case, AskChange(1, later, "the machine is down"), PRACTICE)
        assert kinds_of(case)[2:] == ["change-asked", "amended"]
        assert case.request.authorizations[0].line == later
        case = moved(office, case, AskChange(1, replace(later, units=40), "a boost"), PRACTICE)
        assert kinds_of(case)[4:] == ["change-asked"]
        case = moved(office, case, Cancel(1, NOW.date(), "treated elsewhere"), PRACTICE)
        assert case.request.authorizations[0].state is AuthorizationState.ENDED

    def test_a_case_is_assigned_handed_over_and_released(self, office: Office) -> None:
        case = submitted(office, reviewed())
        case = moved(office, case, Assign("olga"), NURSE)
        assert (case.request.assigned, case.request.hold) == ("olga", None)
        assert assigned(office, case.tracking) == "olga"
        case = moved(office, case, Take(NOW + HOUR), SECOND_NURSE)
        assert case.request.hold == Hold("olga", NOW + HOUR)
        assert "olga has taken the case" in why(office.act(case, Plainly(Do.RELEASE), NURSE, NOW))[0]
        case = moved(office, case, Assign("noor"), PHYSICIAN)
        case = moved(office, case, Plainly(Do.RELEASE), SECOND_NURSE)
        assert (case.request.assigned, case.request.hold, assigned(office, case.tracking)) == (None, None, None)
        assert why(office.act(case, Assign(" "), NURSE, NOW)) == ("say to whom the case goes",)
        assert why(office.act(case, Assign("olga"), PRACTICE, NOW)) == (
            "a requester may not assign; nurse or physician may",
        )

    def test_a_note_stands_wherever_the_request_does(self, office: Office) -> None:
        case = submitted(office)
        noted = moved(office, case, Plainly(Do.NOTE, "the practice called about the start"), INTAKE)
        assert (kinds_of(noted)[-1], noted.request.standing) == ("noted", case.request.standing)
        assert why(office.act(noted, Plainly(Do.NOTE, " "), NURSE, NOW)) == ("say why, in words that stay on record",)
        assert why(office.act(noted, Plainly(Do.NOTE, "may I?"), PRACTICE, NOW))


class TestASecondLook:
    """Another reviewer's, once, of the decision that stands, and of one that was drawn."""

    @pytest.fixture
    def office(self, office: Office) -> Office:
        """Every decision is drawn."""
        return replace(office, policy=replace(office.policy, second_look=1000))

    def test_what_was_not_drawn_nobody_looks_at_again(self, office: Office) -> None:
        case = submitted(office, reviewed())
        case = moved(office, case, Decide(Approved((LINE,), (LINE,), "the tumor board agrees")), NURSE)
        nothing = replace(office, policy=replace(office.policy, second_look=0))
        look = LookAgain(would_approve=False, why="the note names another intent")
        assert "not drawn for a second look" in why(nothing.act(case, look, SECOND_NURSE, NOW))[0]
        assert moved(office, case, look, SECOND_NURSE).request.second_look

    def denied(self, office: Office) -> Case:
        case = submitted(office, reviewed())
        case = moved(office, case, OfferCall((NOW + DAY,)), PHYSICIAN)
        return moved(office, case, self.denial(), PHYSICIAN)

    def denial(self, by: str = "ito") -> Decide:
        signature = replace(signed(date(2025, 10, 20)), physician=by)
        return Decide(Denied((LINE,), signature), ITO, frozenset({SCAN.sha256}))

    def test_of_a_nurses_approval_another_nurse_looks_and_not_the_same(self, office: Office) -> None:
        case = submitted(office, reviewed())
        case = moved(office, case, Decide(Approved((LINE,), (LINE,), "the tumor board agrees")), NURSE)
        look = LookAgain(would_approve=False, why="the note names another intent")
        assert why(office.act(case, look, NURSE, NOW))[0].startswith("a second look is another reviewer's")
        seen = moved(office, case, look, SECOND_NURSE)
        assert seen.request.second_look
        assert (seen.request.second_look.by, seen.request.second_look.would_approve) == ("olga", False)
        assert state(seen) is State.APPROVED
        assert why(office.act(seen, look, PHYSICIAN, NOW)) == ("olga has looked at it already",)

    def test_of_a_denial_only_another_physician_looks(self, office: Office) -> None:
        case, look = self.denied(office), LookAgain(would_approve=True, why="the plan shows the need")
        for who in (NURSE, PHYSICIAN):
            assert "of a physician's decision, another physician's" in why(office.act(case, look, who, NOW))[0]
        other = replace(PHYSICIAN, account="ruiz")
        assert state(moved(office, case, look, other)) is State.DENIED

    def test_a_new_decision_is_looked_at_anew(self, office: Office) -> None:
        look, other = LookAgain(would_approve=True, why="the plan shows the need"), replace(PHYSICIAN, account="ruiz")
        case = moved(office, self.denied(office), look, other)
        case = moved(office, case, Plainly(Do.REOPEN_DENIAL, "new evidence came"), PHYSICIAN)
        case = moved(office, case, self.denial("ruiz"), other)
        assert case.request.second_look is None
        assert moved(office, case, look, PHYSICIAN).request.second_look

    def test_who_denied_does_not_deny_again_and_may_approve(self, office: Office) -> None:
        """42 CFR 422.590: whoever made the decision does not reconsider it against the member."""
        case = moved(office, self.denied(office), Plainly(Do.REOPEN_DENIAL, "new evidence came"), PHYSICIAN)
        assert case.request.refused_by == {PHYSICIAN.account}
        assert "another decides" in why(office.act(case, self.denial(), PHYSICIAN, NOW))[0]
        again = moved(office, case, self.denial("ruiz"), replace(PHYSICIAN, account="ruiz"))
        assert state(again) is State.DENIED
        third = moved(office, again, Plainly(Do.REOPEN_DENIAL, "the plan came"), PHYSICIAN)
        assert third.request.refused_by == {PHYSICIAN.account, "ruiz"}
        approval = Decide(Approved((LINE,), (LINE,), "the plan shows the need"))
        assert state(moved(office, third, approval, PHYSICIAN)) is State.APPROVED

    def test_before_a_decision_there_is_nothing_to_look_at(self, office: Office) -> None:
        case = submitted(office, reviewed())
        assert why(office.act(case, LookAgain(would_approve=True, why="early"), NURSE, NOW))


def assigned(office: Office, tracking: str) -> str | None:
    found = by_number(office.record.database, tracking)
    assert found
    return found.head.assigned


def test_two_offices_share_one_record(record: Record) -> None:
    one, other = office_of(record, 1), office_of(record, 2)
    case = submitted(one, reviewed())
    assert submitted(other, reviewed()) == case
    assert other.case(case.tracking) == case
    assert one.case("TRACK-0000-0000-0") is None
