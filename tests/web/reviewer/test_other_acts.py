"""What is done beside deciding: calls, clocks, closing and opening again, and the life of an authorization."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.web.reviewer.cases import KIM, do, middle_ear, now_of, palliative, sent, state_of
from tests.web.site import Browser, Site

from isodose.desk.act import AnyAct, Refusal
from isodose.desk.acts import Expedite
from isodose.desk.authorization_acts import AskChange
from isodose.desk.case import Case
from isodose.desk.role import By
from isodose.desk.state import AuthorizationState
from isodose.store.members import find_member, load_members
from isodose.store.roster_file import RosterFile

REASON = "The planning note gives no reason why more sessions would help this member."
RESTS_ON = {"rests-on": ["1"]}
NOTICE = "Until the last day nothing changes. You may appeal within 65 days."


def by_the_practice(here: Site, case: Case, what: AnyAct, by: By = KIM) -> None:
    done = here.services.office.act(now_of(here, case), what, by, here.now)
    assert not isinstance(done, Refusal), done.reasons


def expect_done(browser: Browser, here: Site, case: Case, act: str, **fields: Any) -> None:
    answer = do(browser, here, case, act, **fields)
    assert answer.status_code == 303, answer.text.partition('id="wrong"')[2][:600]


def refusal(browser: Browser, here: Site, case: Case, act: str, **fields: Any) -> str:
    answer = do(browser, here, case, act, **fields)
    assert answer.status_code == 422
    return str(answer.text).partition('id="wrong"')[2].partition("</div>")[0]


def test_the_outcome_of_a_call_is_recorded(here: Site) -> None:
    case, ito = palliative(here), here.as_("ito")
    assert "offered with times" in refusal(ito, here, case, "offer-call")
    assert "is not a moment" in refusal(ito, here, case, "offer-call", **{"time-1": "tomorrow"})
    expect_done(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00", "time-2": "2025-11-05T15:30"})
    expect_done(ito, here, case, "record-call", why="Dr. Iyer: the intent is palliative, and she sends the dose plan.")
    page = ito.get(f"/case/{case.tracking}").text
    assert "4 Nov 2025, 10:00" in page
    assert "she sends the dose plan" in page


def test_more_time_is_taken_on_a_ground_only(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    assert "Choose the ground" in refusal(noor, here, case, "extend", days="5", why="It was asked.")
    assert "is not a whole number" in refusal(noor, here, case, "extend", days="five", ground="the member asks for it")
    assert "1 to 14 days" in refusal(
        noor, here, case, "extend", days="15", ground="the member asks for it", why="Asked."
    )
    expect_done(noor, here, case, "extend", days="5", ground="the member asks for it", why="She travels.")
    assert "5 more days: the member asks for it" in noor.get(f"/case/{case.tracking}").text


def test_a_members_ask_to_expedite_may_be_refused_and_a_letter_is_owed(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    assert "do/refuse-expedite" not in noor.get(f"/case/{case.tracking}").text
    by_the_practice(here, case, Expedite(here.now, "I cannot wait"))
    assert "72 hours, expedited" in noor.get(f"/case/{case.tracking}").text
    assert "Say when the member was told" in refusal(noor, here, case, "refuse-expedite", why="Nothing is endangered.")
    expect_done(noor, here, case, "refuse-expedite", told="2025-11-03T09:00", why="Nothing is endangered.")
    name = "letter on refused expedited ask 1"
    assert name in noor.get(f"/case/{case.tracking}/do/letter").text
    expect_done(noor, here, case, "letter", letter=name)
    assert "do/letter" not in noor.get(f"/case/{case.tracking}").text


def test_a_physicians_statement_is_never_offered_for_refusal(here: Site) -> None:
    case = middle_ear(here)
    by_the_practice(here, case, Expedite(here.now, "waiting endangers her hearing", "Dr. Iyer"))
    assert "do/refuse-expedite" not in here.as_("noor").get(f"/case/{case.tracking}").text


def test_a_case_is_handed_on_released_and_sent_back(here: Site) -> None:
    case, noor, ito = middle_ear(here), here.as_("noor"), here.as_("ito")
    expect_done(noor, here, case, "take")
    assert "You have this case until 10:00." in noor.get(f"/case/{case.tracking}").text
    expect_done(noor, here, case, "release")
    assert "one of the plan" in refusal(noor, here, case, "assign", account="kim")
    expect_done(noor, here, case, "assign", account="olga")
    assert "With Olga Brandt, RN." in noor.get(f"/case/{case.tracking}").text
    expect_done(noor, here, case, "refer", why="I recommend to approve.")
    expect_done(ito, here, case, "send-back", why="Ask for the pathology first.")
    assert state_of(here, case) == "in review"


def test_what_has_no_standing_is_dismissed_with_notice_and_may_be_taken_back(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    ground = "who asked is no proper party to the request"
    assert "Choose the ground" in refusal(noor, here, case, "dismiss", why="x", notice="y")
    assert "what the notice says" in refusal(noor, here, case, "dismiss", ground=ground, why="Not their patient.")
    expect_done(
        noor, here, case, "dismiss", ground=ground, why="Not their patient.", notice="You may ask us to look again."
    )
    assert state_of(here, case) == "dismissed"
    expect_done(noor, here, case, "vacate", why="They are the proxy after all.")
    assert state_of(here, case) == "in review"


def test_a_denial_is_reopened_by_a_physician(here: Site) -> None:
    case, ito = palliative(here), here.as_("ito")
    expect_done(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
    ito.get(f"/case/{case.tracking}")
    expect_done(ito, here, case, "deny", reason=REASON, **RESTS_ON)
    assert "do/reopen-denial" not in here.as_("noor").get(f"/case/{case.tracking}").text
    expect_done(ito, here, case, "reopen-denial", why="The dose plan came.")
    assert state_of(here, case) == "with the physician"


def test_where_nothing_is_required_it_is_answered_so(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    assert "say why" in refusal(noor, here, case, "not-required").lower()
    expect_done(noor, here, case, "not-required", reason="The course began before the requirement did.")
    assert state_of(here, case) == "not required"


def asked_for_more(here: Site) -> Case:
    """An approved course of 35 sessions for which 40 are wanted."""
    case = sent(here)
    line = now_of(here, case).request.authorizations[0].line
    by_the_practice(here, case, AskChange(1, replace(line, units=40), "The plan was changed after a new scan."))
    return now_of(here, case)


def test_a_change_that_was_asked_for_is_certified_under_the_same_number(here: Site) -> None:
    case, noor = asked_for_more(here), here.as_("noor")
    page = noor.get(f"/case/{case.tracking}").text
    assert "A change is asked for:" in page
    form = noor.get(f"/case/{case.tracking}/do/amend?line=1").text
    assert 'name="units-1" type="text" value="40"' in form
    codes = sorted(case.request.authorizations[0].line.codes)
    more = {"line": "1", "codes-1": codes, "units-1": "40", "start-1": "2025-11-03", "why": "The scan shows why."}
    expect_done(noor, here, case, "amend", **more)
    [amended] = now_of(here, case).request.authorizations
    assert (amended.line.units, amended.state) == (40, AuthorizationState.AMENDED)
    assert now_of(here, case).authorization(1) == case.authorization(1)


def test_a_nurse_cannot_amend_to_less_nor_refuse_a_change(here: Site) -> None:
    case, noor = asked_for_more(here), here.as_("noor")
    codes = sorted(case.request.authorizations[0].line.codes)
    less = {"line": "1", "codes-1": codes, "units-1": "20", "start-1": "2025-11-03", "why": "Enough."}
    assert "which a physician decides" in refusal(noor, here, case, "amend", **less)
    assert "Choose at least one code" in refusal(noor, here, case, "amend", **{**less, "codes-1": []})
    assert "do/refuse-change" not in noor.get(f"/case/{case.tracking}").text
    assert "may not refuse change" in refusal(
        noor, here, case, "refuse-change", line="1", reason=REASON, notice=NOTICE, **RESTS_ON
    )


def test_a_physician_refuses_a_change_with_a_reason_and_what_stands_stays(here: Site) -> None:
    case, ito = asked_for_more(here), here.as_("ito")
    ito.get(f"/case/{case.tracking}")
    expect_done(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
    preview = do(ito, here, case, "refuse-change", line="1", reason=REASON, notice=NOTICE, step="preview", **RESTS_ON)
    assert "What the member will read" in preview.text
    expect_done(ito, here, case, "refuse-change", line="1", reason=REASON, notice=NOTICE, **RESTS_ON)
    [standing] = now_of(here, case).request.authorizations
    assert (standing.wanted, standing.line.units) == (None, 35)


def reopened(here: Site, ito: Browser) -> Case:
    case = sent(here)
    ito.get(f"/case/{case.tracking}")
    assert "Choose the good cause" in refusal(ito, here, case, "reopen", line="1", why="x")
    cause = "the evidence that was considered shows an obvious error on its face"
    expect_done(ito, here, case, "reopen", line="1", cause=cause, why="The note is another member's.")
    expect_done(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
    return now_of(here, case)


def test_what_was_reopened_may_be_confirmed(here: Site) -> None:
    ito = here.as_("ito")
    case = reopened(here, ito)
    expect_done(ito, here, case, "confirm", line="1", why="The note is hers after all.")
    assert now_of(here, case).request.authorizations[0].state is AuthorizationState.ACTIVE


def test_what_was_reopened_may_be_reduced_from_a_day_that_has_not_passed(here: Site) -> None:
    ito = here.as_("ito")
    case = reopened(here, ito)
    codes = sorted(case.request.authorizations[0].line.codes)
    less = {
        "line": "1",
        "codes-1": codes,
        "units-1": "20",
        "start-1": "2025-11-03",
        "reason": REASON,
        "notice": NOTICE,
        **RESTS_ON,
    }
    assert "Say until when it stays as it is" in refusal(ito, here, case, "reduce", **less)
    assert (
        "nothing is taken away for days that have passed"
        in refusal(ito, here, case, "reduce", last="2025-11-01", **less).lower()
    )
    expect_done(ito, here, case, "reduce", last="2025-11-10", **less)
    assert now_of(here, case).request.authorizations[0].line.units == 20


def test_what_was_reopened_may_be_ended_early(here: Site) -> None:
    ito = here.as_("ito")
    case = reopened(here, ito)
    assert "is not a day" in refusal(
        ito, here, case, "end-early", line="1", last="soon", reason=REASON, notice=NOTICE, **RESTS_ON
    )
    assert "the right to appeal" in refusal(
        ito, here, case, "end-early", line="1", last="2025-11-10", reason=REASON, **RESTS_ON
    )
    expect_done(ito, here, case, "end-early", line="1", last="2025-11-10", reason=REASON, notice=NOTICE, **RESTS_ON)
    page = ito.get(f"/case/{case.tracking}").text
    assert "Ended 10 Nov 2025." in page


def test_an_act_on_no_authorization_is_not_found(here: Site) -> None:
    case, ito = sent(here), here.as_("ito")
    assert ito.get(f"/case/{case.tracking}/do/amend?line=7").status_code == 404
    assert ito.get(f"/case/{case.tracking}/do/amend").status_code == 404


FIELDS = ("seen", "line", "of", "truth", "why", "reason", "last", "units-1", "time-1", "cite")
ACTS = ("judge", "deny", "offer-call", "approve-partly", "end-early")


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["", "9" * 30, "²", "\x00", "a' OR 1=1 --", "10000-01-01", "0001-01-01T00:00"])
def test_nothing_that_is_typed_is_a_fault_of_ours(here: Site, typed: str) -> None:
    case, ito = palliative(here), here.as_("ito")
    for place, field in enumerate(FIELDS):
        act = ACTS[place % len(ACTS)]
        answer = do(ito, here, case, act, **{"line": "1", "of": "clause 1.a", field: typed})
        assert answer.status_code in (303, 404, 409, 422), (act, field)


def test_an_expired_lock_is_nobodys(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    expect_done(noor, here, case, "take")
    here.later(timedelta(minutes=20))
    expect_done(here.as_("olga"), here, case, "note", why="I looked, too.")
    here.later(timedelta(minutes=41))
    assert "With Noor Haddad, RN." in here.as_("olga").get(f"/case/{case.tracking}").text


def of_a_delegate(here: Site, group: str | None = "apn-ct") -> Case:
    """A case that only a reviewer can settle, of a member of a primary care group (None: the roster tells none)."""
    found = find_member(here.record.database, "M1", date(1956, 2, 1))
    assert found
    source = RosterFile("members.csv", "0" * 64, ())
    load_members(here.record.database, source, [replace(found, group=group)], "rosa", here.now)
    return middle_ear(here)


HOW = "By fax to their utilization desk, 5 pages"


def test_a_delegates_request_is_passed_on_with_its_clock_running(here: Site) -> None:
    case, noor = of_a_delegate(here), here.as_("noor")
    assert "Pass on to APN-CT" in noor.get("/worklist").text
    due = case.request.clock
    form = noor.get(f"/case/{case.tracking}/do/forward").text
    assert 'value="APN-CT" checked' in form
    assert "by 4 Nov 2025, 00:00" in form
    assert "say how it was passed on" in refusal(noor, here, case, "forward", to="APN-CT").lower()
    assert "decides for no member of the plan" in refusal(noor, here, case, "forward", to="APN", how=HOW)
    assert "Say to whom it was passed on" in refusal(noor, here, case, "forward", how=HOW)
    expect_done(noor, here, case, "forward", to="APN-CT", how=HOW)
    page = noor.get(f"/case/{case.tracking}").text
    for words in ("With APN-CT, who decides for this member.", "APN-CT has it; the clock runs on", "to APN-CT", HOW):
        assert words.replace("'", "&#39;") in page
    assert now_of(here, case).request.clock == due
    assert state_of(here, case) == "with a delegate"


def test_what_lies_with_a_delegate_stands_apart_in_the_worklist_and_comes_back(here: Site) -> None:
    case, noor = of_a_delegate(here), here.as_("noor")
    expect_done(noor, here, case, "forward", to="APN-CT", how=HOW)
    for tab, is_there in (("review", False), ("delegate", True)):
        assert (case.tracking in noor.get(f"/worklist?tab={tab}").text) is is_there
    [line] = noor.get("/worklist.json?tab=delegate").json()
    assert (line["state"], line["why"], line["with"]) == ("with a delegate", "With APN-CT", "APN-CT")
    expect_done(noor, here, case, "take-back", why="They do not decide for her any more.")
    assert case.tracking in noor.get("/worklist").text
    assert state_of(here, case) == "in review"


@pytest.mark.parametrize(("group", "words"), [("elsewhere", "The plan."), (None, "cannot be told")])
def test_nothing_is_to_be_passed_on_where_the_plan_decides(here: Site, group: str | None, words: str) -> None:
    case, noor = of_a_delegate(here, group), here.as_("noor")
    assert "Pass on to" not in noor.get("/worklist").text
    assert words in noor.get(f"/case/{case.tracking}").text


def test_the_practice_sees_who_has_it_and_only_intake_passes_it_on_there(here: Site) -> None:
    case, kim, paz = of_a_delegate(here), here.as_("kim"), here.as_("paz")
    path = f"/request/{case.tracking}"
    sent_form = {"seen": str(case.request.number), "to": "APN-CT", "how": HOW}
    assert "Another decides for this member" not in kim.get(path).text
    assert "may not forward" in kim.post(f"{path}/forward", sent_form).text
    assert "Another decides for this member" in paz.get(path).text
    assert paz.post(f"{path}/forward", sent_form).status_code == 303
    page = kim.get(path).text
    for words in ("With APN-CT, who decides for this member", "passed it on to APN-CT", HOW, "Add information"):
        assert words in page
