"""Faults in the front matter of an edition, its ladder among them, and in the names of files."""

from tests.guideline.check.seed import LATIN_1, TOP, add, change, error, fault, rename, repeat, warning

EDITION = "2025-10-01.md"
TEMPLATE = "2026-01-01.md"

FRONT = (
    fault(
        "a name in the front matter is not known",
        change(EDITION, "criteria: held", "criteria: held\nversion: 3"),
        error(EDITION, "version: 3", "the front matter has no `version`"),
    ),
    fault(
        "a name in the front matter is misspelt",
        change(EDITION, "decided: 2025-08-20\ntext", "decidde: 2025-08-20\ntext"),
        error(EDITION, "decidde", "the front matter has no `decidde`", "did you mean `decided`?"),
    ),
    fault(
        "the name of the published text's place is misspelt",
        change(EDITION, "text: published", "txet: published"),
        error(EDITION, "txet", "the front matter has no `txet`", "did you mean `text`?"),
    ),
    fault(
        "the name of the guideline's place is misspelt",
        change(EDITION, "guideline: imrt", "giudeline: imrt"),
        error(EDITION, "giudeline", "the front matter has no `giudeline`", "did you mean `guideline`?"),
    ),
    fault(
        "a name in the front matter is missing",
        change(EDITION, "plan: CarePartners of Connecticut\n", ""),
        error(EDITION, "---\n▸guideline", "the front matter lacks `plan`"),
    ),
    fault(
        "a date in the front matter is none",
        change(EDITION, "effective: 2025-10-01\n", "effective: October 1, 2025\n"),
        error(EDITION, "effective: ▸October", "`effective` must be a date like 2025-10-01, not `October 1, 2025`"),
    ),
    fault(
        "a date in the front matter does not exist",
        change(EDITION, "decided: 2025-08-20\ntext", "decided: 2025-02-30\ntext"),
        error(EDITION, "decided: ▸2025-02-30", "`decided` must be a date like 2025-10-01, not `2025-02-30`"),
    ),
    fault(
        "a name in the front matter is given twice",
        change(EDITION, "criteria: held", "criteria: held\ntitle: IMRT"),
        error(EDITION, "title: IMRT", "`title` is given twice; keep one of them"),
    ),
    fault(
        "what is held of the criteria is misspelt",
        change(EDITION, "criteria: held", "criteria: not-held"),
        error(EDITION, "criteria: ▸not-held", "`criteria` is `held` or `not held`", "did you mean `not held`?"),
    ),
    fault(
        "the front matter is no YAML",
        change(EDITION, "title: Intensity-Modulated Radiation Therapy (IMRT)\n", "title: IMRT: the guideline\n"),
        error(EDITION, "title: IMRT▸: the", "this is not YAML"),
    ),
    fault(
        "the front matter is not closed",
        change(EDITION, "    reason: criteria-not-met\n---\n", "    reason: criteria-not-met\n"),
        error(EDITION, TOP, "the file must start with front matter between two lines `---`"),
    ),
    fault(
        "there is no ladder",
        change(
            "2025-01-01@2025-01-15.md",
            """ladder:
  - when: {none: [{all: [clause products, clause codes]}]}
    outcome: not-applicable
  - when: clause codes.2025-01-15
    outcome: not-required
  - otherwise: clinical-review
    reason: judgement
""",
            "",
        ),
        error("2025-01-01@2025-01-15.md", "---\n▸guideline", "the front matter lacks `ladder`"),
    ),
)

OTHERWISE = "  - otherwise: clinical-review\n    reason: criteria-not-met\n"
MINORS = "  - when: clause note-minors\n"

LADDER = (
    fault(
        "the ladder ends without otherwise",
        change(EDITION, OTHERWISE, ""),
        error(EDITION, "  - ▸when: {any: [clause 1", "the last rung, and no other, is `otherwise: OUTCOME`"),
    ),
    fault(
        "otherwise stands in the middle",
        change(EDITION, OTHERWISE, ""),
        change(EDITION, MINORS, OTHERWISE + MINORS),
        error(EDITION, "otherwise: clinical-review", "the last rung, and no other, is `otherwise: OUTCOME`"),
    ),
    fault(
        "otherwise stands twice",
        change(EDITION, MINORS, OTHERWISE + MINORS),
        error(
            EDITION,
            "  - ▸otherwise: clinical-review\n    reason: criteria-not-met\n  - when",
            "the last rung, and no other, is `otherwise: OUTCOME`",
        ),
    ),
    fault(
        "a rung denies",
        change(EDITION, "    outcome: clinical-review\n    reason: limitation\n", "    outcome: denied\n"),
        error(EDITION, "outcome: ▸denied", "a rung leads to", "or `approved`, not `denied`"),
    ),
    fault(
        "the last rung denies",
        change(EDITION, OTHERWISE, "  - otherwise: denied\n"),
        error(EDITION, "otherwise: ▸denied", "a rung leads to", "or `approved`, not `denied`"),
    ),
    fault(
        "the outcome of a rung is misspelt",
        change(EDITION, "outcome: approved", "outcome: aproved"),
        error(EDITION, "outcome: ▸aproved", "a rung leads to", "did you mean `approved`?"),
    ),
    fault(
        "an outcome is one that only the engine finds",
        change(EDITION, "outcome: approved", "outcome: information-needed"),
        error(EDITION, "outcome: ▸information-needed", "a rung leads to", "not `information-needed`"),
    ),
    fault(
        "the reason of a rung is misspelt",
        change(EDITION, "reason: limitation", "reason: limitations"),
        error(EDITION, "reason: ▸limitations", "`reason` is `limitation`", "did you mean `limitation`?"),
    ),
    fault(
        "an approval has a reason",
        change(EDITION, "outcome: approved", "outcome: approved\n    reason: judgement"),
        error(EDITION, "reason: ▸judgement", "only `clinical-review` has a reason"),
    ),
    fault(
        "a rung for review has no reason",
        change(EDITION, "    reason: limitation\n", ""),
        error(EDITION, "  - ▸when: clause limitations", "a rung lacks `reason`"),
    ),
    fault(
        "a rung grants what there is not",
        change(TEMPLATE, "grants: {period: 12 months, units: 1}", "grants: {period: 12 months, unit: 1}"),
        error(TEMPLATE, "unit: 1", "a rung grants `period` and `units`, not `unit`", "did you mean `units`?"),
        guideline="template",
    ),
    fault(
        "a rung grants a period that is none",
        change(TEMPLATE, "period: 12 months", "period: 12 moths"),
        error(TEMPLATE, "period: ▸12 moths", "`period` is a span of time like `12 months`, not `12 moths`"),
        guideline="template",
    ),
    fault(
        "a rung grants a number that is none",
        change(TEMPLATE, "months, units: 1}", "months, units: one}"),
        error(TEMPLATE, "units: ▸one", "`units` is a whole number, not `one`"),
        guideline="template",
    ),
    fault(
        "a name in a rung is misspelt",
        change(EDITION, MINORS, "  - wehn: clause note-minors\n"),
        error(EDITION, "wehn:", "a rung has no `wehn`", "did you mean `when`?"),
    ),
    fault(
        "the first line of a rung is lost, so that two rungs are one",
        change(EDITION, MINORS, ""),
        error(EDITION, "outcome: not-required\n    ▸outcome", "`outcome` is given twice; keep one of them"),
    ),
    fault(
        "otherwise is misspelt",
        change(EDITION, OTHERWISE, "  - othrwise: clinical-review\n    reason: criteria-not-met\n"),
        error(EDITION, "othrwise:", "a rung has no `othrwise`", "did you mean `otherwise`?"),
    ),
    fault(
        "a rung asks for a clause that is not there",
        change(EDITION, MINORS, "  - when: clause note-minor\n"),
        error(EDITION, "clause note-minor\n", "no clause `note-minor` has a rule", "did you mean `note-minors`?"),
    ),
    fault(
        "a rung's condition is no tree",
        change(EDITION, "when: {any: [clause 1,", "when: {ayn: [clause 1,"),
        error(EDITION, "ayn: [clause 1", "`ayn:` is not `all:`", "did you mean `any`?"),
    ),
)

FILES = (
    fault(
        "an edition is not named after its dates",
        change(EDITION, "effective: 2025-10-01\n", "effective: 2025-10-02\n"),
        error(EDITION, TOP, "this edition's file must be named `2025-10-02.md`"),
        answers_change=True,
    ),
    fault(
        "an edition that shares its effective date is not named after the date decided",
        change("2025-01-01@2025-01-15.md", "\ndecided: 2025-01-15\n", "\ndecided: 2025-01-16\n"),
        error("2025-01-01@2025-01-15.md", TOP, "this edition's file must be named `2025-01-01@2025-01-16.md`"),
        answers_change=True,
    ),
    fault(
        "an edition belongs to another guideline",
        change(EDITION, "guideline: imrt", "guideline: imtr"),
        error(EDITION, "guideline: ▸imtr", "`guideline` is `imtr`, but the folder is named `imrt`"),
    ),
    fault(
        "an edition is not UTF-8: the diagnoses of its clauses are not blamed",
        change(EDITION, "MRI or PET", f"MRI or P{LATIN_1}T"),
        error(EDITION, "▸Intensity-modulated radiation therapy (IMRT) is an advanced", "this file is not UTF-8"),
    ),
    fault(
        "the only edition is not UTF-8",
        change(TEMPLATE, "Habitual snoring", f"Habitual snoring {LATIN_1}"),
        error(TEMPLATE, "▸b. Habitual", "this file is not UTF-8"),
        guideline="template",
    ),
    fault(
        "of two editions that share a date one cannot be read: the other is rightly named",
        rename(TEMPLATE, "2026-01-01@2025-11-12.md"),
        add("2026-01-01@2025-12-10.md", "---\neffective: 2026-01-01: again\n---\n"),
        error("2026-01-01@2025-12-10.md", "2026-01-01▸: again", "this is not YAML"),
        guideline="template",
    ),
    fault(
        "two editions have the same dates",
        repeat(TEMPLATE, "2026-01-01@2025-11-12.md"),
        error("2026-01-01@2025-11-12.md", TOP, "this edition has the dates of `2026-01-01.md`"),
        guideline="template",
    ),
    fault(
        "a file is no part of a guideline",
        add("notes.csv", "a,b\n"),
        warning("notes.csv", TOP, "this file is not part of a guideline"),
    ),
    fault(
        "a file is misnamed",
        rename("diagnoses.csv", "diagnosis.csv"),
        error("diagnosis.csv", TOP, "this file is not part of a guideline", "did you mean `diagnoses.csv`?"),
    ),
)

FAULTS = FRONT + LADDER + FILES
