"""Every letter for both readers, made from requests that went through the desk's real acts."""

from dataclasses import replace
from importlib.resources import files

import pytest
from jinja2 import UndefinedError
from tests.desk.people import NURSE
from tests.letters.reading import whole_text
from tests.letters.stories import (
    APPROVE,
    GRANTED,
    MEMBER,
    OFFERED,
    PLAN,
    REASON,
    STORIES,
    TO_REVIEW,
    day_of_letter,
    denied,
    denied_for,
    denied_under_an_old_edition,
    one_of_two,
    sources,
    sources_of,
    told,
)

from isodose.desk.authorization_acts import Amend
from isodose.desk.recorded import DECISIONS
from isodose.desk.transitions import ADVERSE
from isodose.letters.kind import TOLD, Kind, Reader
from isodose.letters.letter import letter_from, readers
from isodose.letters.plan import EVERY_LETTER, Plan
from isodose.letters.render import html_of
from isodose.letters.sources import Sources
from isodose.letters.words import in_words

BOTH = [(story, reader) for story in STORIES for reader in Reader]

SAYS = {
    ("received", Reader.MEMBER): ["You will have our answer by November 3, 2025", "TRACK-0001-2345-9", "not an approval"],
    ("received", Reader.PROVIDER): ["due by November 3, 2025", "TRACK-0001-2345-9", "77385", "authorizes nothing"],
    ("expedited", Reader.MEMBER): ["It is a fast one", "by 11:00 a.m. on October 23, 2025"],
    ("expedited", Reader.PROVIDER): ["is expedited; it authorizes nothing", "by 11:00 a.m. on October 23, 2025"],
    ("information-needed", Reader.MEMBER): ["The time to decide goes on", "Reason for IMRT", "consultation note or treatment plan"],
    ("information-needed", Reader.PROVIDER): [
        "The clock runs",
        "What is the intent of this course of radiation?",
        "Please send the page that is missing from the fax.",
        "Criterion 1 (Definitive treatment)",
        "What would satisfy it: radiation oncology consultation note or treatment plan.",
    ],
    ("returned", Reader.MEMBER): ["This is not a denial", "goes on"],
    ("returned", Reader.PROVIDER): ["use 77407 or 77412", "no judgement of medical necessity", "its clock runs"],
    ("approved", Reader.MEMBER): ["AUTH-0001-2345-01-2", "35 sessions", "November 3, 2025 to January 16, 2026"],
    ("approved", Reader.PROVIDER): [
        "AUTH00012345012",
        "77385, 77386, G6015, G6016 from November 3, 2025 to December 31, 2025",
        "77407, 77412 from January 1, 2026 to January 16, 2026",
        "35 sessions",
        "1234567893",
        "What your claim must say",
    ],
    ("partly-approved", Reader.MEMBER): ["35 sessions 28 sessions", "AUTH-0001-2345-01-2", REASON, "December 24, 2025"],
    ("partly-approved", Reader.PROVIDER): ["35 sessions 28 sessions", "AUTH00012345012", REASON, "peer-to-peer"],
    ("denied", Reader.MEMBER): [
        "Intensity-modulated radiation therapy (IMRT)",
        REASON,
        "Criterion 1 (Definitive treatment)",
        "within 65 days",
        "December 24, 2025",
        "Standard appeal",
        "Fast appeal",
        "Within 72 hours",
        "PO Box 100",
        "1-800-555-0102",
        "Someone can act for you",
        "Medicare : 1-800-633-4227",
        "CHOICES : 1-800-994-9422",
    ],
    ("denied", Reader.PROVIDER): [
        REASON,
        "Criterion 1 (Definitive treatment) is not met: no documented reason calls for IMRT",
        "The Plan considers intensity-modulated radiation therapy",
        "11:00 a.m. on October 21, 2025",
        "1-800-555-0104",
        "license MD-1 (CT)",
        "65 calendar days",
    ],
    ("not-required", Reader.MEMBER): ["does not need our approval"],
    ("not-required", Reader.PROVIDER): ["No prior authorization is needed", "the procedure code 77387 is one of them."],
    ("extension", Reader.MEMBER): ["November 13, 2025", "no contract with us", "right to file a grievance"],
    ("extension", Reader.PROVIDER): ["by 10 days", "Evidence of a provider without a contract", "November 13, 2025"],
    ("expedite-refused", Reader.MEMBER): ["On October 20, 2025 we told you", "72 hours", "right to file a grievance"],
    ("expedite-refused", Reader.PROVIDER): ["a physician’s statement is never refused", "November 3, 2025"],
    ("withdrawn", Reader.MEMBER): ["She will be treated in Boston.", "ask again at any time"],
    ("withdrawn", Reader.PROVIDER): ["nothing is authorized"],
    ("dismissed", Reader.MEMBER): ["may not ask for you", "within six months", "65 days"],
    ("dismissed", Reader.PROVIDER): ["Who asked is no proper party", "vacate the dismissal"],
    ("denied-for", Reader.MEMBER): ["rests on these parts of it: Criterion 1 (Definitive treatment) is not met.", REASON, "65 days"],
    ("denied-for", Reader.PROVIDER): [
        "The criteria that the decision rests on",
        "Criterion 1 (Definitive treatment) is not met: no documented reason calls for IMRT",
        "The Plan considers intensity-modulated radiation therapy",
        REASON,
    ],
    ("open-again", Reader.MEMBER): ["as if we had never closed it", "by November 3, 2025", "TRACK-0001-2345-9"],
    ("open-again", Reader.PROVIDER): ["as if it had not been dismissed", "with another request", "due by November 3, 2025"],
    ("denial-reopened", Reader.MEMBER): ["On October 20, 2025 we denied", "our denial stands", "65 days after the date"],
    ("denial-reopened", Reader.PROVIDER): ["The denial of October 20, 2025", "the planning comparison", "no more time for an appeal"],
    ("approval-reopened", Reader.MEMBER): [
        "Nothing changes for now: your care stays approved until we decide.",
        "35 sessions",
        "stays the same: AUTH-0001-2345-01-2",
        "We did not have them when we approved it.",
        "fewer sessions may be enough",
        "You can go on with this care",
        "how you can appeal",
    ],
    ("approval-reopened", Reader.PROVIDER): [
        "422.138(c)",
        "It stays in force as it is",
        "New and material evidence that was not to be had when it was decided.",
        "fewer sessions may be enough",
        "AUTH00012345012",
        "35 sessions",
    ],
    ("overdue", Reader.MEMBER): [
        "our answer by November 3, 2025",
        "We have not said no",
        "you can appeal now",
        "Within 72 hours",
        "January 8, 2026",
    ],
    ("overdue", Reader.PROVIDER): ["was due by November 3, 2025", "Nothing is denied", "422.568(f)", "January 8, 2026"],
    ("confirmed", Reader.MEMBER): ["Nothing changes", "AUTH-0001-2345-01-2", "35 sessions"],
    ("confirmed", Reader.PROVIDER): ["It is confirmed", "shows the same need", "AUTH00012345012"],
    ("cancelled", Reader.MEMBER): ["ends on November 14, 2025", "near her daughter", "We did not decide this"],
    ("cancelled", Reader.PROVIDER): ["Its last day is November 14, 2025", "AUTH00012345012", "to November 14, 2025"],
    ("amended", Reader.MEMBER): ["as you or your doctor asked", "35 sessions 37 sessions", "stays the same: AUTH-0001-2345-01-2"],
    ("amended", Reader.PROVIDER): ["35 sessions 37 sessions", "Two sessions are added.", "AUTH00012345012"],
    ("change-refused", Reader.MEMBER): ["60 sessions 35 sessions", REASON, "65 days"],
    ("change-refused", Reader.PROVIDER): ["60 sessions 35 sessions", REASON, "AUTH00012345012"],
    ("reduced", Reader.MEMBER): ["35 sessions 30 sessions", "up to and with November 28, 2025", REASON, "65 days"],
    ("reduced", Reader.PROVIDER): ["35 sessions 30 sessions", "Until November 28, 2025", REASON],
    ("ended-early", Reader.MEMBER): ["Before After November 28, 2025", "35 sessions Ended", "up to and with November 28, 2025", REASON, "65 days"],
    ("ended-early", Reader.PROVIDER): ["Before After November 28, 2025", "35 sessions ended", "Until November 28, 2025", REASON],
}  # fmt: skip


def html(of: Sources, reader: Reader) -> str:
    return html_of(letter_from(reader, of, day_of_letter(of)))


def text(of: Sources, reader: Reader) -> str:
    return whole_text(html(of, reader))


@pytest.mark.parametrize(("story", "reader"), BOTH)
def test_each_letter_says_what_it_must(story: str, reader: Reader) -> None:
    of = sources(story)
    read = text(of, reader)
    for words in (
        of.told.titles[reader],
        in_words(day_of_letter(of)),
        "TRACK-0001-2345-9",
        "Maria Gomez",
        *SAYS[story, reader],
    ):
        assert words in read
    for leftover in ("{", "}", "None", "Undefined", "()"):
        assert leftover not in read


def test_every_act_that_a_letter_tells_of_has_a_story_and_every_kind_its_templates() -> None:
    assert {sources(story).told.do for story in STORIES} == {one.do for one in TOLD}
    assert {one.do for one in TOLD} >= DECISIONS | ADVERSE
    templates = {file.name for file in files("isodose.letters").joinpath("templates").iterdir()}
    shared = {"letter.html", "parts.html", "member.html", "provider.html"}
    assert templates - {"1", "2"} == shared | {f"{reader}-{kind}.html" for reader in Reader for kind in Kind}


def test_another_reason_is_another_letter() -> None:
    other = "The tumor can be treated as well with the usual kind of radiation."
    for reader in Reader:
        before, after = html(sources("denied"), reader), html(sources_of(denied(other)), reader)
        assert before.replace(REASON, other) == after != before


def test_another_finding_is_another_reason_under_the_guideline() -> None:
    read = text(sources_of(denied(treatment_intent="palliative")), Reader.PROVIDER)
    assert "treatment is palliative" in read
    assert "treatment is palliative" not in text(sources("denied"), Reader.PROVIDER)


def test_another_finding_of_a_clause_that_a_denial_rests_on_is_another_reason() -> None:
    limited = {"concurrent_proton_therapy": True, "dose_escalation_concern": True}
    for reader, words in (
        (Reader.MEMBER, "Limitation “Concurrent proton therapy” applies."),
        (Reader.PROVIDER, "Limitation “Concurrent proton therapy” applies: IMRT and proton therapy are planned"),
    ):
        applies = text(sources_of(denied_for("limitations", **limited)), reader)
        assert words in applies
        assert "Definitive treatment" not in applies, "what the decision does not rest on is left out"
        assert words not in text(sources_of(denied_for("limitations")), reader)
        assert words not in text(sources("denied-for"), reader)


def test_where_the_criteria_are_not_held_the_practice_is_told_so() -> None:
    read = text(sources_of(denied_under_an_old_edition()), Reader.PROVIDER)
    assert "in effect since January 1, 2025 The wording of this edition's criteria is not held" in read


def test_an_amendment_that_nobody_asked_for_does_not_say_so() -> None:
    more = told(*TO_REVIEW, (APPROVE, NURSE), (Amend(1, replace(GRANTED, units=40), "A boost is common."), NURSE))
    assert "We changed your approval. The care is" in text(sources_of(more), Reader.MEMBER)


def test_lines_are_compared_each_with_its_own() -> None:
    of = sources_of(one_of_two())
    assert "Line 2 Asked for Certified Codes G6015 denied" in text(of, Reader.PROVIDER)
    read = text(of, Reader.MEMBER)
    assert read.count("Denied") == 2
    assert "Care 1 What was asked for" in read
    assert "Care 2 What was asked for" in read


def test_a_placeholder_that_nothing_fills_is_an_error() -> None:
    form = replace(PLAN, forms={"member/denied": "<p>{{ letter.content.refusal.reson }}</p>"})
    with pytest.raises(UndefinedError, match="reson"):
        html(sources_of(denied(), form), Reader.MEMBER)


def test_the_plans_own_form_takes_the_place_of_the_body_and_of_nothing_else() -> None:
    form = replace(PLAN, forms={"member/denied": "<h2>Form CMS-10003</h2><p>{{ letter.content.refusal.reason }}</p>"})
    read = text(sources_of(denied(), form), Reader.MEMBER)
    assert "Form CMS-10003" in read
    assert REASON in read
    assert "48 Orchard Road" in read
    assert "How to ask" not in read
    assert text(sources_of(denied(), form), Reader.PROVIDER) == text(sources("denied"), Reader.PROVIDER)


def test_what_the_plan_adds_stands_in_the_letters_that_it_names() -> None:
    plan = replace(PLAN, additional={EVERY_LETTER: ("Discrimination is against the law.",), "denied": ("Only here.",)})
    assert "Only here. Discrimination is against the law." in text(sources_of(denied(), plan), Reader.MEMBER)
    received = text(sources_of(STORIES["received"](), plan), Reader.MEMBER)
    assert "Discrimination is against the law." in received
    assert "Only here." not in received


def test_what_people_write_is_text_and_never_markup() -> None:
    reason = "Your doctor’s notes say <b>nothing</b> of this & that, {{ letter.plan.fax }}."
    page = html(sources_of(denied(reason)), Reader.MEMBER)
    assert "&lt;b&gt;nothing&lt;/b&gt; of this &amp; that, {{ letter.plan.fax }}." in page


def test_who_has_no_practice_and_no_name_is_written_to_all_the_same() -> None:
    of = replace(sources_of(STORIES["received"](), practice=None), member=replace(MEMBER, name=None))
    assert readers(of) == (Reader.MEMBER,)
    assert "Dear Member M1:" in text(of, Reader.MEMBER)
    with pytest.raises(ValueError, match="no provider to write to"):
        html(of, Reader.PROVIDER)


def test_no_letter_tells_of_what_nobody_is_told() -> None:
    with pytest.raises(ValueError, match="no letter tells of `call-offered`"):
        sources_of(told(*TO_REVIEW, OFFERED))
    with pytest.raises(ValueError, match="no letter tells of `nothing`"):
        sources_of(())


def test_a_plan_without_words_of_its_own_for_a_service_uses_the_guidelines_title() -> None:
    plan: Plan = replace(PLAN, services={})
    assert "Intensity-Modulated Radiation Therapy (IMRT)" in text(sources_of(denied(), plan), Reader.MEMBER)
