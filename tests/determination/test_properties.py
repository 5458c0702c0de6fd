"""What holds for every case of the guideline `imrt`, whatever is known of it.

A case is *decided* if its outcome is any but `information-needed`. Without judgements, giving a decided case a fact that
was unknown never changes its outcome, but to `invalid`; a case that only a reviewer can settle (`judgement`, with leaves
open) stays with the same open leaves. (A judgement replaces an unknown only, so a fact that becomes known takes its
place: then the outcome may change.)
"""

import json
import os
import random
import subprocess
import sys
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.determination.imrt_cases import (
    COLUMN_OF,
    FACT_OF,
    THAT_SPEAK,
    Row,
    cases,
    imrt,
    legal_values,
    unknown_columns,
)

from isodose.determination.case import Case, Judgement, case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.finding import Finding
from isodose.determination.program import Determination
from isodose.guideline.edition import Clause
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth


def determined(row: Row) -> Determination:
    return imrt().determine(row)


def case_of(row: Row) -> Case:
    guideline = imrt().guideline
    return case_from(row, guideline, JSON_CELLS)


def open_phrases(answer: Determination) -> list[str]:
    return [leaf.node.phrase for leaf, _ in answer.open if not isinstance(leaf.node, Clause)]  # type: ignore[union-attr]


def truths(answer: Determination) -> dict[str, Truth]:
    """Every clause and rung of the answer with its truth."""
    found = {finding.node.id: finding.truth for finding in answer.clauses if isinstance(finding.node, Clause)}
    return found | {f"rung {number}": finding.truth for number, finding in enumerate(answer.rungs)}


@given(cases())
def test_every_case_has_one_outcome_with_just_what_belongs_to_it(row: Row) -> None:
    answer = determined(row)
    outcome = answer.outcome
    assert isinstance(outcome, Outcome)
    assert (answer.review_reason is not None) == (outcome is Outcome.CLINICAL_REVIEW)
    assert bool(answer.missing) == (outcome is Outcome.INFORMATION_NEEDED)
    assert bool(answer.problems) == (outcome is Outcome.INVALID)
    assert list(answer.missing) == sorted(set(answer.missing))
    assert list(answer.basis) == sorted(set(answer.basis))
    carried = outcome in (Outcome.APPROVED, Outcome.COVERED_WITHOUT_REVIEW)
    assert bool(answer.basis) == (carried or answer.review_reason is Reason.LIMITATION)
    if outcome is Outcome.INVALID:
        assert (answer.edition, answer.clauses, answer.rungs) == (None, (), ())
    if answer.edition is None:
        assert outcome in (Outcome.INVALID, Outcome.NOT_APPLICABLE)
    still_open = outcome is Outcome.INFORMATION_NEEDED or (answer.open != ())
    assert (answer.rung is None) == (still_open or answer.edition is None)


@settings(max_examples=300)
@given(cases(fewest_unknown=1), st.data())
def test_learning_a_fact_never_changes_a_decided_outcome_but_to_invalid(row: Row, data: st.DataObject) -> None:
    before = determined(row)
    if before.outcome is Outcome.INFORMATION_NEEDED:
        return
    unknown = unknown_columns(row)
    learned = data.draw(st.sets(st.sampled_from(unknown), min_size=1))
    values = legal_values(row)
    after = determined(row | {column: data.draw(st.sampled_from(values[column])) for column in sorted(learned)})
    if after.outcome is Outcome.INVALID:
        return
    assert after.outcome is before.outcome
    if before.outcome is Outcome.APPROVED:
        assert set(before.basis) <= set(after.basis)
    if before.open:
        assert after.review_reason is Reason.JUDGEMENT
        assert open_phrases(after) == open_phrases(before)


def test_a_fact_that_becomes_known_takes_the_place_of_a_judgement() -> None:
    """The exception: so a decided outcome may change where a judgement carried it."""
    row: Row = {
        "date_of_service": "2025-11-03", "member_birth_date": "1955-03-14", "product": "ma-hmo",
        "procedure_code": "77386", "diagnosis_codes": ["C61"], "technique": "vmat", "treatment_intent": "palliative",
        "concurrent_proton_therapy": False,
    }  # fmt: skip
    found = Judgement("previously_irradiated", MET, "M. Reyes RN", date(2025, 10, 20), "the summary is attached")
    judged = case_of(row)._replace(judgements={found.target: found})
    assert imrt().determine_case(judged).outcome is Outcome.APPROVED
    known = case_of(row | {"previously_irradiated": False})._replace(judgements={found.target: found})
    assert imrt().determine_case(known).review_reason is Reason.CRITERIA_NOT_MET


@given(cases(fewest_unknown=1), st.data())
def test_what_is_known_of_a_clause_stays_so_when_a_fact_is_learned(row: Row, data: st.DataObject) -> None:
    unknown = unknown_columns(row)
    column = data.draw(st.sampled_from(unknown))
    before = determined(row)
    after = determined(row | {column: data.draw(st.sampled_from(legal_values(row)[column]))})
    if after.outcome is not Outcome.INVALID:
        later = truths(after)
        assert all(later[name] is truth for name, truth in truths(before).items() if truth is not UNKNOWN)


@settings(max_examples=300)
@given(cases(), st.data())
def test_asking_stops(row: Row, data: st.DataObject) -> None:
    """Answer what is missing, in any order, one at a time or several: each fact is asked at most once."""
    at_once = data.draw(st.booleans())
    asked: set[str] = set()
    answer = determined(row)
    while answer.outcome is Outcome.INFORMATION_NEEDED:
        assert not asked & set(answer.missing), "what was answered is never asked again"
        order = data.draw(st.permutations(answer.missing))
        for fact in order if at_once else order[:1]:
            asked.add(fact)
            row |= {COLUMN_OF.get(fact, fact): right_answer(row, fact, data)}
        answer = determined(row)
    assert answer.outcome is not Outcome.INVALID or asked == set()
    assert len(asked) <= len(legal_values(row))


def right_answer(row: Row, fact: str, data: st.DataObject) -> object:
    """An answer that can be right: a code that says what is treated beside those that do not, a technique of the code."""
    column = COLUMN_OF.get(fact, fact)
    offered = legal_values(row)[column]
    if column == "technique":
        means = imrt().guideline.codes[str(row["procedure_code"])].means.get("technique")
        offered = list(means) if means else offered
    if column == "diagnosis_codes":
        given_codes = row[column] or []
        assert isinstance(given_codes, list)
        offered = [[*given_codes, code] for code in THAT_SPEAK]
    return data.draw(st.sampled_from(offered))


@settings(max_examples=150)
@given(cases(most_unknown=4))
def test_no_fact_that_can_decide_is_left_out_of_what_is_missing(row: Row) -> None:
    missing_names_all_that_decides(row)


@pytest.mark.slow
@settings(max_examples=1000)
@given(cases(most_unknown=5))
def test_no_fact_that_can_decide_is_left_out_in_many_more_cases(row: Row) -> None:
    missing_names_all_that_decides(row)


def missing_names_all_that_decides(row: Row) -> None:
    """By brute force over all completions: a fact decides if, the others being equal, two of its values differ."""
    unknown = unknown_columns(row)
    values = legal_values(row)
    outcomes: dict[tuple[str, ...], Outcome] = {}
    for chosen in product(*(values[column] for column in unknown)):
        outcome = determined(row | dict(zip(unknown, chosen, strict=True))).outcome
        if outcome is not Outcome.INVALID:
            outcomes[tuple(map(str, chosen))] = outcome
    answer = determined(row)
    if answer.outcome is not Outcome.INVALID:
        assert deciding(unknown, outcomes) <= set(answer.missing)
        assert len(set(outcomes.values())) <= 1 or answer.outcome is Outcome.INFORMATION_NEEDED


def deciding(unknown: list[str], outcomes: dict[tuple[str, ...], Outcome]) -> set[str]:
    found = set()
    for place, column in enumerate(unknown):
        others: dict[tuple[str, ...], set[Outcome]] = {}
        for chosen, outcome in outcomes.items():
            others.setdefault(chosen[:place] + chosen[place + 1 :], set()).add(outcome)
        if any(len(different) > 1 for different in others.values()):
            found.add(FACT_OF.get(column, column))
    return found


@given(cases(), st.randoms())
def test_the_order_of_diagnoses_and_of_columns_does_not_matter(row: Row, order: random.Random) -> None:
    columns = list(row.items())
    order.shuffle(columns)
    shuffled = dict(columns)
    codes = list(row["diagnosis_codes"] or [])  # type: ignore[call-overload]
    order.shuffle(codes)
    shuffled["diagnosis_codes"] = codes + codes[:1]
    assert comparable(determined(shuffled)) == comparable(determined(row))


def comparable(answer: Determination) -> tuple[object, ...]:
    edition = answer.edition and answer.edition.id
    problems = frozenset(answer.problems)
    return answer.outcome, answer.review_reason, answer.basis, answer.missing, edition, problems, truths(answer).items()


TARGETS = [
    *("1", "1.a", "1.a.i", "1.e", "1.h", "2", "3", "limitations", "note-minors", "codes", "products"),
    *("diagnosis in 1", "diagnosis in neoplasm", "diagnosis in distant-metastasis", "previously_irradiated"),
]


@settings(max_examples=300)
@given(
    cases(),
    st.dictionaries(st.sampled_from(TARGETS), st.sampled_from([MET, NOT_MET]), min_size=1, max_size=3),
)
def test_a_judgement_replaces_an_unknown_and_never_what_is_known(row: Row, found: dict[str, Truth]) -> None:
    judgements = {
        target: Judgement(target, truth, "M. Reyes RN", date(2025, 10, 20), "the note says so")
        for target, truth in found.items()
    }
    before = determined(row)
    after = imrt().determine_case(case_of(row)._replace(judgements=judgements))
    later = truths(after)
    for name, truth in truths(before).items():
        if truth is not UNKNOWN:
            assert later[name] is truth
        elif found.keys() == {name}:
            assert later[name] is found[name]
    unused = {note.split("`")[1] for note in after.notes if "has no effect" in note}
    if after.edition is None:
        return
    assert unused == found.keys() - judged_targets(after)
    if unused == found.keys():
        assert comparable(after) == comparable(before)


def judged_targets(answer: Determination) -> set[str]:
    """The targets of the judgements that stand in the findings."""
    found: set[str] = set()
    waiting: list[Finding] = [*answer.clauses, *answer.rungs]
    while waiting:
        finding = waiting.pop()
        waiting.extend(finding.parts)
        if finding.judgement:
            found.add(finding.judgement.target)
    return found


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_hashes(tmp_path: Path) -> None:
    rng = random.Random(20261124)  # noqa: S311
    lines = []
    for number in range(150):
        row: Row = {"request_id": f"r{number}", "date_of_service": "2025-11-03", "procedure_code": "77386"}
        for column, values in legal_values(row).items():
            row[column] = rng.choice([None, *values])
        lines.append(json.dumps(row | {"unknown_column": 1, "techniqe": "imrt"}))
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    outputs = [decided(file, seed) for seed in ("1", "2", "3")]
    assert len(outputs[0].splitlines()) == len(lines)
    assert outputs[0] == outputs[1] == outputs[2]


def decided(file: Path, seed: str) -> bytes:
    result = subprocess.run(
        [sys.executable, "-P", "-m", "isodose", "decide", "--json", file],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout
