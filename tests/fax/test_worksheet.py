"""A worksheet asks what the portal would ask: the same questions in the same order, filled in as far as is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fax.kits import CASE, determined
from tests.terminal.pages import FOLDERS, program

from isodose.compile.conditions.told import inputs_of
from isodose.determination.words import questions
from isodose.fax.fax import Fax
from isodose.fax.kit import kit, kit_paper
from isodose.fax.worksheet import Item, Worksheet, blank_worksheet, worksheet
from isodose.guideline.facts import FactType
from isodose.guideline.outcome import SENT

OPEN = ("member_birth_date", "diagnosis_codes", "technique", "treatment_intent", "dose_escalation_concern", "product")


def items(sheet: Worksheet) -> dict[str, Item]:
    return {item.fact: item for section in sheet.sections for item in section.items}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_blank_one_asks_each_question_of_the_edition_once_with_room_for_each_answer(name: str) -> None:
    guideline = program(name).guideline
    sheet = blank_worksheet(guideline, guideline.editions[-1])
    asked = [item.fact for section in sheet.sections for item in section.items]
    assert len(asked) == len(set(asked))
    assert asked[:2] == ["date_of_service", "procedure_code"]
    for item in items(sheet).values():
        fact = guideline.facts[item.fact]
        assert item.question == fact.question
        assert item.known == ""
        assert not any(box.is_ticked for box in item.boxes)
        offered = {FactType.YES_NO: 2, FactType.CHOICE: len(fact.values) + fact.open}.get(fact.type, 0)
        assert len(item.boxes) == offered + bool(fact.absent)
        assert item.boxes or item.room


@given(st.sets(st.sampled_from(OPEN)))
def test_what_is_open_is_what_the_portal_asks_and_what_is_known_is_filled_in(unknown: set[str]) -> None:
    known: dict[str, object] = {"technique": "vmat", "dose_escalation_concern": True}
    answer = determined(**(known | dict.fromkeys(unknown)))
    assert answer.outcome in SENT
    sheet = items(worksheet(answer, 1))
    facts = answer.guideline.facts
    asked = {name for one in questions(answer) for name in inputs_of(answer.guideline, one.fact)}
    for name, item in sheet.items():
        is_filled_in = bool(item.known) or any(box.is_ticked for box in item.boxes)
        assert is_filled_in == (name in answer.case.facts), name
    assert asked <= set(sheet)
    assert set(sheet) - asked <= {name for name in facts if name in answer.case.facts}


def test_known_answers_stand_in_their_words() -> None:
    sheet = items(worksheet(determined(technique="vmat", dose_escalation_concern=True), 1))
    assert sheet["date_of_service"].known == "2025-11-03"
    assert sheet["diagnosis"].known == "C61"
    assert [box.says for box in sheet["technique"].boxes if box.is_ticked] == ["The technique is VMAT, a form of IMRT"]
    assert [box.says for box in sheet["dose_escalation_concern"].boxes if box.is_ticked] == ["Yes"]
    assert [box.says for box in sheet["product"].boxes][-1] == "Other:"


def test_a_product_of_another_plan_is_no_box_and_is_written_out() -> None:
    guideline = program("imrt").guideline
    determination = program("imrt").determine(CASE | {"product": "elsewhere"})
    assert determination.edition is guideline.editions[-1]
    product = items(worksheet(determination, 1))["product"]
    assert product.known == "elsewhere"
    assert not any(box.is_ticked for box in product.boxes)


def test_each_question_stands_under_the_words_of_the_clause_that_asks_it_first() -> None:
    sheet = worksheet(determined(), 1)
    under = {item.fact: section for section in sheet.sections for item in section.items}
    assert under["procedure_code"].quote == ""
    assert under["treatment_intent"].heading == "Criterion 1 (Definitive treatment)"
    assert under["treatment_intent"].quote.startswith("The Plan considers intensity-modulated radiation therapy")
    assert under["previously_irradiated"].heading == "Criterion 2 (Re-irradiation)"
    assert under["concurrent_proton_therapy"].heading.startswith("Limitation")


def test_what_can_no_longer_matter_is_not_asked() -> None:
    assert "radiation_required" not in items(worksheet(determined(), 1)), "the patient is 70 years old"
    assert "radiation_required" in items(worksheet(determined(member_birth_date=None), 1))


def test_what_a_yes_is_told_with_has_room_unless_the_answer_is_no() -> None:
    asked = {answer: items(worksheet(determined(previously_irradiated=answer), 1)) for answer in (None, True, False)}
    for answer in (None, True):
        more = asked[answer]["previously_irradiated"].more
        assert more
        assert [one.title for one in more.details] == ["Ended", "Site", "Dose"]
    assert asked[False]["previously_irradiated"].more is None
    assert asked[None]["treatment_intent"].more is None


def test_the_page_has_two_lines_for_each_of_them() -> None:
    guideline = program("imrt").guideline
    page = kit_paper(kit(Fax(guideline, guideline.editions[-1])))
    for label in ("Ended", "Dose", "First day", "Target"):
        assert page.count(f"<span>{label}</span>") == 2
    assert page.count('<span class="unit">Gy</span>') == 2
    assert "for each earlier course" in page
