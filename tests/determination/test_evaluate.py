"""The truth of every clause and rung for one case, also with what a reviewer found."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.guideline.samples import write

from isodose.determination.case import Judgement, case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.combine import truth_from
from isodose.determination.evaluate import Evaluation, Evaluator
from isodose.determination.finding import Finding
from isodose.determination.illness import Illnesses
from isodose.guideline.edition import Clause
from isodose.guideline.facts import Answerer
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise
from isodose.guideline.tree import All, Any, AtLeast, ClauseMet, NoneOf, Otherwise, Yes
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth

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
  - {when: clause 3, outcome: clinical-review, reason: limitation}
  - {when: {any: [clause 1, clause 2, clause 5]}, outcome: approved}
  - {otherwise: clinical-review, reason: criteria-not-met}
---

1. One.

```rule 1
all: [symptoms, diagnosis in 1]
```

a. Head

```rule 1.a
diagnosis in 1.a
```

i. Nose

```rule 1.a.i
diagnosis in 1.a.i
```

b. Chest

```rule 1.b
diagnosis in 1.b
```

2. Two.

```rule 2
all: [diagnosis in airway-tumor, at least 2: [symptoms, home_study_possible, bmi >= 30 kg/m2]]
```

3. Three.

```rule 3
none: [clause 4, abnormal_airway]
```

4. Four.

```rule 4
any: [severity is severe, severity is moderate]
```

5. Five.

```rule 5
all: [home_study_possible, diagnosis in 1.a]
```

6. Six.

```rule 6
clause 1.b
```
"""
DIAGNOSES = """\
in,codes,status,title,note
1.a,C30.1,ambiguous,,
1.a.i,C30.0,clear,,
1.a.i,C31.9,ambiguous,,
1.b,C34.2,clear,,
1.b,C38.4,ambiguous,,
airway-tumor,C30-C39,clear,,
airway-tumor,D14,ambiguous,,
"""
DAY = date(2025, 11, 3)
LETTERS = {MET: "T", NOT_MET: "F", UNKNOWN: "?"}


@pytest.fixture(scope="module")
def guideline(tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    folder = tmp_path_factory.mktemp("guideline")
    return load_or_raise(write(folder, diagnoses=DIAGNOSES, **{"2025-01-01": EDITION}))


class Asked:
    """One edition, asked with facts by column and what a reviewer found by clause or leaf."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        illnesses = Illnesses(guideline.diagnoses, guideline.release)
        self.evaluator = Evaluator(guideline, guideline.editions[0], illnesses)

    def __call__(self, judged: Mapping[str, Truth] | None = None, /, **row: object) -> Evaluation:
        case = case_from(row, self.guideline, JSON_CELLS)
        judgements = {
            target: Judgement(target, truth, "M. Reyes RN", DAY, "the note says so")
            for target, truth in (judged or {}).items()
        }
        return self.evaluator.evaluate(case._replace(judgements=judgements), DAY)


@pytest.fixture(scope="module")
def ask(guideline: Guideline) -> Asked:
    return Asked(guideline)


def clauses(found: Evaluation) -> dict[str, str]:
    return {of.node.id: LETTERS[of.truth] for of in found.clauses if isinstance(of.node, Clause)}


def rungs(found: Evaluation) -> str:
    return "".join(LETTERS[rung.truth] for rung in found.rungs)


def test_every_clause_is_looked_at_in_the_text_s_order(ask: Asked) -> None:
    found = ask(symptoms=True, diagnosis_codes=["C30.0"], severity="mild", abnormal_airway=False)
    assert list(clauses(found)) == ["1", "1.a", "1.a.i", "1.b", "2", "3", "4", "5", "6"]
    assert clauses(found) == {
        "1": "T", "1.a": "T", "1.a.i": "T", "1.b": "F", "2": "?", "3": "T", "4": "F", "5": "?", "6": "F",
    }  # fmt: skip
    assert rungs(found) == "TTT"


def test_of_an_unknown_case_nothing_is_known(ask: Asked) -> None:
    found = ask()
    assert set(clauses(found).values()) == {"?"}
    assert rungs(found) == "??T"
    assert not found.illness.is_spoken_of


@pytest.mark.parametrize(
    ("row", "truth"),
    [
        ({"symptoms": True, "home_study_possible": True}, "T"),
        ({"symptoms": True, "bmi": 31}, "T"),
        ({"symptoms": True}, "?"),
        ({"bmi": 31}, "?"),
        ({"symptoms": False, "home_study_possible": False}, "F"),
        ({"symptoms": False, "bmi": 29}, "F"),
        ({"symptoms": False}, "?"),
    ],
)
def test_at_least_two_of_three(ask: Asked, row: dict[str, object], truth: str) -> None:
    assert clauses(ask(diagnosis_codes=["C34.2"], **row))["2"] == truth


def test_a_finding_holds_what_it_rests_on(ask: Asked) -> None:
    found = ask(diagnosis_codes=["C31.9"], severity="mild")
    limitation = found.rungs[0]
    assert isinstance(limitation.node, ClauseMet)
    [clause] = limitation.parts
    assert isinstance(clause.node, Clause)
    assert clause.node.id == "3"
    [rule] = clause.parts
    assert rule.node is clause.node.rule
    other, airway = rule.parts
    assert (other.truth, other.parts[0].node, other.parts[0].truth) == (NOT_MET, found.clauses[6].node, NOT_MET)
    assert (airway.truth, airway.asks) == (UNKNOWN, Answerer.REVIEWER)
    assert found.rungs[2].node == Otherwise()
    assert (found.rungs[2].truth, found.rungs[2].parts) == (MET, ())


def test_the_finding_of_a_list_rests_on_its_leaf(ask: Asked) -> None:
    found = ask(diagnosis_codes=["C38.4"])
    for clause in found.clauses[1:4]:
        assert isinstance(clause.node, Clause)
        [leaf] = clause.parts
        assert (leaf.node, leaf.truth) == (clause.node.rule, clause.truth)
    assert found.clauses[3].parts[0].asks is Answerer.REVIEWER


def test_a_case_does_not_get_the_findings_of_the_one_before_it(ask: Asked) -> None:
    """Findings are remembered by what they follow from."""
    rows: list[dict[str, object]] = [
        {"bmi": 31, "symptoms": True, "diagnosis_codes": ["C30.0"]},
        {"bmi": 29, "symptoms": True, "diagnosis_codes": ["C30.0"]},
        {"bmi": 31, "symptoms": True, "diagnosis_codes": ["C30.1"]},
        {"bmi": 31, "symptoms": True},
    ]
    found = [clauses(ask(**row)) for row in rows]
    assert [(one["1"], one["2"], one["1.a"]) for one in found] == [
        ("T", "T", "T"),
        ("T", "?", "T"),
        ("?", "T", "?"),
        ("?", "?", "?"),
    ]
    assert [clauses(ask(**row)) for row in reversed(rows)] == found[::-1]


def test_codes_of_another_clause_give_other_findings_where_rules_answer_the_same(ask: Asked) -> None:
    """Lists that only ask for a diagnosis follow from the codes alone."""
    row = {"symptoms": False, "home_study_possible": False, "abnormal_airway": True}
    one, other = ask(diagnosis_codes=["C30.0"], **row), ask(diagnosis_codes=["C34.2"], **row)
    assert [clauses(found)["1.a.i"] for found in (one, other)] == ["T", "F"]
    assert [clauses(found)["1.b"] for found in (one, other)] == ["F", "T"]
    assert [clauses(found)["6"] for found in (one, other)] == ["F", "T"]


class TestJudgements:
    def test_one_on_a_clause_replaces_what_is_unknown(self, ask: Asked) -> None:
        found = ask({"1": MET})
        assert clauses(found)["1"] == "T"
        clause = found.clauses[0]
        assert clause.judgement is not None
        assert (clause.judgement.by, clause.asks) == ("M. Reyes RN", None)
        assert clause.parts[0].truth is UNKNOWN
        assert found.used == {"1"}
        assert rungs(found) == "?TT"

    def test_and_never_what_is_known(self, ask: Asked) -> None:
        for truth in (MET, NOT_MET):
            found = ask({"1": truth}, symptoms=False)
            assert (clauses(found)["1"], found.used) == ("F", frozenset())
            found = ask({"1": truth}, symptoms=True, diagnosis_codes=["C34.2"])
            assert (clauses(found)["1"], found.used) == ("T", frozenset())
            assert found.clauses[0].judgement is None

    def test_one_on_a_leaf_counts_wherever_the_leaf_stands(self, ask: Asked) -> None:
        found = ask({"home_study_possible": MET}, diagnosis_codes=["C30.0"], symptoms=True)
        assert clauses(found)["2"] == "T"
        assert clauses(found)["5"] == "T"
        assert found.used == {"home_study_possible"}
        assert ask({"home_study_possible": MET}, home_study_possible=False).used == frozenset()

    def test_one_on_a_clause_counts_for_the_clauses_that_refer_to_it(self, ask: Asked) -> None:
        assert clauses(ask({"4": MET}))["3"] == "F"
        assert clauses(ask({"4": NOT_MET, "abnormal_airway": NOT_MET}))["3"] == "T"
        assert clauses(ask({"1.b": MET}))["6"] == "T"

    def test_one_on_a_list_counts_for_the_lists_above_it(self, ask: Asked) -> None:
        found = ask({"1.a": MET}, diagnosis_codes=["C30.1"], symptoms=True)
        assert [clauses(found)[name] for name in ("1", "1.a", "1.a.i", "1.b")] == ["T", "T", "F", "F"]
        assert found.used == {"1.a"}
        assert found.illness.homes == {"1.a"}
        judged = found.clauses[1].judgement
        assert judged is not None
        assert judged.truth is MET

    def test_one_that_rules_a_list_out_counts_for_those_above_and_below_it(self, ask: Asked) -> None:
        found = ask({"1.a": NOT_MET}, diagnosis_codes=["C31.9"], symptoms=True)
        assert [clauses(found)[name] for name in ("1", "1.a", "1.a.i", "1.b")] == ["F", "F", "F", "F"]
        found = ask({"1.a": NOT_MET}, diagnosis_codes=["C31.9", "C38.4"], symptoms=True)
        assert [clauses(found)[name] for name in ("1", "1.a", "1.a.i", "1.b")] == ["?", "F", "F", "?"]

    def test_one_on_a_list_counts_for_every_rule_that_asks_for_it(self, ask: Asked) -> None:
        for truth, letter in ((MET, "T"), (NOT_MET, "F")):
            found = ask({"1.a": truth}, diagnosis_codes=["C30.1"], home_study_possible=True)
            assert clauses(found)["5"] == letter
            assert found.used == {"1.a"}

    def test_a_list_that_the_codes_settle_is_not_touched(self, ask: Asked) -> None:
        found = ask({"1.a": NOT_MET}, diagnosis_codes=["C30.0"], symptoms=True)
        assert (clauses(found)["1.a"], found.used) == ("T", frozenset())
        found = ask({"1.b": MET}, diagnosis_codes=["C30.0"], symptoms=True)
        assert (clauses(found)["1.b"], found.used) == ("F", frozenset())

    def test_without_a_diagnosis_a_list_can_be_found_too(self, ask: Asked) -> None:
        found = ask({"1.b": MET}, symptoms=True)
        assert (clauses(found)["1"], clauses(found)["1.b"], clauses(found)["1.a"]) == ("T", "T", "?")
        found = ask({"1.b": NOT_MET}, symptoms=True)
        assert (clauses(found)["1"], clauses(found)["1.b"]) == ("?", "F")

    def test_one_on_a_leaf_about_a_list(self, ask: Asked) -> None:
        found = ask({"diagnosis in airway-tumor": MET}, diagnosis_codes=["D14.2"], symptoms=True, bmi=31)
        assert clauses(found)["2"] == "T"
        found = ask({"diagnosis in 1": NOT_MET}, diagnosis_codes=["C30.1"], symptoms=True)
        assert clauses(found)["1"] == "F"

    def test_what_nothing_asks_is_not_used(self, ask: Asked) -> None:
        assert ask({"9": MET, "tall": MET}).used == frozenset()

    def test_a_judged_case_answers_as_another_does_where_the_judgement_has_no_effect(self, ask: Asked) -> None:
        row = {"symptoms": False, "diagnosis_codes": ["C38.4"], "severity": "mild"}
        assert clauses(ask({"1": MET}, **row)) == clauses(ask(**row))


def test_a_combination_s_truth_follows_from_its_parts() -> None:
    parts = [MET, UNKNOWN, NOT_MET]
    nodes = (Yes("a", "a"), Yes("b", "b"), Yes("c", "c"))
    assert truth_from(All(nodes), parts) is NOT_MET
    assert truth_from(Any(nodes), parts) is MET
    assert truth_from(NoneOf(nodes), parts) is NOT_MET
    assert [truth_from(AtLeast(count, nodes), parts) for count in (1, 2, 3)] == [MET, UNKNOWN, NOT_MET]


def test_a_guideline_of_one_clause(tmp_path: Path) -> None:
    text = EDITION[: EDITION.index("1. One")].replace("clause 3", "clause 1").replace(", clause 2, clause 5", "")
    small = load_or_raise(write(tmp_path, **{"2025-01-01": text + "1. One.\n\n```rule 1\nsymptoms\n```\n"}))
    found = Asked(small)(symptoms=True)
    assert clauses(found) == {"1": "T"}
    assert isinstance(found.clauses[0], Finding)


def test_clauses_that_nothing_names_have_their_findings_too(tmp_path: Path) -> None:
    more = "7. Seven.\n\n```rule 7\nseverity is mild\n```\n\n8. Eight.\n\n```rule 8\nsymptoms\n```\n"
    guideline = load_or_raise(write(tmp_path, diagnoses=DIAGNOSES, **{"2025-01-01": f"{EDITION}\n{more}"}))
    found = clauses(Asked(guideline)(symptoms=True, diagnosis_codes=["C34.2"], severity="moderate"))
    assert (found["6"], found["7"], found["8"]) == ("T", "F", "T")


def test_a_guideline_without_clauses(tmp_path: Path) -> None:
    text = EDITION[: EDITION.index("1. One")]
    text = text.replace("  - {when: clause 3, outcome: clinical-review, reason: limitation}\n", "")
    text = text.replace("{any: [clause 1, clause 2, clause 5]}", "symptoms")
    found = Asked(load_or_raise(write(tmp_path, **{"2025-01-01": text})))(symptoms=False)
    assert (found.clauses, rungs(found)) == ((), "FT")
