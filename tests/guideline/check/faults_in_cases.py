"""Faults in the worked cases: what cannot be read, what is not there, and answers that are wrong."""

from tests.guideline.check.seed import LATIN_1, TOP, add, change, error, fault, rename, warning

ADULT = "cases/3/twenty-one-by-criterion-one.yaml"
OPEN = "cases/1/local-control-of-malignancy-reason-not-stated.yaml"
JUDGED = "cases/3/under-21-not-a-tumor-judged.yaml"

SMALL = """\
title: A case
why: It shows nothing new.
facts:
  date_of_service: 2024-12-31
  procedure_code: 77386
expect:
  outcome: not-applicable
"""

SHAPES = (
    fault(
        "a case is no YAML",
        change(ADULT, "  technique: vmat\n", "  technique: vmat\n   treatment_intent: curative\n"),
        error(ADULT, "treatment_intent▸: curative\n  treatment_intent", "this is not YAML", clause="3"),
    ),
    fault(
        "a case is not UTF-8",
        change(ADULT, "osteosarcoma", f"ost{LATIN_1}osarcoma"),
        error(ADULT, TOP, "this file is not UTF-8", clause="3"),
    ),
    fault(
        "a case is empty",
        add("cases/3/new.yaml", "\n"),
        error("cases/3/new.yaml", TOP, "nothing is written here", clause="3"),
    ),
    fault(
        "a case does not say why",
        change(
            ADULT,
            "why: Criterion 3 has ended with the 21st birthday (A1), but criterion 1 is met and suffices (A23).\n",
            "",
        ),
        error(ADULT, "title:", "a worked case lacks `why`", clause="3"),
    ),
    fault(
        "a name in a case is misspelt",
        change(ADULT, "shows: [A1, A23]", "show: [A1, A23]"),
        error(ADULT, "show:", "a worked case has no `show`", "did you mean `shows`?", clause="3"),
    ),
    fault(
        "a case has no answer",
        change(ADULT, "expect:\n  outcome: approved\n  basis: [1, 1.f]\n", ""),
        error(ADULT, "title:", "a worked case lacks `expect`", clause="3"),
    ),
    fault(
        "a case is known on a day that does not exist",
        change(ADULT, "expect:\n", "as known on: 2025-02-29\nexpect:\n"),
        error(ADULT, "as known on: ▸2025-02-29", "`as known on` must be a date like 2025-01-20", clause="3"),
    ),
    fault(
        "a case lies in the folder of a clause that is not there",
        add("cases/1.z/new.yaml", SMALL),
        error("cases/1.z/new.yaml", TOP, "no clause `1.z` is in the guideline", clause="1.z"),
    ),
    fault(
        "a case lies in no folder",
        add("cases/new.yaml", SMALL),
        error("cases/new.yaml", TOP, "no clause `cases` is in the guideline", clause="cases"),
    ),
    fault(
        "a case has another ending, so that it would never be run",
        rename(ADULT, "cases/3/twenty-one-by-criterion-one.yml"),
        warning("cases/3/twenty-one-by-criterion-one.yml", TOP, "a worked case is a file `NAME.yaml`"),
    ),
)

WORDS = (
    fault(
        "a column of a case is misspelt",
        change(ADULT, "  treatment_intent: curative", "  treatment_intend: curative"),
        error(
            ADULT,
            "treatment_intend",
            "no fact is read from a column `treatment_intend`",
            "did you mean `treatment_intent`?",
            clause="3",
        ),
    ),
    fault(
        "a derived fact is given",
        change(ADULT, "  member_birth_date: 2004-11-03", "  age: 21"),
        error(
            ADULT,
            "age: 21",
            "no fact is read from a column `age`: it is derived; give `member_birth_date` and `date_of_service`",
            clause="3",
        ),
    ),
    fault(
        "a column is given twice",
        change(ADULT, "  technique: vmat\n", "  technique: vmat\n  technique: imrt\n"),
        error(ADULT, "technique: imrt", "`technique` is given twice; keep one of them", clause="3"),
    ),
    fault(
        "a missing fact is misspelt",
        change(OPEN, "missing: [dose_escalation_concern]", "missing: [dose_escalation_concerns]"),
        error(
            OPEN,
            "dose_escalation_concerns",
            "no fact `dose_escalation_concerns` is in the guideline",
            "did you mean `dose_escalation_concern`?",
            clause="1",
        ),
    ),
    fault(
        "the answer rests on a clause that is not there",
        change(ADULT, "basis: [1, 1.f]", "basis: [1, 1.ff]"),
        error(ADULT, "1.ff", "no clause `1.ff` is in the guideline", "did you mean `1.f`?", clause="3"),
    ),
    fault(
        "a reading is shown that is not there",
        change(ADULT, "shows: [A1, A23]", "shows: [A1, A32]"),
        error(ADULT, "A32", "no edition has a reading `A32`", "did you mean", clause="3"),
    ),
    fault(
        "the outcome of a case is misspelt",
        change(ADULT, "outcome: approved", "outcome: aproved"),
        error(ADULT, "outcome: ▸aproved", "not `aproved`", "did you mean `approved`?", clause="3"),
    ),
    fault(
        "an outcome denies",
        change(ADULT, "outcome: approved", "outcome: denied"),
        error(ADULT, "outcome: ▸denied", "`outcome` is `invalid`", "or `approved`, not `denied`", clause="3"),
    ),
    fault(
        "the reason of a case is misspelt",
        change(ADULT, "outcome: approved\n", "outcome: clinical-review\n  review_reason: judgment\n"),
        error(ADULT, "review_reason: ▸judgment", "not `judgment`", "did you mean `judgement`?", clause="3"),
    ),
    fault(
        "a case for review has no reason",
        change(ADULT, "outcome: approved\n", "outcome: clinical-review\n"),
        error(ADULT, "expect:\n  ▸outcome", "`expect` lacks `review_reason`", clause="3"),
    ),
    fault(
        "an edition is misspelt",
        change(ADULT, "outcome: approved\n", "outcome: approved\n  edition: 2025-10-1\n"),
        error(ADULT, "edition: ▸2025-10-1", "not `2025-10-1`", "did you mean `2025-10-01`?", clause="3"),
    ),
    fault(
        "a judgement is about a clause that is not there",
        change(JUDGED, "  - clause: 3\n", "  - clause: 33\n"),
        error(
            JUDGED,
            "expect:\n  ▸outcome",
            "outcome is `invalid`",
            "no clause `33` is in the guideline",
            "did you mean `3`?",
            clause="3",
        ),
    ),
    fault(
        "a judgement is nobody's",
        change(JUDGED, "    by: Dr. A. Lindqvist\n", ""),
        error(JUDGED, "expect:\n  ▸outcome", "outcome is `invalid`", "`judgements[0]` lacks `by`", clause="3"),
    ),
)

ANSWERS = (
    fault(
        "the expected outcome is wrong",
        change(
            ADULT, "  outcome: approved\n  basis: [1, 1.f]\n", "  outcome: covered-without-review\n  basis: [1, 1.f]\n"
        ),
        error(
            ADULT,
            "expect:\n  ▸outcome",
            "“21-year-old with osteosarcoma, curative”: outcome is `approved`, not `covered-without-review`",
            clause="3",
        ),
    ),
    fault(
        "the clauses that decided are wrong",
        change(ADULT, "basis: [1, 1.f]", "basis: [3]"),
        error(ADULT, "expect:\n  ▸outcome", "basis is 1, 1.f, not 3", clause="3"),
    ),
    fault(
        "what is missing is wrong",
        change(OPEN, "missing: [dose_escalation_concern]", "missing: [treatment_intent]"),
        error(OPEN, "expect:\n  ▸outcome", "missing is dose_escalation_concern, not treatment_intent", clause="1"),
    ),
    fault(
        "a fact of a case is mistyped",
        change(ADULT, "member_birth_date: 2004-11-03", "member_birth_date: 2004-11-31"),
        error(ADULT, "expect:\n  ▸outcome", "outcome is `invalid`", "not `approved`", "2004-11-31", clause="3"),
    ),
)

FAULTS = SHAPES + WORDS + ANSWERS
