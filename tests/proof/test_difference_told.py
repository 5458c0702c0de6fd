"""A difference in words: sentences of the guideline's own terms, the clause that causes each, and a smallest case."""

from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from tests.proof.revisions import REVISIONS, replaced, revised, with_changes

from isodose.determination.program import Program
from isodose.guideline.content import shipped
from isodose.guideline.load import load_or_raise
from isodose.proof.difference import illness as difference_illness
from isodose.proof.difference.answers import answer_of
from isodose.proof.difference.report import Edited, Report, report
from isodose.proof.difference.told import Told, answer_says

SECOND = Path(__file__).parents[1] / "second_guideline" / "diabetes-screening"


@cache
def imrt() -> Edited:
    guideline = load_or_raise(shipped("imrt"))
    return Edited(guideline, guideline.editions[-1])


def newest(folder: Path) -> Edited:
    guideline = load_or_raise(folder)
    return Edited(guideline, guideline.editions[-1])


def told_of(found: Report) -> list[Told]:
    return [told for group in found.groups for told in group.told]


def sentence(found: Report, before: str, after: str) -> list[str]:
    """All that holds where one answer becomes another, without scope."""
    [(group, told)] = [
        (group, told) for group in found.groups for told in group.told if (told.before, told.after) == (before, after)
    ]
    says = [*group.where, *told.where, *("; ".join(parts) for parts in told.alternatives)]
    return [part for part in says if part not in ("the request is in scope", "prior authorization is required")]


@pytest.mark.slow
@pytest.mark.parametrize("name", list(REVISIONS))
def test_each_example_is_answered_as_it_is_told(name: str, tmp_path: Path) -> None:
    found = report(imrt(), newest(revised(name, tmp_path)))
    old, new = Program(found.difference.old.guideline), Program(found.difference.new.guideline)
    for told in told_of(found):
        answers = [answer_says(answer_of(program.determine(told.row))) for program in (old, new)]
        assert answers == [told.before, told.after]
    assert found.proved.startswith("Nothing else changes. Proved")


def test_an_age_that_moved_is_told_as_the_years_between(tmp_path: Path) -> None:
    found = report(imrt(), newest(revised("age-moved", tmp_path)))
    assert found.units == ("criterion 3 (Pediatric tumors)",)
    assert found.everywhere[:3] == (
        "the request is in scope",
        "prior authorization is required",
        "the age is 21 to 25 years",
    )
    assert sentence(found, "clinical-review (criteria-not-met)", "approved") == [
        "the age is 21 to 25 years",
        "criterion 1 (Definitive treatment) is not met",
        "criterion 2 (Re-irradiation) is not met",
        "IMRT and proton therapy are not planned in the same phase to the same target",
        "a diagnosis is a neoplasm",
        "radiation therapy is required for the tumor",
    ]


def test_a_site_is_told_by_its_codes(tmp_path: Path) -> None:
    found = report(imrt(), newest(revised("site-added", tmp_path)))
    assert found.units == ("the diagnoses of 1.h",)
    assert "a diagnosis is C62, now listed, before left to a reviewer (1)" in found.everywhere


def test_a_code_that_takes_the_place_of_another_leads_into_scope_and_out_of_it(tmp_path: Path) -> None:
    found = report(imrt(), newest(revised("code-replaced", tmp_path)))
    assert "the procedure code is 77402 or G6016" in found.everywhere
    assert found.directions == {"in or out of scope": 12}


def test_criteria_of_which_one_suffices_are_told_together() -> None:
    editions = {edition.id: edition for edition in imrt().guideline.editions}
    old = Edited(imrt().guideline, editions["2025-01-01@2025-02-05"])
    found = report(old, imrt())
    assert sentence(found, "clinical-review (judgement)", "approved")[-1] == "criterion 1, 2 or 3 is met"
    causes = {told.after: group.cause for group in found.groups for told in group.told}
    assert causes["approved"] == "the new rung 5 (1, 2, 3: approved)"
    assert causes["covered-without-review"] == "the new rung 3 (“Members under 18”: covered-without-review)"
    asked = [change.fact for change in found.questions if change.old is None]
    assert asked[:2] == ["member_birth_date", "diagnosis"]


def test_the_same_edition_changes_nothing_and_that_is_proved() -> None:
    found = report(imrt(), imrt())
    assert (found.groups, found.questions, found.rules, found.text) == ((), (), (), ())
    assert found.proved.startswith("Nothing changes. Proved")


@pytest.mark.slow
def test_several_changes_are_told_apart_by_their_causes(tmp_path: Path) -> None:
    found = report(imrt(), newest(revised("several", tmp_path)))
    assert found.difference.is_proved
    causes = {group.cause for group in found.groups if any(told.after == "approved" for told in group.told)}
    assert {"criterion 3 (Pediatric tumors)", "the diagnoses of 1.h", "what codes.csv says of 77386"} <= causes
    harder = {group.cause for group in found.groups if any(told.before == "approved" for told in group.told)}
    assert harder == {"the diagnoses of 1.e.i"}
    invalid = [told for told in told_of(found) if told.before == "invalid"]
    assert invalid
    assert all("2026-01-01" <= str(told.row["date_of_service"]) <= "2026-12-31" for told in invalid)


def test_a_fact_that_is_read_otherwise_is_not_compared(tmp_path: Path) -> None:
    changed = [
        replaced("facts.yaml", "from: whole years from", "from: whole months from"),
        replaced("facts.yaml", "  unit: years\n", "  unit: months\n"),
    ]
    found = report(imrt(), newest(with_changes(changed, tmp_path / "months")))
    assert not found.difference.is_proved
    assert found.proved == "Decisions are not compared: the editions read `age` from a request in different ways."


def test_of_more_lists_than_can_be_gone_through_nothing_is_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference_illness, "MOST_STATES", 3)
    found = report(imrt(), newest(revised("age-moved", tmp_path)))
    assert not found.difference.is_proved
    assert found.proved == "Decisions are not compared: diagnoses belong to too many lists at once."
    assert [change.name for change in found.rules] == ["3"]


def test_a_question_that_is_put_otherwise_is_told(tmp_path: Path) -> None:
    changed = [
        replaced(
            "facts.yaml",
            "question: Is radiation therapy required to treat this tumor?",
            "question: Must it be radiation?",
        )
    ]
    found = report(imrt(), newest(with_changes(changed, tmp_path / "question")))
    assert [(change.fact, change.parts) for change in found.questions] == [("radiation_required", ("question",))]
    assert found.proved.startswith("Nothing changes. Proved")


@pytest.mark.slow
def test_another_guideline_is_told_as_well() -> None:
    guideline = load_or_raise(SECOND)
    old, new = (Edited(guideline, edition) for edition in guideline.editions)
    found = report(old, new)
    assert found.difference.is_proved
    assert "approved (units 2) → approved (period 12 months, units 2)" in found.arrows("other")
    assert [change.fact for change in found.questions if change.old is None] == ["tests_past_12_months"]


def limited(day: str, folder: Path) -> Edited:
    """The second guideline, were the last test of who had none for a year to lie on a day or later."""
    asked = "  - months_since_last_screening >= 12 months\n  - tests"
    both = f"  - all:\n      - months_since_last_screening >= 12 months\n      - last_screening >= {day}\n  - tests"
    copytree(SECOND, folder)
    replaced("2024-01-01.md", asked, both)(folder)
    return newest(folder)


def test_a_date_and_what_follows_from_it_are_told_by_a_case_that_can_be(tmp_path: Path) -> None:
    """A last test in the summer of 2025, and a year ago: only a date of service from June 2026 on has both."""
    found = report(limited("2025-06-01", tmp_path / "old"), limited("2025-09-01", tmp_path / "new"))
    assert found.difference.is_proved
    assert found.directions["harder"] == 2
    for told in told_of(found):
        assert "2025-06-01" <= str(told.row["last_screening"]) < "2025-09-01"
        assert str(told.row["date_of_service"]) >= "2026-06-01"
