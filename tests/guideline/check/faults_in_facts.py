"""Faults in facts.yaml: what is no fact, formulas and units that do not fit, names that nothing uses."""

from tests.guideline.check.seed import LATIN_1, TOP, add, change, error, fault, remove, rename, warning

EDITION = "2025-10-01.md"
FACTS = "facts.yaml"
CODES = "codes.csv"
DIAGNOSES = "diagnoses.csv"

SHAPES = (
    fault(
        "facts.yaml is missing: neither rules nor tables are blamed",
        remove(FACTS),
        error(FACTS, TOP, "the guideline lacks facts.yaml"),
    ),
    fault(
        "facts.yaml is misnamed",
        rename(FACTS, "fact.yaml"),
        error("fact.yaml", TOP, "this file is not part of a guideline", "did you mean `facts.yaml`?"),
    ),
    fault(
        "facts.yaml is not UTF-8",
        change(FACTS, "question: What is the intent", f"question: What is the int{LATIN_1}nt"),
        error(FACTS, "\n▸  question: What is the int", "this file is not UTF-8"),
    ),
    fault(
        "facts.yaml is no YAML",
        change(FACTS, "title: Technique\n", "title: Technique: how\n"),
        error(FACTS, "title: Technique▸: how", "this is not YAML"),
    ),
    fault(
        "facts.yaml is a list",
        remove(FACTS),
        add(FACTS, "- technique\n- age\n"),
        error(FACTS, "- technique", "facts.yaml must be facts by name"),
    ),
    fault(
        "a fact stands twice",
        change(FACTS, "\nradiation_required:", "\npreviously_irradiated:"),
        error(FACTS, "previously_irradiated:\n  type: yes/no\n  says:\n    yes: radiation", "is given twice"),
    ),
    fault(
        "the line with a fact's name is lost: all that it then says twice is told once",
        change(FACTS, "\nage:\n", "\n"),
        error(
            FACTS,
            "\n  ▸type: number",
            "`type`, `title`, `question`, `help` are given twice",
            "is the name missing above them",
        ),
    ),
    fault(
        "the line with a fact's name is indented",
        change(FACTS, "\nage:\n", "\n  age:\n"),
        error(FACTS, "\n  ▸type: number", "`type`, `title`, `question`, `help` are given twice", "or indented?"),
    ),
    fault(
        "a name in a fact is given twice",
        change(FACTS, "  unit: years\n", "  unit: years\n  unit: months\n"),
        error(FACTS, "unit: months", "`unit` is given twice; keep one of them"),
    ),
    fault(
        "a fact's name is misspelt: its leaves and its column are told once",
        change(FACTS, "\ntechnique:", "\ntehcnique:"),
        error(
            "2025-01-01@2024-09-19.md",
            "          - ▸technique is imrt",
            "no fact `technique` is declared in facts.yaml",
            "did you mean `tehcnique`?",
            "also in",
            "codes.csv:1",
            clause="codes",
        ),
    ),
    fault(
        "a fact's name cannot be one",
        change(FACTS, "\nradiation_required:", "\nradiation-required:"),
        error(FACTS, "radiation-required:", "`radiation-required` cannot be a fact's name: lower case, digits and `_`"),
    ),
    fault(
        "a fact has no type",
        change(FACTS, "previously_irradiated:\n  type: yes/no\n", "previously_irradiated:\n"),
        error(FACTS, "previously_irradiated:\n  ▸says", "the fact `previously_irradiated` lacks `type`"),
    ),
    fault(
        "a type is misspelt",
        change(FACTS, "treatment_intent:\n  type: choice", "treatment_intent:\n  type: choise"),
        error(FACTS, "type: ▸choise", "not `choise`", "did you mean `choice`?"),
    ),
    fault(
        "a name in a fact is misspelt",
        change(FACTS, "  help: VMAT", "  hlep: VMAT"),
        error(FACTS, "hlep: VMAT", "the fact `technique` has no `hlep`", "did you mean `help`?"),
    ),
    fault(
        "a name that is needed is misspelt",
        change(FACTS, "  values:\n    imrt", "  vlaues:\n    imrt"),
        error(FACTS, "vlaues:", "the fact `technique` has no `vlaues`", "did you mean `values`?"),
    ),
    fault(
        "a fact has no question",
        change(FACTS, "  question: Is radiation therapy required to treat this tumor?\n", ""),
        error(FACTS, "radiation_required:\n  ▸type", "the fact `radiation_required` lacks `question`"),
    ),
    fault(
        "a choice has no values",
        change(
            FACTS,
            "  values:\n    curative: treatment is with curative intent\n    local-control: treatment aims at lasting local control\n"
            "    palliative: treatment is palliative\n",
            "",
        ),
        error(FACTS, "treatment_intent:\n  ▸type", "the fact `treatment_intent` lacks `values`"),
    ),
    fault(
        "a yes/no fact has one sentence only",
        change(FACTS, "    no: radiation therapy is not required for the tumor\n", ""),
        error(FACTS, "radiation_required:\n  ▸type", "`says` needs a sentence for `yes` and one for `no`"),
    ),
    fault(
        "a value is written in upper case",
        change(FACTS, "    curative: treatment", "    Curative: treatment"),
        error(FACTS, "Curative: treatment", "a value is written in lower case: `curative`, not `Curative`"),
    ),
    fault(
        "a value is misspelt where it is declared: leaves, codes of FHIR and cells that use it are told once",
        change(FACTS, "    vmat: the technique", "    vmta: the technique"),
        error(
            "2025-01-01@2024-09-19.md",
            "          - ▸technique is vmat",
            "`technique` offers no `vmat`",
            "did you mean `vmta`?",
            "also in 2025-01-01@2025-01-15.md",
            "codes.csv:2, facts.yaml:",
            clause="codes",
        ),
    ),
    fault(
        "nobody is named who can answer",
        change(FACTS, "  help: The treating physician's statement suffices.\n", "  answered by: requestor\n"),
        error(FACTS, "answered by: ▸requestor", "`requester` or `reviewer`", "did you mean `requester`?"),
    ),
    fault(
        "a code of FHIR means a value that there is not",
        change(FACTS, '363676003": palliative', '363676003": paliative'),
        error(
            FACTS,
            '363676003": ▸paliative',
            "a code means `curative`, `local-control` or `palliative`, not `paliative`",
            "did you mean `palliative`?",
        ),
    ),
)

FORMULAS = (
    fault(
        "a unit is not known",
        change(FACTS, "  unit: years\n", "  unit: yaers\n"),
        error(FACTS, "unit: ▸yaers", "no unit `yaers` is known", "did you mean `years`?"),
    ),
    fault(
        "a unit does not match the formula",
        change(FACTS, "  unit: years\n", "  unit: days\n"),
        error(FACTS, "unit: ▸days", "the formula gives years, not days"),
    ),
    fault(
        "a formula is none",
        change(FACTS, "whole years from member_birth_date to", "years from member_birth_date until"),
        error(FACTS, "from: ▸years", "`from` must be `whole years from A to B`", "not `years from"),
    ),
    fault(
        "a fact is derived from one that nothing declares",
        change(FACTS, "years from member_birth_date to", "years from member_brith_date to"),
        error(FACTS, "age:\n", "no fact `member_brith_date` is declared", "did you mean `member_birth_date`?"),
    ),
    fault(
        "a span of time is derived from a choice",
        change(FACTS, "years from member_birth_date to", "years from technique to"),
        error(FACTS, "age:\n", "`technique` is a choice fact; this formula needs a date"),
    ),
    fault(
        "a derived fact is a date",
        change(FACTS, "age:\n  type: number\n  unit: years\n", "age:\n  type: date\n"),
        error(FACTS, "age:\n", "`age` is derived, so its type is `number`"),
    ),
    fault(
        "a fact is derived from itself",
        change(FACTS, "years from member_birth_date to", "years from age to"),
        error(FACTS, "age:\n", "a fact is derived from itself: age → age"),
    ),
    fault(
        "two facts are derived from one another",
        change(FACTS, "  unit: kg\n", "  unit: kg\n  from: body_mass_index / height_squared\n"),
        error(FACTS, "\n▸weight:", "a fact is derived from itself: weight → body_mass_index → weight"),
        guideline="template",
    ),
)

MORE_FACT = """
karnofsky_score:
  type: number
  unit: points
  title: Karnofsky score
  question: What is the Karnofsky score?
"""

USES = (
    fault(
        "no rule asks a fact",
        change(FACTS, "\nage:\n", f"{MORE_FACT}\nage:\n"),
        warning(FACTS, "karnofsky_score:", "no rule asks the fact `karnofsky_score`"),
    ),
    fault(
        "no rule asks a set",
        change(FACTS, "    malignant: a malignant", "    benign: a benign neoplasm\n    malignant: a malignant"),
        change(DIAGNOSES, "malignant,D00-D09,", "benign,D10-D36,clear,Benign neoplasms,\nmalignant,D00-D09,"),
        warning(FACTS, "\n▸diagnosis:", "no rule asks the set `benign` of `diagnosis`"),
    ),
    fault(
        "a set that no rule asks has no rows either",
        change(FACTS, "    malignant: a malignant", "    benign: a benign neoplasm\n    malignant: a malignant"),
        warning(FACTS, "\n▸diagnosis:", "no rule asks the set `benign` of `diagnosis`"),
    ),
    fault(
        "a set has no rows",
        change(
            DIAGNOSES,
            "malignant,C00-C96,ambiguous,Malignant neoplasms,local control of a malignancy is not what A3 means by it: "
            "a clinician decides\nmalignant,D00-D09,ambiguous,In situ neoplasms,in situ\n",
            "",
        ),
        error(FACTS, "\n▸diagnosis:", "the set `malignant` of `diagnosis` has no row in diagnoses.csv"),
        answers_change=True,
    ),
    fault(
        "a set is misspelt where it is declared: the rule and the rows that use it are told once",
        change(FACTS, "    malignant: a malignant", "    malignent: a malignant"),
        error(
            EDITION,
            "diagnosis in malignant",
            "`malignant` is neither a clause of this edition nor a set of `diagnosis`",
            "did you mean `malignent`?",
            "also in diagnoses.csv",
            clause="1",
        ),
    ),
    fault(
        "a column of the cases is renamed: it is told once, and no case is blamed for the answer",
        change(FACTS, "  column: diagnosis_codes", "  column: diagnosis_code"),
        error(
            "cases/1.a/base-of-tongue.yaml",
            "diagnosis_codes:",
            "no fact is read from a column `diagnosis_codes`",
            "did you mean `diagnosis_code`?",
            "also in",
            clause="1.a",
        ),
    ),
)

FAULTS = SHAPES + FORMULAS + USES
