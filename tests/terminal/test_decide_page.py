"""The page of a determination, as a practice's staff or a nurse reads it."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.terminal.pages import FOLDERS, PAPERS, program, section, too_wide, without_colour

from isodose.determination.check import answered
from isodose.determination.request import cases_from
from isodose.guideline.worked_case import WorkedCase, worked_cases
from isodose.terminal.decide_page import HEADS, decide_page
from isodose.terminal.paper import Paper

PLAIN = Paper()
LINE = {
    "line": 1,
    "date_of_service": "2025-11-03",
    "member_birth_date": "1955-03-14",
    "product": "ma-hmo",
    "procedure_code": "77386",
    "diagnosis_codes": ["C61"],
    "technique": "vmat",
    "treatment_intent": "curative",
    "dose_escalation_concern": True,
    "previously_irradiated": False,
    "radiation_required": True,
    "concurrent_proton_therapy": False,
}


def page(*, paper: Paper = PLAIN, every_clause: bool = False, **changed: Any) -> str:
    """The page of the line with other facts; a part of a request is put beside the line."""
    imrt = program("imrt")
    found = {name: changed.pop(name, []) for name in ("judgements", "disputes")}
    request = {"request_id": "R-1", "lines": [LINE | changed], **found}
    [case] = cases_from(request, imrt.guideline)
    assert not isinstance(case, Exception)
    return decide_page(imrt.determine_case(case), paper, every_clause=every_clause)


def test_the_outcome_comes_first_then_why_then_the_clauses_then_what_it_rests_on() -> None:
    assert (
        page()
        == """\
Intensity-Modulated Radiation Therapy (IMRT)                 request R-1, line 1
────────────────────────────────────────────────────────────────────────────────
● APPROVED  under 1, 1.h
The service is medically necessary under the guideline.

Why
  Criterion 1 (Definitive treatment) is met: treatment is with curative intent;
  a documented reason calls for IMRT rather than 3D conformal radiation; C61 is
  listed in 1.h; no diagnosis is a distant metastasis.
    │ “The Plan considers intensity-modulated radiation therapy, as reasonable
    │ and medically necessary for definitive treatment (i.e. radiation
    │ treatments for cancer with a curative intent³³) and when required due to
    │ dose escalation/intensity concerns, of the …”
  Limitation “Concurrent proton therapy” does not apply: IMRT and proton therapy
  are not planned in the same phase to the same target.
    │ “While IMRT may be used during a course of treatment with PBT, the
    │ simultaneous use of IMRT and PBT is considered investigational and not
    │ covered.”

The clauses, in the guideline's order
  ● met             products     Plan products
  ⊠ not met         note-minors  Members under 18
  ● met             1            Definitive treatment
  ⊠ not met         1.a to 1.g   25 lists of diagnoses
  ● met             1.h          Genitourinary
  ⊠ not met         1.i          Gynecological
  ⊠ not met         2            Re-irradiation
  ⊠ not met         3            Pediatric tumors
  ◌ does not apply  limitations  Concurrent proton therapy
  ● met             codes        Codes that need prior authorization

Send it to CarePartners of Connecticut Medicare Advantage HMO, fax 857-304-6463.
Edition 2025-10-01, decided 2025-08-20 · content """
        + program("imrt").guideline.content_hash(program("imrt").guideline.editions[-1])[:16]
    )


def test_what_is_missing_is_asked_of_the_requester_with_the_words_it_comes_from() -> None:
    asked = section(page(dose_escalation_concern=None), "What is missing: ask the requester")
    assert asked == [
        "  1. Is there a documented reason, such as dose escalation or a critical",
        "     structure nearby, why IMRT is required rather than 3D conformal radiation?",
        "     Any documented reason counts. A comparison plan is not required. It decides",
        "     criterion 1 (Definitive treatment). Evidence: radiation oncology",
        "     consultation note or treatment plan.",
        "     │ “The Plan considers intensity-modulated radiation therapy, as reasonable",
        "     │ and medically necessary for definitive treatment (i.e. radiation",
        "     │ treatments for cancer with a curative intent³³) and when required due to",
        "     │ dose escalation/intensity concerns, of the …”",
    ]


@pytest.mark.parametrize(
    ("unknown", "decides"),
    [
        ("concurrent_proton_therapy", "It decides whether the limitation “Concurrent proton therapy” applies."),
        ("product", "It decides whether the guideline speaks of this request (“Plan products”)."),
        ("treatment_intent", "It decides criterion 1 (Definitive treatment)."),
    ],
)
def test_a_question_says_what_its_answer_decides(unknown: str, decides: str) -> None:
    changed: dict[str, Any] = {unknown: None}
    assert decides in " ".join(page(**changed).split())


def test_what_only_a_reviewer_can_settle_is_a_diamond() -> None:
    found = page(diagnosis_codes=["C79.31"], treatment_intent="palliative")
    assert "◆ FOR A REVIEWER: judgement" in found
    assert "◆ for a reviewer  1 " in found
    assert "◆ for a reviewer  1.b " in found


def test_what_both_must_say_is_unknown() -> None:
    assert "◐ unknown         1 " in page(diagnosis_codes=["C79.31"], treatment_intent=None)


def test_a_clause_is_quoted_once_on_a_page() -> None:
    found = page(diagnosis_codes=["C79.31"], treatment_intent="palliative")
    assert found.count("A reviewer settles: ") == 3
    assert found.count("“The Plan considers intensity-modulated") == 1


def test_a_judgement_names_the_reviewer() -> None:
    signed = {"by": "M. Reyes RN", "on": "2025-10-20", "why": "the MRI shows one lesion"}
    found = page(
        diagnosis_codes=["C79.31"],
        treatment_intent="palliative",
        judgements=[{"clause": "1", "truth": "met", **signed}],
    )
    assert "● APPROVED  under 1" in found
    assert "found by M. Reyes RN on 2025-10-20: the MRI shows one lesion." in " ".join(found.split())
    assert "  Definitive treatment (found by M. Reyes RN)\n" in found


def test_what_a_judgement_settles_below_it_is_marked_so_on_the_page() -> None:
    signed = {"by": "M. Reyes RN", "on": "2025-10-20", "why": "the note says so"}
    heading = "The clauses, in the guideline's order"
    on_clause = [{"clause": "1", "truth": "met", **signed}]
    rows = section(page(diagnosis_codes=["C30.1"], judgements=on_clause), heading)
    assert "  ◌ settled         1.a           Head and neck (by the judgement on 1)" in rows
    assert "  ⊠ not met         1.a.i to 1.i  26 lists of diagnoses" in rows
    rows = section(page(diagnosis_codes=None, judgements=on_clause), heading)
    assert "  ◌ settled         1.a to 1.i   27 lists, by the judgement on 1" in rows
    on_leaf = [{"leaf": "diagnosis in 1", "truth": "met", **signed}]
    rows = section(page(diagnosis_codes=["C30.1"], judgements=on_leaf), heading)
    assert "  ◌ settled         1.a           Head and neck (by the judgement on `diagnosis" in rows
    assert "                                  in 1`)" in rows


def test_a_part_of_the_scope_that_is_not_needed_is_shown_on_demand() -> None:
    assert "codes.2025-01-15" not in page(procedure_code="77301")
    assert "● met             codes.2025-02-05 " in page(procedure_code="77301")
    assert "⊠ not met         codes.2025-01-15 " in page(procedure_code="99213")
    assert "⊠ not met         codes.2025-01-15 " in page(every_clause=True)


def test_an_edition_whose_criteria_are_not_held_says_why_a_reviewer_decides() -> None:
    assert section(page(date_of_service="2025-03-03"), "Why") == [
        "  The wording of this edition's criteria is not held: a reviewer judges the",
        "  individual case.",
    ]


def test_a_dispute_says_why_something_stated_is_asked() -> None:
    signed = {"by": "M. Reyes RN", "on": "2025-10-20", "why": "the note says palliative."}
    found = page(disputes=[{"fact": "treatment_intent", **signed}])
    assert "◐ INFORMATION NEEDED" in found
    assert section(found, "Notes") == [
        "  `treatment_intent` counts as unknown: M. Reyes RN disputes it on 2025-10-20:",
        "  the note says palliative.",
    ]
    unstated = page(previously_irradiated=None, disputes=[{"fact": "previously_irradiated", **signed}])
    assert section(unstated, "Notes") == [
        "  The dispute of `previously_irradiated` has no effect: nothing was stated.",
    ]


def test_lists_that_all_wait_for_the_diagnosis_are_one_line() -> None:
    rows = section(page(diagnosis_codes=None), "The clauses, in the guideline's order")
    assert "  ◐ unknown         1.a to 1.i   27 lists: no diagnosis of the illness" in rows


def test_the_lists_in_which_a_code_is_not_are_named_together() -> None:
    assert "the procedure code `99213` is not in the list `codes.required`, `codes.not-required` or" in " ".join(
        page(procedure_code="99213").split()
    )


def test_what_must_be_corrected_is_said_with_what_would_be_right() -> None:
    found = page(date_of_service="2026-02-09", diagnosis_codes=["C18", "x"], product=None)
    assert "⊠ RETURNED FOR CORRECTION" in found
    assert section(found, "To be corrected") == [
        "  `diagnosis_codes`: `x` is not an ICD-10-CM code: write it like C61 or C50.911.",
        "  `C18` is a heading of ICD-10-CM and not billable: use `C18.0`, `C18.1`,",
        "  `C18.2`, `C18.3`, `C18.4`, `C18.5`, `C18.6`, `C18.7`, `C18.8` or `C18.9`.",
        "  `77386` ended on 2025-12-31 and is not valid on 2026-02-09; use `77407` or",
        "  `77412`.",
    ]
    assert "The clauses" not in found
    assert "Edition" not in found


@pytest.mark.parametrize("ends", ["?", "."])
def test_a_note_ends_as_it_should(ends: str) -> None:
    column: dict[str, Any] = {"date_of_servce" if ends == "?" else "practice": "x"}
    note = " ".join(section(page(**column), "Notes"))
    assert note.endswith(ends)
    assert not note.endswith("?.")


def test_every_clause_is_shown_on_demand() -> None:
    assert "lists of diagnoses" not in page(every_clause=True)
    for clause in program("imrt").guideline.editions[-1].clauses:
        assert f" {clause} " in page(every_clause=True)


def test_clauses_stand_in_columns() -> None:
    rows = section(page(every_clause=True, diagnosis_codes=["C34.11"]), "The clauses, in the guideline's order")
    starts = {row.index(title) for row in rows for title in ("Plan products", "Salivary", "Re-irr") if title in row}
    assert len(starts) == 1


def test_an_unnamed_request_is_one_too() -> None:
    imrt = program("imrt")
    head = decide_page(imrt.determine(LINE | {"line": None}), PLAIN).split("\n")[0]
    assert head == "Intensity-Modulated Radiation Therapy (IMRT)" + " " * 29 + "request"


def test_what_the_text_grants_is_said() -> None:
    granting = program("template")
    [case] = [case for case in worked_cases(granting.guideline, []) if case.place.file.endswith("1/two-signs.yaml")]
    found = decide_page(answered(case, granting), PLAIN)
    assert "APPROVED" in found
    assert "The text grants: period 12 months, units 1." in found


def test_a_hostile_request_id_stays_in_its_place() -> None:
    imrt = program("imrt")
    found = decide_page(imrt.determine(LINE | {"request_id": "\x1b[2J\n" + "x" * 500, "product": "\x07" * 300}), PLAIN)
    assert "\x1b" not in found
    assert "\x07" not in found
    assert too_wide(found) == []


def every_case() -> Iterator[tuple[str, WorkedCase]]:
    for name in FOLDERS:
        for case in worked_cases(program(name).guideline, []):
            yield name, case


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_worked_case_has_a_page_that_keeps_its_margins(paper: Paper) -> None:
    seen = set()
    for name, case in every_case():
        determination = answered(case, program(name))
        seen.add(determination.outcome)
        for every_clause in (False, True):
            found = decide_page(determination, paper, every_clause=every_clause)
            assert too_wide(found) == [], case.place
            assert all(line == line.rstrip() for line in found.split("\n")), case.place
            assert paper.signs or found.isascii(), case.place
    assert seen == set(HEADS)


def test_a_page_in_monochrome_says_all_that_one_in_colour_says() -> None:
    for name, case in every_case():
        determination = answered(case, program(name))
        assert without_colour(decide_page(determination, PAPERS["colour"])) == decide_page(determination, PLAIN)
