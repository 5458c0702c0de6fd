"""The engine against an independent reading of the design, over random guidelines and cases.

The reading here is written from section 4 of the design alone, in another manner than the engine's: truths are the numbers
1, 1/2 and 0, trees are nested lists, and nothing of the engine is used.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.determination.generated import IN_SET, Tree, Written, cases, guidelines, write

from isodose.determination.program import Determination, Program
from isodose.guideline.edition import Clause
from isodose.guideline.load import load
from isodose.guideline.outcome import Outcome
from isodose.guideline.truth import MET, UNKNOWN

Row = dict[str, object]
NUMBER_OF = {MET: 1.0, UNKNOWN: 0.5}


def truth(tree: Tree, row: Row, guideline: Written) -> float:
    """1 met, 0 not met, 1/2 unknown."""
    if isinstance(tree, str):
        return leaf_truth(tree, row, guideline)
    name, *parts = tree
    if name == "at least":
        count, *parts = parts
        assert isinstance(count, int)
        found = [truth(part, row, guideline) for part in parts if not isinstance(part, int)]
        if sum(part == 1 for part in found) >= count:
            return 1
        return 0 if sum(part > 0 for part in found) < count else 0.5
    found = [truth(part, row, guideline) for part in parts if not isinstance(part, int)]
    return {"all": min(found), "any": max(found), "none": 1 - max(found)}[str(name)]


def leaf_truth(leaf: str, row: Row, guideline: Written) -> float:
    name, *words = leaf.split()
    if name == "clause":
        return truth(guideline.rules[words[0]], row, guideline)
    if name == "diagnosis":
        return diagnosis_truth(words[1], row["diagnosis_codes"])
    return 0.5 if row[name] is None else float(holds(row[name], *words))


def holds(value: object, sign: str = "is", bound: str = "") -> bool:
    if sign == "is":
        return value == (bound or True)
    if value == "absent":
        return False
    assert isinstance(value, int)
    other = int(bound)
    return {
        "<": value < other,
        "<=": value <= other,
        ">": value > other,
        ">=": value >= other,
        "=": value == other,
    }[sign]


def diagnosis_truth(name: str, codes: object) -> float:
    if codes is None:
        return 0.5
    assert isinstance(codes, list)
    found = [IN_SET[name].get(code) for code in codes]
    return 1 if "clear" in found else 0.5 if "ambiguous" in found else 0


def open_leaves(tree: Tree, row: Row, guideline: Written) -> Iterator[str]:
    """Unknown leaves, walking down through unknown parts."""
    if truth(tree, row, guideline) != 0.5:
        return
    if isinstance(tree, list):
        for part in tree[1:]:
            if not isinstance(part, int):
                yield from open_leaves(part, row, guideline)
    elif tree.startswith("clause "):
        yield from open_leaves(guideline.rules[tree.removeprefix("clause ")], row, guideline)
    else:
        yield tree


def is_reviewers(leaf: str, row: Row) -> bool:
    return leaf.startswith("r") or (leaf.startswith("diagnosis") and row["diagnosis_codes"] is not None)


def reading(guideline: Written, row: Row) -> dict[str, object]:
    """Outcome, reason, missing facts and open leaves by "What is possible"."""
    ladder = guideline.ladder
    truths = [1.0 if when is None else truth(when, row, guideline) for when, _, _ in ladder]
    surely = truths.index(1)
    possible = [number for number in range(len(ladder)) if truths[number] > 0 and number <= surely]
    outcomes = {ladder[number][1] for number in possible}
    if len(outcomes) == 1:
        return {"outcome": outcomes.pop(), "reason": ladder[surely][2], "missing": [], "open": []}
    walked = [
        number
        for number in possible
        if truths[number] == 0.5 and any(later > number and ladder[later][1] != ladder[number][1] for later in possible)
    ]
    found = [leaf for number in walked for leaf in open_leaves(ladder[number][0] or "", row, guideline)]
    still_open = list(dict.fromkeys(found))
    asked = sorted({leaf.split()[0] for leaf in still_open if not is_reviewers(leaf, row)})
    if asked:
        return {"outcome": "information-needed", "reason": None, "missing": asked, "open": still_open}
    return {"outcome": "clinical-review", "reason": "judgement", "missing": [], "open": still_open}


def answered(answer: Determination) -> dict[str, object]:
    return {
        "outcome": answer.outcome.value,
        "reason": answer.review_reason and answer.review_reason.value,
        "missing": list(answer.missing),
        "open": [leaf.node.phrase for leaf, _ in answer.open],  # type: ignore[union-attr]
    }


def agree(guideline: Written, rows: list[Row], folder: Path) -> None:
    loaded, problems = load(write(guideline, folder / "g"))
    assert problems == []
    assert loaded is not None
    program = Program(loaded)
    for row in rows:
        answer = determined(program, row)
        assert answered(answer) == reading(guideline, row)
        for finding in answer.clauses:
            assert isinstance(finding.node, Clause)
            assert NUMBER_OF.get(finding.truth, 0.0) == truth(guideline.rules[finding.node.id], row, guideline)
    for row, other in pairwise(rows):
        decided_outcomes_stay(program, row, other)


def determined(program: Program, row: Row) -> Determination:
    return program.determine(row | {"date_of_service": "2025-06-01", "procedure_code": "99213"})


def decided_outcomes_stay(program: Program, row: Row, other: Row) -> None:
    """What is unknown in a decided case may be learned, here from another one, and the outcome stays."""
    before = determined(program, row)
    if before.outcome is not Outcome.INFORMATION_NEEDED and not before.open:
        learned = {name: other[name] if value is None else value for name, value in row.items()}
        assert determined(program, learned).outcome is before.outcome


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(guidelines(), st.lists(cases, min_size=4, max_size=8))
def test_random_guidelines_are_answered_as_the_design_reads(
    tmp_path: Path, guideline: Written, rows: list[Row]
) -> None:
    agree(guideline, rows, tmp_path)


@pytest.mark.slow
@settings(max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(guidelines(), st.lists(cases, min_size=6, max_size=12))
def test_many_more_random_guidelines_are_answered_as_the_design_reads(
    tmp_path: Path, guideline: Written, rows: list[Row]
) -> None:
    agree(guideline, rows, tmp_path)
