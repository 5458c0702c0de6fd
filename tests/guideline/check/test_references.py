"""What the rules refer to and what refers to them: nothing circular, nothing idle."""

from pathlib import Path

from tests.guideline.check.told import HEADER, told_by
from tests.guideline.samples import BODY, EDITION, FACTS, FRONT

from isodose.guideline.check.references import (
    clauses_are_reached,
    facts_are_asked,
    lists_are_asked,
    parts_differ,
    rows_are_asked,
    sets_are_asked,
    targets_have_rows,
)


def rules(**trees: str) -> dict[str, str]:
    """The sample's edition with other rules, each by the name of its clause; the ladder asks for clauses 1 and 2."""
    blocks = "".join(f"\n{name}. Words.\n\n```rule {name}\n{tree}\n```\n" for name, tree in trees.items())
    return {"2025-01-01": FRONT + BODY[: BODY.index("1. Symptoms")] + blocks}


def test_a_clause_that_no_rung_reaches_is_told(tmp_path: Path) -> None:
    idle = {"1": "clause 3", "2": "symptoms", "3": "symptoms", "4": "symptoms", "5": "clause 6", "6": "symptoms"}
    assert told_by(clauses_are_reached, tmp_path, **rules(**idle)) == [
        "error 2025-01-01.md:47:1 [4] no rung of the ladder reaches clause `4`",
        "error 2025-01-01.md:53:1 [5] no rung of the ladder reaches clause `5`",
    ]


def test_each_edition_reaches_its_own_clauses(tmp_path: Path) -> None:
    later = EDITION.replace("effective: 2025-01-01", "effective: 2026-01-01")
    early = rules(**{"1": "symptoms", "2": "symptoms", "3": "symptoms"})
    assert told_by(clauses_are_reached, tmp_path, **early, **{"2026-01-01": later}) == [
        "error 2025-01-01.md:41:1 [3] no rung of the ladder reaches clause `3`"
    ]


def test_a_part_that_stands_twice_is_warned_of_once_for_each_combination(tmp_path: Path) -> None:
    trees = {
        "1": "any:\n  - symptoms\n  - all: [bmi  >= 30 kg/m2, bmi >= 30 kg/m2, bmi >= 30 kg/m2]\n  - symptoms",
        "2": "all:\n  - any: [symptoms, abnormal_airway]\n  - any: [symptoms, abnormal_airway]\n"
        "  - any: [abnormal_airway, symptoms]",
    }
    edition = rules(**trees)["2025-01-01"].replace(
        "{any: [clause 1, clause 2]}", "{any: [clause 1, clause 2, clause 1]}"
    )
    twice = "stands twice in one combination"
    assert told_by(parts_differ, tmp_path, **{"2025-01-01": edition}) == [
        f"warning 2025-01-01.md:12:5 the part `clause 1` {twice}",
        f"warning 2025-01-01.md:29:1 [1] the part `bmi >= 30 kg/m2` {twice}",
        f"warning 2025-01-01.md:29:1 [1] the part `symptoms` {twice}",
        f"warning 2025-01-01.md:38:1 [2] the part `any: - symptoms - abnormal_airway` {twice}",
    ]


MORE_FACTS = """
weight: {type: number, unit: kg, title: Weight, question: How heavy?}
height_squared: {type: number, title: Height, question: How tall?}
quotient: {type: number, title: Index, question: What index?, from: weight / height_squared}
technique: {type: choice, values: {home: it is at home}, title: Technique, question: Which technique?}
"""


def test_a_fact_that_nothing_asks_is_warned_of(tmp_path: Path) -> None:
    """Asked by a rule, needed by another fact, limited by a code, or had by every guideline: each is enough."""
    files = {"facts": FACTS + MORE_FACTS, "codes": "code,valid_from,valid_to,technique\n95810,,,home\n95811,,,\n"}
    idle = ["diagnosis", "home_study_possible", "severity", "setting", "studies", "since_last_study", "age", "quotient"]
    told = told_by(facts_are_asked, tmp_path, **files)
    assert [line.partition(" no rule")[2] for line in told] == [f" asks the fact `{name}`" for name in idle[1:]]
    assert told[0] == "warning facts.yaml:14:1 no rule asks the fact `home_study_possible`"


def test_a_set_that_no_rule_asks_is_warned_of_and_one_without_rows_is_wrong(tmp_path: Path) -> None:
    asking = rules(**{"1": "diagnosis in sleep-disorder", "2": "symptoms"})
    assert told_by(sets_are_asked, tmp_path, **asking, diagnoses=HEADER) == [
        "error facts.yaml:1:1 the set `sleep-disorder` of `diagnosis` has no row in diagnoses.csv",
        "warning facts.yaml:1:1 no rule asks the set `airway-tumor` of `diagnosis`",
    ]


def test_a_set_has_its_rows_or_the_file_itself_is_lacking(tmp_path: Path) -> None:
    asking = rules(**{"1": "any: [diagnosis in sleep-disorder, diagnosis in airway-tumor]", "2": "symptoms"})
    rows = HEADER + "sleep-disorder,G47,clear,,\nairway-tumor,C32,clear,,\n"
    (tmp_path / "a").mkdir()
    assert told_by(sets_are_asked, tmp_path / "a", **asking, diagnoses=rows) == []
    assert told_by(sets_are_asked, tmp_path, **asking) == []


def test_rules_that_ask_for_diagnoses_need_the_map(tmp_path: Path) -> None:
    asking = rules(**{"1": "diagnosis in sleep-disorder", "2": "symptoms"})
    assert told_by(targets_have_rows, tmp_path, **asking) == [
        "error diagnoses.csv:1:1 the rules ask for diagnoses, but the guideline lacks diagnoses.csv"
    ]


def test_rules_that_ask_for_none_need_no_map(tmp_path: Path) -> None:
    assert told_by(targets_have_rows, tmp_path) == []


def test_a_clause_that_diagnoses_are_looked_for_in_has_a_row_or_one_below_it_has(tmp_path: Path) -> None:
    asking = rules(
        **{
            "1": "any: [diagnosis in 1, diagnosis in 2, diagnosis in 2]",
            "2": "all: [diagnosis in 2, diagnosis in sleep-disorder]",
            "3": "diagnosis in 3",
            "3.a": "symptoms",
        }
    )
    rows = HEADER + "1,G47,clear,,\n3.a,G25,clear,,\n,C32,aside,,\n"
    assert told_by(targets_have_rows, tmp_path, **asking, diagnoses=rows) == [
        "warning 2025-01-01.md:29:1 [1] no row of diagnoses.csv belongs to `2`, so that no diagnosis is in it",
        "warning 2025-01-01.md:35:1 [2] no row of diagnoses.csv belongs to `2`, so that no diagnosis is in it",
    ]


def test_a_clause_whose_rows_nothing_looks_for_is_told_at_its_first_row(tmp_path: Path) -> None:
    asking = rules(**{"1": "diagnosis in 1", "1.a": "symptoms", "2": "diagnosis in sleep-disorder", "10": "symptoms"})
    rows = HEADER + (
        "10,G25,clear,,\n1.a,G47.3,clear,,\n1,G47,clear,,\n10,G25.81,clear,,\n,C32,aside,,\n"
        "sleep-disorder,G47,clear,,\nairway-tumor,C32,clear,,\n2,C32.1,clear,,\n"
    )
    assert told_by(rows_are_asked, tmp_path, **asking, diagnoses=rows) == [
        "warning diagnoses.csv:2:1 [10] no rule looks for a diagnosis in `10`",
        "warning diagnoses.csv:9:1 [2] no rule looks for a diagnosis in `2`",
    ]


def test_a_group_of_codes_that_no_rule_of_the_edition_asks_is_warned_of(tmp_path: Path) -> None:
    stated = "required: [95810, 95811]\nnot-required: [95806]\n```\n\n```data codes.home\nrequired: [95800]\n"
    edition = EDITION.replace("required: [95810, 95811]\n", stated)
    later = EDITION.replace("effective: 2025-01-01", "effective: 2026-01-01")
    assert told_by(lists_are_asked, tmp_path, **{"2025-01-01": edition, "2026-01-01": later}) == [
        "warning 2025-01-01.md:22:1 no rule of this edition asks the list `codes.not-required`",
        "warning 2025-01-01.md:27:1 no rule of this edition asks the list `codes.home.required`",
    ]
