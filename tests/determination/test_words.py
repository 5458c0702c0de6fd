"""A determination in sentences, each with its clause; and what to ask, in the order in which to ask it."""

from dataclasses import replace
from datetime import date

import pytest
from tests.determination.imrt_cases import imrt
from tests.determination.test_program import PROSTATE, determined

from isodose.determination.case import Judgement, case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.program import Determination
from isodose.determination.words import (
    SAYS_OUTCOME,
    SAYS_REASON,
    Question,
    clause_says,
    explanation,
    headline,
    name_of,
    questions,
    truth_says,
)
from isodose.guideline.edition import Clause
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth


def said(answer: Determination) -> list[tuple[str | None, str]]:
    """The explanation without its first and its last sentence, as clause and text."""
    first, *middle, last = explanation(answer)
    assert (first.text, first.clause, first.quote) == (headline(answer), None, None)
    assert last.text.startswith("This rests on ")
    assert last.text.endswith(f"content {answer.guideline.content_hash(answer.edition)}.")
    for sentence in middle:
        if sentence.clause is None:
            assert sentence.quote is None
        else:
            assert answer.edition is not None
            assert sentence.quote == answer.edition.clauses[sentence.clause].quote
    return [(sentence.clause, sentence.text) for sentence in middle]


def test_every_outcome_and_every_reason_has_its_sentence() -> None:
    assert set(SAYS_OUTCOME) == set(Outcome) - {Outcome.CLINICAL_REVIEW}
    assert set(SAYS_REASON) == set(Reason)
    assert headline(determined()) == "The service is medically necessary under the guideline."
    assert headline(determined(concurrent_proton_therapy=True)) == (
        "A limitation applies. A clinician decides; software never denies."
    )


def test_an_approval_says_what_carries_it_and_that_no_limitation_applies() -> None:
    assert said(determined()) == [
        (
            "1",
            (
                "Criterion 1 (Definitive treatment) is met: treatment is with curative intent; a documented reason calls for "
                "IMRT rather than 3D conformal radiation; C61 is listed in 1.h; no diagnosis is a distant metastasis."
            ),
        ),
        (
            "limitations",
            (
                "Limitation “Concurrent proton therapy” does not apply: IMRT and proton therapy are not planned in the same "
                "phase to the same target."
            ),
        ),
    ]


def test_a_limitation_says_what_applies() -> None:
    assert said(determined(concurrent_proton_therapy=True)) == [
        (
            "limitations",
            (
                "Limitation “Concurrent proton therapy” applies: IMRT and proton therapy are planned in the same phase to "
                "the same target."
            ),
        )
    ]


def test_criteria_that_cannot_be_met_say_why_each() -> None:
    answer = determined(treatment_intent="palliative", dose_escalation_concern=None)
    assert said(answer) == [
        (
            "1",
            (
                "Criterion 1 (Definitive treatment) is not met: treatment is palliative; no diagnosis is a metastasis in the "
                "central nervous system."
            ),
        ),
        (
            "2",
            "Criterion 2 (Re-irradiation) is not met: neither the tissue nor a critical structure was irradiated before.",
        ),
        ("3", "Criterion 3 (Pediatric tumors) is not met: the age is 70 years, not under 21 years."),
        (
            "limitations",
            (
                "Limitation “Concurrent proton therapy” does not apply: IMRT and proton therapy are not planned in the same "
                "phase to the same target."
            ),
        ),
    ]


def test_members_under_18_need_no_review() -> None:
    assert said(determined(member_birth_date="2010-03-14")) == [
        ("note-minors", "Criterion “Members under 18” is met: the age is 15 years, under 18 years.")
    ]


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {"product": "another-plan"},
            [
                (
                    "products",
                    "Scope “Plan products” is not met: the plan product `another-plan` is not in the list `products`.",
                )
            ],
        ),
        (
            {"procedure_code": "77301"},
            [("codes", "The procedure code `77301` is in the list `codes.not-required`.")],
        ),
        (
            {"date_of_service": "2024-12-31"},
            [
                (
                    None,
                    (
                        "No edition of the guideline that was known then rules 2024-12-31; the first is effective "
                        "2025-01-01 (decided 2024-09-19)."
                    ),
                )
            ],
        ),
        (
            {"procedure_code": None, "member_birth_date": "2026-01-01"},
            [
                (None, "`procedure_code` is missing: Which CPT or HCPCS code will be billed for treatment delivery?"),
                (None, "`member_birth_date` 2026-01-01 lies after the date of service 2025-11-03."),
            ],
        ),
    ],
)
def test_what_is_out_of_scope_not_required_or_invalid(
    changes: dict[str, object], sentences: list[tuple[str | None, str]]
) -> None:
    assert said(determined(**changes)) == sentences


def test_what_is_open_is_asked_of_the_requester_first() -> None:
    answer = determined(diagnosis_codes=["C30.1"], dose_escalation_concern=None, member_birth_date=None)
    assert said(answer) == [
        ("note-minors", "The requester can say: the age is not known."),
        (
            "1",
            (
                "The requester can say: it is not known whether a documented reason calls for IMRT rather than 3D conformal "
                "radiation."
            ),
        ),
        ("3", "The requester can say: the age is not known."),
    ]


def test_and_of_a_reviewer_once_nothing_else_is() -> None:
    assert said(determined(diagnosis_codes=["C30.1"])) == [
        (
            "1",
            (
                "A reviewer settles: whether C30.1 (Malignant neoplasm of middle ear: Head and neck by anatomy, respiratory "
                "chapter block in ICD; open list; recommend include after review) is listed in 1."
            ),
        )
    ]


def test_an_edition_without_its_criteria_names_only_what_it_knows() -> None:
    answer = determined(date_of_service="2025-06-01")
    assert headline(answer) == "A reviewer judges the individual case; software never denies."
    held = "The wording of this edition's criteria is not held: a reviewer judges the individual case."
    assert said(answer) == [(None, held)]
    assert ", reconstructed), content" in explanation(answer)[-1].text


def test_the_last_sentence_names_the_text_that_all_rests_on() -> None:
    digest = imrt().guideline.content_hash(imrt().guideline.editions[-1])
    assert explanation(determined())[-1].text == (
        f"This rests on imrt, edition 2025-10-01 (effective 2025-10-01, decided 2025-08-20), content {digest}."
    )
    digest = imrt().guideline.content_hash(None)
    assert explanation(determined(procedure_code=None))[-1].text == (
        f"This rests on the guideline imrt, content {digest}."
    )


def judged(target: str, truth: Truth, **changes: object) -> Determination:
    case = case_from(PROSTATE | changes, imrt().guideline, JSON_CELLS)
    judgement = Judgement(target, truth, "M. Reyes RN", date(2025, 10, 20), "the consult note documents it")
    return imrt().determine_case(replace(case, judgements={target: judgement}))


def test_what_a_reviewer_found_is_said_as_theirs() -> None:
    answer = judged("1", MET, diagnosis_codes=["C30.1"])
    assert said(answer)[0] == (
        "1",
        "Criterion 1 (Definitive treatment) is met: found by M. Reyes RN on 2025-10-20: the consult note documents it.",
    )
    answer = judged("diagnosis in 1", MET, diagnosis_codes=["C30.1"])
    assert said(answer)[0] == (
        "1",
        (
            "Criterion 1 (Definitive treatment) is met: treatment is with curative intent; a documented reason calls for "
            "IMRT rather than 3D conformal radiation; `diagnosis in 1` found met by M. Reyes RN on 2025-10-20; no diagnosis "
            "is a distant metastasis."
        ),
    )


def clause_of(answer: Determination, name: str) -> str:
    [finding] = [one for one in answer.clauses if isinstance(one.node, Clause) and one.node.id == name]
    return clause_says(answer, finding)


@pytest.mark.parametrize(
    ("changes", "clause", "text"),
    [
        (
            {"concurrent_proton_therapy": None},
            "limitations",
            (
                "Limitation “Concurrent proton therapy” may apply: it is not known whether IMRT and proton therapy are planned "
                "in the same phase to the same target."
            ),
        ),
        (
            {"previously_irradiated": None},
            "2",
            (
                "Criterion 2 (Re-irradiation) is not settled: it is not known whether the tissue or a critical structure was "
                "irradiated before."
            ),
        ),
        (
            {"diagnosis_codes": ["C61", "C79.31"]},
            "1",
            (
                "Criterion 1 (Definitive treatment) is not settled: whether C79.31 (Secondary malignant neoplasm of brain: "
                "beside a primary: whether the aim is still curative, a clinician decides (A3)) is a distant metastasis."
            ),
        ),
        ({}, "1.a", "Criterion 1.a (Head and neck) is not met: no diagnosis is listed in 1.a."),
        ({}, "1.h", "Criterion 1.h (Genitourinary) is met: C61 is listed in 1.h."),
    ],
)
def test_each_clause_is_said_with_what_makes_it_so(changes: dict[str, object], clause: str, text: str) -> None:
    assert clause_of(determined(**changes), clause) == text


def test_a_clause_is_called_by_its_number_or_by_its_title() -> None:
    clauses = imrt().guideline.editions[-1].clauses
    assert name_of(clauses["1.a"]) == "Criterion 1.a (Head and neck)"
    assert name_of(clauses["limitations"]) == "Limitation “Concurrent proton therapy”"
    assert name_of(clauses["products"]) == "Scope “Plan products”"


def test_a_limitation_applies_and_anything_else_is_met() -> None:
    clauses = imrt().guideline.editions[-1].clauses
    truths = (MET, NOT_MET, UNKNOWN)
    assert [truth_says(clauses["limitations"], truth) for truth in truths] == [
        "applies",
        "does not apply",
        "may apply",
    ]
    assert [truth_says(clauses["2"], truth) for truth in truths] == ["is met", "is not met", "is not settled"]
    assert truth_says(clauses["products"], MET) == "is met"


class TestQuestions:
    def test_what_decides_scope_comes_first(self) -> None:
        answer = determined(
            **dict.fromkeys(("product", "member_birth_date", "diagnosis_codes", "dose_escalation_concern"))
        )
        asked = questions(answer)
        assert [(one.fact, one.clause) for one in asked] == [
            ("product", "products"),
            ("age", "note-minors"),
            ("dose_escalation_concern", "1"),
            ("diagnosis", "1"),
        ]
        assert sorted(one.fact for one in asked) == list(answer.missing)

    def test_a_question_has_the_fact_s_own_words(self) -> None:
        [asked] = questions(determined(concurrent_proton_therapy=None))
        assert asked == Question(
            "concurrent_proton_therapy",
            "Will IMRT and proton beam therapy be given in the same phase to the same target?",
            "limitations",
            "One after the other, different targets, and a substitution when a machine is down are not concurrent.",
            ("treatment plan with dates and targets of both",),
        )

    def test_a_reviewer_s_leaf_is_not_asked(self) -> None:
        answer = determined(diagnosis_codes=["C30.1"], dose_escalation_concern=None)
        assert [asked.fact for asked in questions(answer)] == ["dose_escalation_concern"]

    def test_a_decided_case_has_none(self) -> None:
        assert questions(determined()) == []
        assert questions(determined(diagnosis_codes=["C30.1"])) == []
        assert questions(determined(procedure_code=None)) == []
