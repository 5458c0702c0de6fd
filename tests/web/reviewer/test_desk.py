"""The desk: a nurse settles a diagnosis and approves, asks, or sends on; a physician denies with a reason of their own."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from tests.letters.stories import PLAN
from tests.web.reviewer.cases import do, middle_ear, now_of, palliative, sent, state_of
from tests.web.site import Site

from isodose.desk.acts import Take
from isodose.desk.role import By, Role
from isodose.letters.kind import Reader
from isodose.letters.render import sheet_of

REASON = "The planning note gives no reason why a 3D conformal plan would not spare the rectum."
RESTS_ON = {"rests-on": ["1", "2", "3"]}
NOOR = By("noor", Role.NURSE)


def test_the_case_stands_beside_the_guidelines_own_words(here: Site) -> None:
    case = middle_ear(here)
    page = here.as_("noor").get(f"/case/{case.tracking}").text
    assert "R. Alvarez" in page
    assert "Head and Neck Cancers in the following locations including but not limited to" in page
    assert "C30.1 (Malignant neoplasm of middle ear" in page
    assert "Asking does not stop the clock." in page
    assert "The plan; whether APN-CT decides for this member cannot be told, since the roster has no" in page
    assert '<span class="asked">Reason for IMRT:</span>' in page
    assert (
        "<b>A diagnosis is a distant metastasis</b>"
        in here.as_("noor").get(f"/case/{case.tracking}/do/judge?of=leaf+diagnosis+in+distant-metastasis&line=1").text
    )
    assert 'alt="consult.pdf, page 1, as a picture"' in page


def test_what_a_judgement_leads_to_is_said_before_the_click(here: Site) -> None:
    case = middle_ear(here)
    page = here.as_("noor").get(f"/case/{case.tracking}").text
    assert "Approved under 1 and 1.a" in page
    assert "No criterion can be met: goes to a physician" in page


def test_a_nurse_settles_a_diagnosis_and_approves(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    why = {"of": "clause 1.a", "line": "1", "why": "Head and neck by anatomy; the list is open."}
    answer = do(noor, here, case, "judge", truth="met", **why)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/case/{case.tracking}?done=judge")
    page = noor.get(f"/case/{case.tracking}?done=judge").text
    assert "The judgement is recorded." in page
    assert "Found by noor on 2025-11-03: Head and neck by anatomy; the list is open." in page
    form = noor.get(f"/case/{case.tracking}/do/approve").text
    assert "Met: 1 and 1.a." in form
    assert "77385, 77386, 77407, 77412, G6015, G6016" in form
    assert do(noor, here, case, "approve", reason="Met: 1 and 1.a.").status_code == 303
    assert state_of(here, case) == "approved"
    assert "AUTH-" in noor.get(f"/case/{case.tracking}").text


def test_what_is_unknown_is_drafted_as_questions_each_with_its_clause(here: Site) -> None:
    case, noor = sent(here, treatment_intent="palliative", previously_irradiated=None), here.as_("noor")
    page = noor.get(f"/case/{case.tracking}/do/ask").text
    assert "Was the tissue to be treated, or a critical structure beside it, irradiated before? (2)" in page
    assert "Asking never stops the clock" in page
    question = "Was the tissue to be treated, or a critical structure beside it, irradiated before?"
    do(noor, here, case, "ask", question=[question], more="Where was the first course given?\n\nAnd when?")
    asked = now_of(here, case).request.questions
    assert asked == (question, "Where was the first course given?", "And when?")


def test_an_empty_question_is_refused_and_the_form_is_there_again(here: Site) -> None:
    case, noor = palliative(here), here.as_("noor")
    answer = do(noor, here, case, "ask", more=" ")
    assert answer.status_code == 422
    assert "Say what is asked" in answer.text
    assert 'id="panel"' in answer.text


def test_a_fact_that_a_document_contradicts_is_disputed(here: Site) -> None:
    case, noor = sent(here, treatment_intent="palliative"), here.as_("noor")
    assert do(noor, here, case, "dispute", fact="treatment_intent", why="The note says curative.").status_code == 303
    page = noor.get(f"/case/{case.tracking}").text
    assert "`treatment_intent` counts as unknown: noor disputes it" in page


def test_a_nurse_is_not_offered_what_only_a_physician_does_and_is_refused_it(here: Site) -> None:
    case, noor = palliative(here), here.as_("noor")
    assert "/do/deny" not in noor.get(f"/case/{case.tracking}").text
    answer = do(noor, here, case, "deny", reason=REASON)
    assert answer.status_code == 422
    assert "a nurse may not deny; physician may" in answer.text
    assert do(noor, here, case, "refer", why="No criterion is met on the note.").status_code == 303
    assert state_of(here, case) == "with the physician"


def test_a_physician_denies_with_a_reason_of_their_own_after_a_call_was_offered(here: Site) -> None:
    case, ito = palliative(here), here.as_("ito")
    form = ito.get(f"/case/{case.tracking}/do/deny").text
    assert "A peer-to-peer conversation is offered, with times, before an adverse decision" in form
    assert do(ito, here, case, "deny", reason=REASON, **RESTS_ON).status_code == 422
    assert do(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"}).status_code == 303
    preview = do(ito, here, case, "deny", reason=REASON, step="preview", **RESTS_ON)
    assert preview.status_code == 200
    assert "What the member will read" in preview.text
    assert "the plan has not said its names and addresses" in preview.text
    assert state_of(here, case) == "in review"
    assert do(ito, here, case, "deny", reason=REASON, **RESTS_ON).status_code == 303
    assert state_of(here, case) == "denied"


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_physician_sees_the_letters_as_they_go_out(here: Site) -> None:
    """The letters that are written once it is done have the very words of those that were shown."""
    here.plan = PLAN
    case, ito = palliative(here), here.as_("ito")
    do(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
    ito.get(f"/case/{case.tracking}")
    shown = do(ito, here, case, "deny", reason=REASON, step="preview", **RESTS_ON).text
    assert "The letter as it would go out today" in shown
    assert do(ito, here, case, "deny", reason=REASON, **RESTS_ON).status_code == 303
    written = here.services.letters
    assert written
    denied = now_of(here, case)
    letters = written.writer.preview(replace(denied, history=denied.history[:-1]), denied.history[-1].event)
    assert {reader: sheet_of(html, 3) in shown for reader, html in letters.items()} == dict.fromkeys(Reader, True)
    assert "Criterion 1 (Definitive treatment) is not met." in words(letters[Reader.MEMBER])
    assert "within 65 days" in words(shown)


def test_a_denial_names_the_clauses_that_it_rests_on(here: Site) -> None:
    case, ito = palliative(here), here.as_("ito")
    do(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
    form = ito.get(f"/case/{case.tracking}/do/deny").text
    assert re.search(r'value="1" checked> <span>Criterion 1 \(Definitive treatment\) is not met<', form)
    assert re.search(r'value="limitations"> <span>Limitation “Concurrent proton therapy” does not apply<', form)
    none = do(ito, here, case, "deny", reason=REASON)
    assert none.status_code == 422
    assert "Tick the clauses that the decision rests on" in none.text
    assert do(ito, here, case, "deny", reason=REASON, **{"rests-on": ["2", "1", "9"]}).status_code == 303
    assert now_of(here, case).history[-1].event.facts["clauses"] == ["1", "2"]
    for who, page in (("noor", "case"), ("kim", "request")):
        assert "rests on 1 and 2" in here.as_(who).get(f"/{page}/{case.tracking}").text


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Say the reason in words that the member can follow"),
        (
            "Re-irradiation using IMRT is considered medically necessary to limit dose and minimize toxicity",
            "That is the guideline&#39;s own text",
        ),
    ],
)
def test_an_empty_reason_or_the_clauses_own_text_is_no_reason(here: Site, reason: str, said: str) -> None:
    case, ito = palliative(here), here.as_("ito")
    do(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
    for step in ("preview", ""):
        answer = do(ito, here, case, "deny", reason=reason, step=step, **RESTS_ON)
        assert answer.status_code == 422
        assert said.lower() in answer.text.lower()
    assert state_of(here, case) == "in review"


def test_no_denial_before_every_document_was_opened(here: Site) -> None:
    from tests.web.reviewer.cases import LETTER, note

    case, ito = sent(here, documents=(note(), LETTER), treatment_intent="palliative"), here.as_("ito")
    do(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
    form = ito.get(f"/case/{case.tracking}/do/deny").text
    assert "1 of the case&#39;s documents have not been opened" in form
    ito.get(f"/case/{case.tracking}?doc=2")
    assert "have not been opened" not in ito.get(f"/case/{case.tracking}/do/deny").text


def test_less_than_was_asked_is_shown_and_signed(here: Site) -> None:
    case, ito = palliative(here), here.as_("ito")
    do(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
    less: dict[str, str | list[str]] = {
        "codes-1": ["77385"],
        "units-1": "10",
        "start-1": "2025-11-03",
        "end-1": "",
        "reason": REASON,
        **RESTS_ON,
    }
    here.plan = PLAN
    ito = here.as_("ito")
    preview = do(ito, here, case, "approve-partly", step="preview", **less)
    assert "10 sessions" in preview.text
    assert do(ito, here, case, "approve-partly", **less).status_code == 303
    [granted] = now_of(here, case).request.authorizations
    assert granted.line.units == 10


def test_all_that_was_asked_is_no_partial_approval(here: Site) -> None:
    case, ito = palliative(here), here.as_("ito")
    do(ito, here, case, "offer-call", **{"time-1": "2025-11-04T10:00"})
    all_of_it: dict[str, str | list[str]] = {
        "codes-1": ["77385", "77386"],
        "units-1": "35",
        "start-1": "2025-11-03",
        "reason": REASON,
    }
    answer = do(ito, here, case, "approve-partly", **all_of_it)
    assert answer.status_code == 422
    assert "it is denied, or approved" in answer.text


def test_a_stale_page_says_what_came_and_keeps_what_was_typed(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    do(here.as_("olga"), here, case, "note", why="The surgeon called.")
    stale = {"seen": str(case.request.number), "reason": "Met on the note, page 2."}
    answer = noor.post(f"/case/{case.tracking}/do/approve", stale)
    assert answer.status_code == 409
    assert "Something came while you were at it, so nothing was done." in answer.text
    assert "The surgeon called." in answer.text
    assert "Met on the note, page 2." in answer.text
    assert state_of(here, case) == "in review"
    assert f'name="seen" value="{case.request.number + 1}"' in answer.text


def test_a_case_that_somebody_has_taken_is_not_decided_by_another_until_the_lock_ends(here: Site) -> None:
    case, olga = middle_ear(here), here.as_("olga")
    here.services.office.act(case, Take(here.now + timedelta(minutes=30)), NOOR, here.now)
    page = olga.get(f"/case/{case.tracking}").text
    assert "Noor Haddad, RN has this case until 09:30." in page
    assert "Approve: Noor Haddad, RN has taken the case." in page
    refused = do(olga, here, case, "approve", reason="It is met.")
    assert refused.status_code == 422
    assert "Noor has taken the case" in refused.text
    here.later(timedelta(minutes=31))
    assert do(here.as_("olga"), here, case, "approve", reason="It is met.").status_code == 303


def test_a_recorded_notice_ends_the_clock(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    do(noor, here, case, "approve", reason="It is met.")
    assert "The clock ends with the notice to the member." in noor.get(f"/case/{case.tracking}").text
    assert do(noor, here, case, "notify", way="").status_code == 422
    assert do(noor, here, case, "notify", way="written").status_code == 303
    assert "The member was told 3 Nov 2025, 09:00." in noor.get(f"/case/{case.tracking}").text


def test_the_members_earlier_requests_are_linked_and_can_be_cited(here: Site) -> None:
    first, noor = sent(here), here.as_("noor")
    case = sent(here, treatment_intent="palliative", previously_irradiated=None)
    page = noor.get(f"/case/{case.tracking}").text
    assert f'<a href="/case/{first.tracking}">{first.tracking}</a>' in page
    path = f"/case/{case.tracking}/do/judge?of=leaf+previously_irradiated&line=1"
    cited = (
        f"Earlier request {first.tracking}: approved, 77385, 77386, 77407, 77412, G6015, G6016 × 35 from 3 Nov 2025."
    )
    assert cited in noor.get(path).text
    judged = {
        "of": "leaf previously_irradiated",
        "line": "1",
        "truth": "met",
        "why": "Irradiated before.",
        "cite": cited,
    }
    assert do(noor, here, case, "judge", **judged).status_code == 303
    assert "Approved under 2" in noor.get(f"/case/{case.tracking}").text


def test_every_form_of_the_desk_can_be_looked_at(here: Site) -> None:
    from isodose.web.reviewer.acts.table import PANELS

    approved, open_ = sent(here), palliative(here)
    ito = here.as_("ito")
    for name in PANELS:
        for case in (approved, open_):
            path = f"/case/{case.tracking}/do/{name}?line=1"
            expected = 404 if case is open_ and name in _OF_AUTHORIZATIONS else 200
            assert ito.get(path).status_code == expected, path


_OF_AUTHORIZATIONS = ("amend", "reduce")


def test_an_act_that_there_is_none_of_is_not_found(here: Site) -> None:
    case = palliative(here)
    assert here.as_("ito").get(f"/case/{case.tracking}/do/shred").status_code == 404
    assert here.as_("ito").get("/case/TRACK-0000-0000-0").status_code == 404


def test_a_practice_does_not_come_to_the_desk(here: Site) -> None:
    case = palliative(here)
    for path in ("", "/do/deny", "/data.json"):
        assert here.as_("kim").get(f"/case/{case.tracking}{path}").status_code == 403


def test_each_leaf_says_what_it_asks_where_what_was_found_does_not(here: Site) -> None:
    case = palliative(here)
    page = here.as_("noor").get(f"/case/{case.tracking}").text
    found = "</span> Treatment is palliative.</span>"
    for asked in ("Treatment is with curative intent", "Treatment aims at lasting local control"):
        assert f'<span class="asked">{asked}:{found}' in page
    assert page.count(found) == 2
    assert '<span class="asked">Concurrent proton therapy:</span> IMRT and proton therapy are not planned' in page


def test_the_timeline_names_what_was_judged_and_disputed_in_words(here: Site) -> None:
    case, noor = sent(here, previously_irradiated=None, treatment_intent="palliative"), here.as_("noor")
    of = {"of": "leaf previously_irradiated", "line": "1", "truth": "not-met", "why": "The history names none."}
    do(noor, here, case, "judge", **of)
    do(noor, here, case, "judge", **{**of, "of": "clause 2"})
    do(noor, here, case, "dispute", fact="treatment_intent", why="The note says curative.")
    data = noor.get(f"/case/{case.tracking}/data.json").json()
    said = [step["said"][0] for step in data["timeline"] if step["what"] in ("Judged", "A stated fact was disputed")]
    assert said == [
        "The tissue or a critical structure was irradiated before: not met",
        "2 Re-irradiation: not met",
        "Treatment intent",
    ]
