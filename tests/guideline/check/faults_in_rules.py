"""Faults in rule blocks: words that nothing declares, phrases and trees that say nothing, clauses that go in circles."""

from tests.guideline.check.seed import change, error, fault, warning

EDITION = "2025-10-01.md"
TEMPLATE = "2026-01-01.md"

UNKNOWN_WORDS = (
    fault(
        "a fact is misspelt",
        change(EDITION, "  - dose_escalation_concern", "  - dose_escalation_concren"),
        error(
            EDITION,
            "dose_escalation_concren",
            "no fact `dose_escalation_concren` is declared",
            "did you mean `dose_escalation_concern`?",
            clause="1",
        ),
    ),
    fault(
        "a fact is misspelt in two clauses: it is told once, with both places",
        change(EDITION, "```rule note-minors Members under 18\nage", "```rule note-minors Members under 18\naeg"),
        change(EDITION, "  - age < 21 years", "  - aeg < 21 years"),
        error(
            EDITION,
            "aeg < 18 years",
            "no fact `aeg` is declared",
            "did you mean `age`?",
            "also in line ⟨aeg < 21 years⟩",
            clause="note-minors",
        ),
    ),
    fault(
        "a value is misspelt",
        change(EDITION, "treatment_intent is curative", "treatment_intent is curatve"),
        error(
            EDITION,
            "treatment_intent is curatve",
            "`treatment_intent` offers no `curatve`",
            "did you mean `curative`?",
            clause="1",
        ),
    ),
    fault(
        "a clause is misspelt",
        change(TEMPLATE, "      - clause 1.b\n", "      - clause 1.bb\n"),
        error(TEMPLATE, "clause 1.bb", "no clause `1.bb` has a rule", "did you mean `1.b`?", clause="1"),
        guideline="template",
    ),
    fault(
        "a list is misspelt",
        change(EDITION, "product in products", "product in product"),
        error(
            EDITION,
            "product in product",
            "no data block states a list `product`",
            "did you mean `products`?",
            clause="products",
        ),
    ),
    fault(
        "a part of a list is misspelt",
        change(EDITION, "procedure_code in codes.required", "procedure_code in codes.reqired"),
        error(
            EDITION,
            "procedure_code in codes.reqired",
            "no data block states a list `codes.reqired`",
            "did you mean `codes.required`?",
            clause="codes",
        ),
    ),
    fault(
        "a set of diagnoses is misspelt",
        change(EDITION, "none: diagnosis in malignant", "none: diagnosis in malignent"),
        error(
            EDITION,
            "diagnosis in malignent",
            "`malignent` is neither a clause of this edition nor a set of `diagnosis`",
            "did you mean `malignant`?",
            clause="1",
        ),
    ),
    fault(
        "a diagnosis is looked for in a clause that is not there",
        change(EDITION, "diagnosis in 1.d.vii", "diagnosis in 1.d.viii"),
        error(
            EDITION,
            "diagnosis in 1.d.viii",
            "`1.d.viii` is neither a clause of this edition nor a set",
            "did you mean `1.d.vii`?",
            clause="1.d.vii",
        ),
    ),
    fault(
        "a unit is misspelt",
        change(EDITION, "age < 21 years", "age < 21 yeers"),
        error(EDITION, "age < 21 yeers", "no unit `yeers` is known", "did you mean `years`?", clause="3"),
    ),
)

PHRASES = (
    fault(
        "a unit is of another kind",
        change(EDITION, "age < 18 years", "age < 6570 days"),
        error(
            EDITION,
            "age < 6570 days",
            "`age` is in years and cannot be compared with days",
            "write `years` or `months`",
            clause="note-minors",
        ),
    ),
    fault(
        "a unit is left out",
        change(EDITION, "age < 18 years", "age < 18"),
        error(
            EDITION,
            "age < 18",
            "`age` is in years and cannot be compared with a plain number",
            "write `18 years`",
            clause="note-minors",
        ),
    ),
    fault(
        "a number is none",
        change(EDITION, "age < 18 years", "age < eighteen years"),
        error(EDITION, "age < eighteen years", "`eighteen` is not a number", clause="note-minors"),
    ),
    fault(
        "a date of a leaf does not exist",
        change(TEMPLATE, "date_of_service >= 2026-07-01", "date_of_service >= 2026-06-31"),
        error(
            TEMPLATE,
            "date_of_service >= 2026-06-31",
            "`date_of_service` is a date",
            "a date like 2026-01-01, not `2026-06-31`",
            clause="3",
        ),
        guideline="template",
    ),
    fault(
        "a yes/no fact is asked for a value",
        change(EDITION, "  - previously_irradiated", "  - previously_irradiated is yes"),
        error(
            EDITION,
            "previously_irradiated is yes",
            "`previously_irradiated` is a yes/no fact",
            "only a choice can",
            "write `previously_irradiated`",
            clause="2",
        ),
    ),
    fault(
        "a yes/no fact is asked for the value no",
        change(EDITION, "  - previously_irradiated", "  - previously_irradiated is no"),
        error(EDITION, "previously_irradiated is no", "write `none: previously_irradiated`", clause="2"),
    ),
    fault(
        "a choice is asked by its name alone",
        change(EDITION, "      - treatment_intent is curative", "      - treatment_intent"),
        error(
            EDITION,
            "    - ▸treatment_intent\n",
            "`treatment_intent` is a choice fact and cannot be asked by its name alone",
            "write `treatment_intent is VALUE`",
            clause="1",
        ),
    ),
    fault(
        "a choice is compared",
        change(EDITION, "treatment_intent is curative", "treatment_intent = curative"),
        error(
            EDITION,
            "treatment_intent = curative",
            "`treatment_intent` is a choice fact and cannot be compared",
            "write `treatment_intent is curative`",
            clause="1",
        ),
    ),
    fault(
        "a fact is asked to be absent that cannot be",
        change(EDITION, "\nconcurrent_proton_therapy\n", "\nconcurrent_proton_therapy is absent\n"),
        error(
            EDITION,
            "concurrent_proton_therapy is absent",
            "`concurrent_proton_therapy` cannot be absent",
            "does not declare `absent`",
            clause="limitations",
        ),
    ),
    fault(
        "a number is looked for in a list",
        change(EDITION, "  - age < 21 years", "  - age in codes.required"),
        error(EDITION, "age in codes.required", "`age` is a number fact and cannot be in a list", clause="3"),
    ),
    fault(
        "a sentence is no phrase of the format",
        change(EDITION, "  - age < 21 years", "  - the patient is younger than 21 years"),
        error(EDITION, "the patient is younger than 21 years", "is not a phrase of the format: write", clause="3"),
    ),
    fault(
        "an open choice without values is asked for one",
        change(TEMPLATE, "product in products", "product is hmo"),
        error(TEMPLATE, "product is hmo", "`product` declares no values", "write `product in LIST`", clause="products"),
        guideline="template",
    ),
)

REIRRADIATION = "all:\n  - previously_irradiated\n  - diagnosis in neoplasm\n"

TREES = (
    fault(
        "a combiner is misspelt",
        change(EDITION, REIRRADIATION, "al:\n  - previously_irradiated\n  - diagnosis in neoplasm\n"),
        error(
            EDITION,
            "al:\n  - previously_irradiated",
            "`al:` is not `all:`, `any:`, `none:` or `at least N:`",
            "did you mean `all`?",
            clause="2",
        ),
    ),
    fault(
        "a combiner is that of another language",
        change(EDITION, "  - none: diagnosis in distant-metastasis", "  - not: diagnosis in distant-metastasis"),
        error(EDITION, "not: diagnosis in distant", "`not:` is not `all:`", "did you mean `none`?", clause="1"),
    ),
    fault(
        "at least no part is asked for",
        change(EDITION, REIRRADIATION, "at least 0:\n  - previously_irradiated\n  - diagnosis in neoplasm\n"),
        error(EDITION, "at least 0:", "`at least 0:` is not", "did you mean `at least 2`?", clause="2"),
    ),
    fault(
        "more parts are asked for than there are",
        change(EDITION, "all:\n  - age < 21 years", "at least 5:\n  - age < 21 years"),
        error(EDITION, "at least 5:", "`at least 5` can never be met: it has only 3 parts", clause="3"),
    ),
    fault(
        "a combination has an empty list of parts",
        change(EDITION, REIRRADIATION, "all: []\n"),
        error(EDITION, "all: ▸[]", "`all:` has no parts", clause="2"),
    ),
    fault(
        "a combination has no parts",
        change(EDITION, REIRRADIATION, "all:\n"),
        error(EDITION, "```rule 2 Re-irradiation\nall:▸", "`all:` has no parts", clause="2"),
    ),
    fault(
        "a part is empty",
        change(EDITION, REIRRADIATION, "all:\n  - previously_irradiated\n  -\n  - diagnosis in neoplasm\n"),
        error(EDITION, "  - previously_irradiated\n  -▸\n", "nothing is written here", clause="2"),
    ),
    fault(
        "two combiners stand in one part",
        change(
            EDITION,
            "  - none: diagnosis in distant-metastasis\n",
            "  - none: diagnosis in distant-metastasis\n    any: [radiation_required]\n",
        ),
        error(EDITION, "none: diagnosis in distant", "a rule is one phrase, or one of `all:`", clause="1"),
    ),
    fault(
        "parts stand without a combiner",
        change(EDITION, REIRRADIATION, "- previously_irradiated\n- diagnosis in neoplasm\n"),
        error(EDITION, "- previously_irradiated\n- diagnosis", "a rule is one phrase, or one of `all:`", clause="2"),
    ),
    fault(
        "a part stands twice",
        change(EDITION, REIRRADIATION, REIRRADIATION + "  - previously_irradiated\n"),
        warning(
            EDITION,
            "```rule 2 Re-irradiation",
            "the part `previously_irradiated` stands twice in one combination",
            clause="2",
        ),
    ),
    fault(
        "a combiner stands twice, one above the other",
        change(EDITION, REIRRADIATION, "all:\n" + REIRRADIATION),
        error(EDITION, "```rule 2 Re-irradiation\nall:\n▸all:", "`all` is given twice; keep one of them", clause="2"),
    ),
    fault(
        "a combiner is given twice",
        change(EDITION, REIRRADIATION, REIRRADIATION + "all: [radiation_required]\n"),
        error(EDITION, "all: [radiation_required]", "`all` is given twice; keep one of them", clause="2"),
    ),
    fault(
        "a rule is no YAML: a bracket stays open",
        change(EDITION, REIRRADIATION, "all: [previously_irradiated, diagnosis in neoplasm\n\n"),
        error(EDITION, "neoplasm\n\n▸```", "this is not YAML", clause="2"),
    ),
    fault(
        "a rule is no YAML: a part is indented with a tab",
        change(EDITION, REIRRADIATION, "all:\n  - previously_irradiated\n\t- diagnosis in neoplasm\n"),
        error(EDITION, "irradiated\n▸\t- diagnosis", "this is not YAML", clause="2"),
    ),
    fault(
        "a rule is empty",
        change(EDITION, REIRRADIATION, ""),
        error(EDITION, "```rule 2 Re-irradiation\n▸```", "nothing is written here", clause="2"),
    ),
)

CLAUSES = (
    fault(
        "a clause rests on itself",
        change(EDITION, "  - previously_irradiated", "  - clause 2"),
        error(EDITION, "```rule 2 Re-irradiation", "clause `2` refers to itself: 2 → 2", clause="2"),
    ),
    fault(
        "two clauses rest on one another",
        change(EDITION, "  - previously_irradiated", "  - clause 3"),
        change(EDITION, "  - radiation_required", "  - clause 2"),
        error(EDITION, "```rule 2 Re-irradiation", "clause `2` refers to itself: 2 → 3 → 2", clause="2"),
    ),
    fault(
        "no rung of the ladder reaches a clause",
        change(EDITION, "[clause 1, clause 2, clause 3]", "[clause 1, clause 3]"),
        error(EDITION, "```rule 2 Re-irradiation", "no rung of the ladder reaches clause `2`", clause="2"),
        answers_change=True,
    ),
    fault(
        "no rung reaches a clause, and so none of those that it looks at",
        change(EDITION, "[clause 1, clause 2, clause 3]", "[clause 2, clause 3]"),
        error(EDITION, "```rule 1 Definitive", "no rung of the ladder reaches clause `1`", clause="1"),
        answers_change=True,
    ),
)

FAULTS = UNKNOWN_WORDS + PHRASES + TREES + CLAUSES
