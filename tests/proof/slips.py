"""Slips of meaning in content that reads well: each is told by the proof, with a case that shows it."""

from tests.proof.seed import DIABETES, TEMPLATE, Slip, Told, aged, has

MINORS = "  - when: clause note-minors\n    outcome: covered-without-review\n"
LIMITED = "  - when: clause limitations\n    outcome: clinical-review\n    reason: limitation\n"
APPROVED = "  - when: {any: [clause 1, clause 2, clause 3]}\n    outcome: approved\n"
REMOVED = "  - when: {any: [clause codes.2025-01-15, clause codes.2025-02-05]}\n    outcome: not-required\n"
SCOPE = "{none: [{all: [clause products, clause codes]}]}"
MINOR = "```rule note-minors Members under 18\nage < 18 years"

BOUNDS = (
    Slip(
        "the bound of the note on minors points the other way",
        ((MINOR, MINOR.replace("<", ">")),),
        Told(
            "overtaken",
            "3",
            ("under 21 years but decides only where it is under 19 years", "19 to 20 years, rung 3"),
            aged("covered-without-review", 19, 20),
        ),
    ),
    Slip(
        "the note on minors speaks of adults",
        ((MINOR, MINOR.replace("<", ">=")),),
        Told(
            "overtaken",
            "3",
            ("decides only where it is under 18 years", "18 to 20 years, rung 3"),
            aged("covered-without-review", 18, 20),
        ),
    ),
    Slip(
        "the note on minors reaches to 20",
        ((MINOR, MINOR.replace("18 years", "20 years")),),
        Told(
            "overtaken",
            "3",
            ("decides only where it is 20 years; where it is under 20 years",),
            aged("covered-without-review", 0, 19),
        ),
    ),
    Slip(
        "the note on minors takes all that criterion 3 speaks of",
        ((MINOR, MINOR.replace("18 years", "21 years")),),
        Told("idle", "3", ("Criterion 3 (Pediatric tumors) changes no answer",), aged("covered-without-review", 0, 20)),
    ),
    Slip(
        "criterion 3 ends where the note on minors does",
        (("  - age < 21 years", "  - age < 18 years"),),
        Told("idle", "3", ("Criterion 3 (Pediatric tumors) changes no answer",), aged("covered-without-review", 0, 17)),
    ),
    Slip(
        "the bound of criterion 3 points the other way",
        (("  - age < 21 years", "  - age > 21 years"),),
        Told("uncovered", None, ("the age is at most 21 years",), "clinical-review"),
    ),
    Slip(
        "criterion 3 asks for two ages at once",
        (("  - age < 21 years", "  - age < 21 years\n  - age >= 21 years"),),
        Told("idle", "3", ("can never surely be met, whatever is stated",), None),
    ),
    Slip(
        "a second bound of criterion 3 says nothing",
        (("  - age < 21 years", "  - age < 21 years\n  - age < 25 years"),),
        Told("idle", "3", ("the part `age < 25 years` says nothing",), aged("approved", 18, 20)),
    ),
    Slip(
        "criterion 2 is for children whom the note has covered already",
        (("all:\n  - previously_irradiated\n", "all:\n  - age < 16 years\n  - previously_irradiated\n"),),
        Told("idle", "2", ("Criterion 2 (Re-irradiation) changes no answer",), aged("covered-without-review", 0, 15)),
    ),
    Slip(
        "criterion 2 begins at an age at which the note still rules",
        (("all:\n  - previously_irradiated\n", "all:\n  - age >= 10 years\n  - previously_irradiated\n"),),
        Told(
            "overtaken",
            "2",
            ("at least 10 years but decides only where it is at least 18 years", "10 to 17 years"),
            aged("covered-without-review", 10, 17),
        ),
    ),
    Slip(
        "a date is before the edition begins",
        (("date_of_service >= 2026-07-01", "date_of_service < 2026-01-01"),),
        Told("idle", "3", ("Criterion 3 (Before surgery) can never surely be met",), None),
        TEMPLATE,
    ),
    Slip(
        "a date is always reached",
        (("date_of_service >= 2026-07-01", "date_of_service >= 2025-07-01"),),
        Told("idle", "3", ("the part `date_of_service >= 2025-07-01` says nothing",), "approved"),
        TEMPLATE,
    ),
    Slip(
        "the bounds of a fasting glucose are swapped",
        (
            (
                "all: [fasting_glucose >= 100 mg/dL, fasting_glucose <= 125 mg/dL]",
                "all: [fasting_glucose >= 125 mg/dL, fasting_glucose <= 100 mg/dL]",
            ),
        ),
        Told(
            "idle",
            "pre-diabetes",
            ("the part `all: - fasting_glucose >= 125 mg/dL - fasting_glucose <= 100 mg/dL` says nothing",),
            lambda answer: answer.edition is not None,
        ),
        DIABETES,
    ),
    Slip(
        "the bounds of overweight are swapped",
        (("  - bmi > 25 kg/m2\n  - bmi < 30 kg/m2", "  - bmi < 25 kg/m2\n  - bmi > 30 kg/m2"),),
        Told("idle", "e.5.i", ("can never surely be met, whatever is stated",), None),
        DIABETES,
    ),
    Slip(
        "an age that nobody reaches",
        (("age >= 65 years", "age >= 165 years"),),
        Told("idle", "e.5.iii", ("can never surely be met",), None),
        DIABETES,
    ),
)

LADDERS = (
    Slip(
        "the limitation comes after the approval",
        ((LIMITED + APPROVED, APPROVED + LIMITED),),
        Told(
            "approval-and-limitation",
            "limitations",
            ("Criterion 1, 2 or 3 and limitation “Concurrent proton therapy” can hold of one case",),
            has("approved", concurrent_proton_therapy=True),
        ),
    ),
    Slip(
        "the limitation of a home test comes after the approval",
        (
            (
                LIMITED + APPROVED + "    grants: {period: 12 months, units: 1}\n",
                APPROVED + "    grants: {period: 12 months, units: 1}\n" + LIMITED,
            ),
        ),
        Told(
            "approval-and-limitation", "limitations", ("“Central sleep apnea”",), has("approved", diagnosis=("G4731",))
        ),
        TEMPLATE,
    ),
    Slip(
        "the limitation of glucose tests comes last",
        ((LIMITED, ""), ("  - otherwise: clinical", LIMITED + "  - otherwise: clinical")),
        Told(
            "approval-and-limitation", "limitations", ("“Glucose load of an oral glucose tolerance test”",), "approved"
        ),
        DIABETES,
    ),
    Slip(
        "the criteria come first of all",
        ((APPROVED, ""), ("ladder:\n", f"ladder:\n{APPROVED}")),
        Told(
            "approval-and-limitation",
            "limitations",
            ("rung 1 (1, 2, 3: approved) comes first",),
            has("approved", concurrent_proton_therapy=True),
        ),
    ),
    Slip(
        "the note on minors comes after the criteria",
        ((MINORS, ""), (APPROVED, APPROVED + MINORS)),
        Told(
            "criterion-and-limitation",
            "limitations",
            ("Criterion 1, 2 or 3 can be met while limitation",),
            has("clinical-review", concurrent_proton_therapy=True),
        ),
    ),
    Slip(
        "minors are approved, as if a criterion were met",
        (("outcome: covered-without-review", "outcome: approved"),),
        Told(
            "approval-and-limitation",
            "note-minors",
            ("Criterion “Members under 18” and limitation “Concurrent proton therapy”",),
            has("approved", concurrent_proton_therapy=True),
        ),
    ),
    Slip(
        "the limitation turns away, without a reviewer",
        ((LIMITED, LIMITED.replace("clinical-review\n    reason: limitation", "not-applicable")),),
        Told(
            "turned-away",
            None,
            ("Rung 4", "turns a request away by its concurrent proton therapy"),
            has("not-applicable", concurrent_proton_therapy=True),
        ),
    ),
    Slip(
        "minors are turned away",
        (("outcome: covered-without-review", "outcome: not-applicable"),),
        Told("turned-away", None, ("Rung 3", "by its date of birth"), aged("not-applicable", 0, 17)),
    ),
    Slip(
        "a second rung for the limitation can never decide",
        (
            (
                APPROVED,
                "  - when: {all: [clause limitations, clause 1]}\n    outcome: clinical-review\n    reason: judgement\n"
                + APPROVED,
            ),
        ),
        Told(
            "idle",
            None,
            ("Rung 5 (“Concurrent proton therapy”, 1: clinical-review, judgement) never decides", "rung 4"),
            has("clinical-review", concurrent_proton_therapy=True),
        ),
    ),
    Slip(
        "a code must have been removed twice",
        ((REMOVED, REMOVED.replace("any", "all")),),
        Told("idle", None, ("Rung 2", "can never be met, whatever the case"), None),
    ),
    Slip(
        "the first rung takes every product of the plan",
        ((SCOPE, f"{{any: [product in products, {SCOPE.replace('none: [{', 'none: [{')}]}}"),),
        Told(
            "idle",
            None,
            ("Rung 5 (1, 2, 3: approved) never decides", "an earlier rung can come first"),
            "not-applicable",
        ),
    ),
    Slip(
        "all that meets no criterion is approved",
        (("  - otherwise: clinical-review\n    reason: criteria-not-met", "  - otherwise: approved"),),
        Told("idle", None, ("Rung 5 (1, 2, 3: approved) changes no answer",), "approved"),
    ),
    Slip(
        "all criteria are asked at once",
        ((APPROVED, APPROVED.replace("any", "all")),),
        Told("uncovered", None, ("where the age is at least 21 years, or where",), "clinical-review"),
    ),
    Slip(
        "criterion 3 is dropped from its rung",
        ((APPROVED, APPROVED.replace(", clause 3", "")),),
        Told("criterion-and-limitation", "limitations", ("Criterion 1 or 2 can be met",), "clinical-review"),
    ),
    Slip(
        "two rungs ask the same",
        (("{all: [clause b, clause c, clause d.2, clause e]}", "{all: [clause b, clause c, clause d.1, clause e]}"),),
        Told("idle", None, ("Rung 5", "never decides: whenever it is met, rung 4"), "approved"),
        DIABETES,
    ),
    Slip(
        "two rungs overlap and grant different things",
        (("  - none: clause pre-diabetes\n", ""),),
        Told("grants-differ", None, ("rung 5", "can both be met", "units 2; period 12 months, units 1"), "approved"),
        DIABETES,
    ),
)

PARTS = (
    Slip(
        "criterion 1 asks for a distant metastasis where it rules one out",
        (("  - none: diagnosis in distant-metastasis", "  - any: [diagnosis in distant-metastasis]"),),
        Told("idle", "1", ("can never surely be met, whatever is stated: only a reviewer can settle it",), None),
    ),
    Slip(
        "local control is for the malignant",
        (("none: diagnosis in malignant", "any: [diagnosis in malignant]"),),
        Told(
            "exception-shut-out",
            "1",
            ("but for a case where treatment aims at lasting local control and a diagnosis is a malignant neoplasm",),
            has("clinical-review", treatment_intent="local-control"),
        ),
    ),
    Slip(
        "any part of criterion 3 is enough",
        (("all:\n  - age < 21 years", "any:\n  - age < 21 years"),),
        Told(
            "idle",
            "2",
            ("Criterion 2 (Re-irradiation) changes no answer",),
            has("approved", previously_irradiated=True),
        ),
    ),
    Slip(
        "any part of criterion 2 is enough",
        (("all:\n  - previously_irradiated", "any:\n  - previously_irradiated"),),
        Told("idle", "1", ("Criterion 1 (Definitive treatment) changes no answer",), "approved"),
    ),
    Slip(
        "criterion 2 asks for no earlier radiation",
        (("all:\n  - previously_irradiated\n  - diagnosis in neoplasm", "diagnosis in neoplasm"),),
        Told("idle", "3", ("Criterion 3 (Pediatric tumors) changes no answer",), aged("approved", 18, 20)),
    ),
    Slip(
        "criterion 2 asks twice for earlier radiation",
        (
            (
                "all:\n  - previously_irradiated\n",
                "all:\n  - previously_irradiated\n  - any: [previously_irradiated, radiation_required]\n",
            ),
        ),
        Told(
            "idle",
            "2",
            ("the part `any: - previously_irradiated - radiation_required` says nothing",),
            has("approved", previously_irradiated=True),
        ),
    ),
    Slip(
        "the technique must be two at once",
        (
            (
                "      - any:\n          - technique is imrt\n          - technique is vmat",
                "      - all:\n          - technique is imrt\n          - technique is vmat",
            ),
        ),
        Told(
            "idle", "codes", ("the part `all: - procedure_code in codes.undetermined",), lambda a: a.edition is not None
        ),
    ),
    Slip(
        "the reason for IMRT must be lacking",
        (("  - dose_escalation_concern\n", "  - none: dose_escalation_concern\n"),),
        Told("uncovered", None, ("(a documented reason calls for IMRT",), "clinical-review"),
    ),
    Slip(
        "every intent is enough, so that asking for it is for nothing",
        (
            (
                "      - all:\n          - treatment_intent is local-control\n          - none: diagnosis in malignant\n",
                "      - treatment_intent is local-control\n      - treatment_intent is palliative\n",
            ),
            ("  - none: diagnosis in distant-metastasis", "  - none: diagnosis in malignant"),
        ),
        Told(
            "idle",
            "1",
            ("Treatment intent changes no outcome: no two cases that differ in it alone are answered otherwise",),
            lambda answer: answer.case.facts.get("treatment_intent") is not None,
        ),
    ),
    Slip(
        "criterion 3 is for all but neoplasms",
        (
            (
                "  - radiation_required\n  - diagnosis in neoplasm",
                "  - radiation_required\n  - none: diagnosis in neoplasm",
            ),
        ),
        Told("idle", "3", ("can never surely be met", "only a reviewer can settle it"), None),
    ),
    Slip(
        "the limitation applies where nothing is concurrent",
        (
            (
                "```rule limitations Concurrent proton therapy\nconcurrent_proton_therapy",
                "```rule limitations Concurrent proton therapy\nnone: concurrent_proton_therapy",
            ),
        ),
        Told(
            "criterion-and-limitation",
            "limitations",
            ("Criterion 1, 2 or 3 can be met",),
            has("clinical-review", concurrent_proton_therapy=False),
        ),
    ),
    Slip(
        "a repeat test is for those who had none",
        (("  - none: last_test is absent", "  - last_test is absent"),),
        Told("idle", "2", ("the part `months_since_last_test >= 1 year` says nothing",), "approved"),
        TEMPLATE,
    ),
)

SLIPS = (*BOUNDS, *LADDERS, *PARTS)
