"""A determination in sentences, each with its clause; and what to ask, in the order in which to ask it."""

from datetime import date
from pathlib import Path

import pytest
from tests.determination.imrt_cases import imrt
from tests.determination.test_program import PROSTATE, determined
from tests.guideline.samples import write

from isodose.determination.case import Judgement, case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.program import Determination, Program
from isodose.determination.words import (
    SAYS_OUTCOME,
    SAYS_REASON,
    Question,
    clause_says,
    explanation,
    granted,
    headline,
    in_the_way_of,
    name_of,
    notes,
    questions,
    settled_by,
    truth_says,
)
from isodose.determination.words import clause_of as clause_of_finding
from isodose.guideline.edition import Clause
from isodose.guideline.load import load_or_raise
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


@pytest.mark.parametrize(
    ("changes", "clauses"),
    [
        ({}, []),
        ({"treatment_intent": "palliative"}, ["1", "2", "3"]),
        ({"diagnosis_codes": ["C30.1"]}, ["1"]),
        ({"concurrent_proton_therapy": True}, ["limitations"]),
        ({"concurrent_proton_therapy": None}, ["limitations"]),
    ],
)
def test_what_speaks_against_a_request_are_criteria_not_met_and_limitations_that_may_apply(
    changes: dict[str, object], clauses: list[str]
) -> None:
    assert list(in_the_way_of(determined(**changes))) == clauses


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
            [
                (
                    "codes.2025-02-05",
                    (
                        "Scope “Codes removed on February 5, 2025” is met: the procedure code `77301` is in the list "
                        "`codes.2025-02-05.not-required`."
                    ),
                )
            ],
        ),
        (
            {"date_of_service": "2024-12-31"},
            [
                (
                    None,
                    (
                        "No edition of the guideline rules 2024-12-31; the first is effective "
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


@pytest.mark.parametrize(
    ("code", "service", "clause", "words"),
    [
        (
            "77387",
            "2025-11-03",
            "codes.2025-01-15",
            "January 15, 2025: Reviewed and approved by MPAC to remove codes 77387",
        ),
        (
            "77387",
            "2025-03-03",
            "codes.2025-01-15",
            "January 15, 2025: Reviewed and approved by MPAC to remove codes 77387",
        ),
        (
            "77338",
            "2025-11-03",
            "codes.2025-02-05",
            "February 5, 2025: Reviewed and approved by MPAC to remove statement",
        ),
        (
            "77338",
            "2025-03-03",
            "codes.2025-02-05",
            "February 5, 2025: Reviewed and approved by MPAC to remove statement",
        ),
    ],
)
def test_a_code_that_is_not_required_quotes_the_revision_that_removed_it(
    code: str, service: str, clause: str, words: str
) -> None:
    answer = determined(procedure_code=code, date_of_service=service, technique=None)
    assert answer.outcome is Outcome.NOT_REQUIRED
    [_, sentence, _] = explanation(answer)
    assert sentence.clause == clause
    assert sentence.quote is not None
    assert sentence.quote.startswith(words)


def test_an_edition_quotes_only_the_revisions_up_to_its_own() -> None:
    row = PROSTATE | {"procedure_code": "G6017", "date_of_service": "2025-01-20", "technique": None}
    [_, sentence, _] = explanation(imrt().determine(row, date(2025, 1, 20)))
    assert sentence.clause == "codes.2025-01-15"


def test_what_was_known_is_said_only_where_a_day_was_asked_for() -> None:
    answer = imrt().determine(PROSTATE, date(2024, 1, 1))
    assert said(answer) == [
        (
            None,
            (
                "No edition of the guideline that was known on 2024-01-01 rules 2025-11-03; the first is effective "
                "2025-01-01 (decided 2024-09-19)."
            ),
        )
    ]


RELEASE = "the ICD-10-CM release in force from 2025-10-01 has no code"


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (["C61"], []),
        (["C18.9", "Z51.0", "E11.9"], []),
        (["C61.99"], [f"{RELEASE} `C61.99`; did you mean `C61`?"]),
        (["C61", "C50.9111"], [f"{RELEASE} `C50.9111`; did you mean `C50.911`?"]),
        (["U99.9"], [f"{RELEASE} `U99.9`; is it a slip?"]),
        (None, []),
    ],
)
def test_a_diagnosis_that_the_release_lacks_is_noted_and_changes_nothing(
    codes: list[str] | None, found: list[str]
) -> None:
    assert notes(determined(diagnosis_codes=codes)) == found


def test_what_the_case_was_read_with_is_noted_first() -> None:
    first, second = notes(determined(diagnosis_codes=["C61.99"], practice="x"))
    assert first.startswith("the column `practice` is no fact")
    assert second.startswith(RELEASE)


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
    return imrt().determine_case(case._replace(judgements={target: judgement}))


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
            "IMRT rather than 3D conformal radiation; C30.1 is listed in 1 (found by M. Reyes RN on 2025-10-20: the consult "
            "note documents it); no diagnosis is a distant metastasis."
        ),
    )


def test_a_judgement_settles_what_lies_below_it_and_nothing_else() -> None:
    assert settled_by(judged("1", MET, diagnosis_codes=["C30.1"])) == {"1.a": "1"}
    assert settled_by(judged("1", NOT_MET, diagnosis_codes=["C30.1"])) == {"1.a": "1"}
    assert settled_by(judged("diagnosis in 1", MET, diagnosis_codes=["C30.1"])) == {"1.a": "diagnosis in 1"}
    below = [clause for clause in imrt().guideline.editions[-1].clauses if clause.startswith("1.")]
    assert settled_by(judged("1", MET, diagnosis_codes=None)) == dict.fromkeys(below, "1")
    assert settled_by(judged("2", MET, previously_irradiated=None, diagnosis_codes=["C30.1"])) == {}
    assert settled_by(judged("diagnosis in neoplasm", MET, diagnosis_codes=["C30.1"])) == {}
    assert settled_by(judged("1", MET)) == {}
    assert settled_by(determined(diagnosis_codes=["C30.1"])) == {}


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


EDITION = """\
---
guideline: sleep
title: T
plan: P
effective: 2025-01-01
decided: 2024-11-20
text: reconstructed
criteria: held
ladder:
  - {when: {all: [severity is mild, procedure_code in codes.required]}, outcome: approved, grants: {period: 1 year}}
  - {when: clause 1, outcome: clinical-review, reason: judgement}
  - {when: abnormal_airway, outcome: clinical-review, reason: judgement}
  - {when: clause none, outcome: approved}
  - {otherwise: clinical-review, reason: LAST}
---

Codes.

```data codes
required: [95810]
other: [95811]
```

(b) Two of three.

```rule 1
at least 2: [symptoms, home_study_possible, bmi >= 30 kg/m2]
```

None of these.

```rule none
none: [setting is laboratory, studies > 2]
```

```rule listed
any: [procedure_code in codes.required, procedure_code in codes.other]
```
"""
ROW: dict[str, object] = {
    "date_of_service": "2025-11-03", "procedure_code": "95810", "severity": "moderate", "abnormal_airway": False,
    "symptoms": False, "home_study_possible": False, "bmi": 20, "setting": "laboratory", "studies": 1,
}  # fmt: skip


@pytest.fixture(params=["criteria-not-met"])
def sleep(request: pytest.FixtureRequest, tmp_path: Path) -> Program:
    return Program(load_or_raise(write(tmp_path, **{"2025-01-01": EDITION.replace("LAST", request.param)})))


class TestAnotherGuideline:
    def test_at_least_names_what_is_met_and_what_is_unknown(self, sleep: Program) -> None:
        answer = sleep.determine(ROW | {"symptoms": True, "home_study_possible": None})
        assert clause_of(answer, "1") == (
            "Criterion 1 (Two of three) is not settled: there are symptoms; it is not known whether a study at home is "
            "possible."
        )
        answer = sleep.determine(ROW | {"symptoms": True, "bmi": 31})
        assert clause_of(answer, "1") == (
            "Criterion 1 (Two of three) is met: there are symptoms; the body mass index is 31 kg/m2, at least 30 kg/m2."
        )
        answer = sleep.determine(ROW | {"symptoms": True})
        assert clause_of(answer, "1") == (
            "Criterion 1 (Two of three) is not met: a study at home is not possible; the body mass index is 20 kg/m2, "
            "not at least 30 kg/m2."
        )

    def test_none_names_what_is_met_where_it_is_not_and_all_where_it_is(self, sleep: Program) -> None:
        assert clause_of(sleep.determine(ROW), "none") == (
            "Criterion “None of these” is not met: it is in a laboratory."
        )
        assert clause_of(sleep.determine(ROW | {"setting": "home"}), "none") == (
            "Criterion “None of these” is met: the setting is `home`; the studies is 1, not over 2."
        )
        assert clause_of(sleep.determine(ROW | {"setting": None}), "none") == (
            "Criterion “None of these” is not settled: the setting is not known."
        )

    def test_lists_that_a_fact_is_outside_of_are_named_together(self, sleep: Program) -> None:
        answer = sleep.determine(ROW | {"procedure_code": "99213"})
        assert clause_of(answer, "listed").endswith(
            "is not met: the procedure code `99213` is not in the list `codes.required` or `codes.other`."
        )

    def test_a_leaf_of_the_ladder_that_no_clause_asks_has_no_clause(self, sleep: Program) -> None:
        answer = sleep.determine(ROW | {"severity": "mild"})
        assert said(answer)[:2] == [
            (None, "It is mild."),
            ("listed", "The procedure code `95810` is in the list `codes.required`."),
        ]
        assert granted(answer) == {"period": "1 year"}
        assert granted(sleep.determine(ROW)) == {}
        assert granted(sleep.determine(ROW | {"procedure_code": None})) == {}

    def test_a_question_may_be_about_no_clause(self, sleep: Program) -> None:
        [asked] = questions(sleep.determine(ROW | {"severity": None}))
        assert (asked.fact, asked.clause) == ("severity", None)
        assert said(sleep.determine(ROW | {"severity": None})) == [
            (None, "The requester can say: the severity is not known.")
        ]

    def test_where_only_a_reviewer_can_say_nothing_is_asked(self, sleep: Program) -> None:
        answer = sleep.determine(ROW | {"abnormal_airway": None, "setting": "home"})
        assert answer.review_reason is Reason.JUDGEMENT
        assert questions(answer) == []
        assert said(answer) == [(None, "A reviewer settles: it is not known whether the airway is abnormal.")]

    def test_a_rung_that_leaves_the_case_to_a_reviewer_says_what_it_asks(self, sleep: Program) -> None:
        assert said(sleep.determine(ROW | {"symptoms": True, "bmi": 31})) == [
            (
                "1",
                (
                    "Criterion 1 (Two of three) is met: there are symptoms; the body mass index is 31 kg/m2, at least 30 "
                    "kg/m2."
                ),
            )
        ]
        assert said(sleep.determine(ROW | {"abnormal_airway": True})) == [(None, "The airway is abnormal.")]

    @pytest.mark.parametrize("sleep", ["judgement"], indirect=True)
    def test_so_does_the_last_in_its_own_words(self, sleep: Program) -> None:
        assert said(sleep.determine(ROW)) == [(None, "The text leaves this case to the judgement of a reviewer.")]

    def test_only_a_clause_s_finding_is_about_a_clause(self, sleep: Program) -> None:
        answer = sleep.determine(ROW)
        with pytest.raises(AssertionError, match=r"^a finding of a leaf or of a part is about no clause of its own$"):
            clause_of_finding(answer.rungs[-1])
