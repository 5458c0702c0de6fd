"""On random small guidelines: what is found idle is idle in every combination, and what decides does so where it is said."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from tests.determination.generated import CHOICE, NUMBERS, VALUES, YES_NO, Written, guidelines, write

from isodose.determination.program import Program
from isodose.guideline.edition import Edition
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise
from isodose.guideline.tree import InDiagnoses, leaves
from isodose.proof.difference.pair import Pair
from isodose.proof.ordinary import Ordinary
from isodose.proof.report import prove
from isodose.proof.ruling import rulings
from isodose.proof.variant import answered

Row = dict[str, object]

ANSWERS: dict[str, list[object]] = {
    **{name: [True, False, None] for name in YES_NO},
    **{name: [-1, 0, 1, 2, 3, "absent", None] for name in NUMBERS},
    CHOICE: [*VALUES, None],
    "diagnosis_codes": [None, ["C61"], ["C73"], ["C12"], ["C01"], ["C61", "C73"], ["C12", "C61"], ["C12", "C73"]],
}
MOST = 4_000
"""Combinations that are tried of one guideline; of one with more, this is left to smaller ones."""


def asked(edition: Edition) -> list[str]:
    """The columns that the rules ask."""
    found = [leaf for tree in edition.trees for leaf in leaves(tree)]
    names = {"diagnosis_codes" if isinstance(leaf, InDiagnoses) else getattr(leaf, "fact", None) for leaf in found}
    return [name for name in ANSWERS if name in names]


def every_row(columns: list[str]) -> Iterator[Row]:
    for cells in itertools.product(*(ANSWERS[column] for column in columns)):
        row: Row = {"date_of_service": "2025-03-03", "procedure_code": "77386"}
        yield row | dict(zip(columns, cells, strict=True))


def is_small(columns: list[str]) -> bool:
    count = 1
    for column in columns:
        count *= len(ANSWERS[column])
    return count <= MOST


def loaded(written: Written) -> Guideline:
    with TemporaryDirectory() as folder:
        return load_or_raise(write(written, Path(folder) / "g"))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(guidelines())
def test_a_rung_is_idle_if_and_only_if_it_changes_no_combination(written: Written) -> None:
    guideline = loaded(written)
    edition = guideline.editions[0]
    columns = asked(edition)
    if not is_small(columns):
        return
    [ruling] = rulings(guideline, Ordinary(guideline))
    proof = prove(guideline)
    alive = {one.alive.name for one in proof.decides if one.alive.clause is None}
    program = Program(guideline)
    for number in range(len(edition.ladder) - 1):
        variant = ruling.without_rung(number)
        changes = [
            row
            for row in every_row(columns)
            if (answer := program.determine(row)).rung is edition.ladder[number]
            and answered(answer) != variant.otherwise(answer)
        ]
        is_alive = any(name.startswith(f"rung {number + 1} ") for name in alive)
        assert is_alive == bool(changes), (number, written, changes[:1])


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(guidelines())
def test_a_fact_matters_if_and_only_if_two_cases_differ_by_it(written: Written) -> None:
    guideline = loaded(written)
    columns = asked(guideline.editions[0])
    if not is_small(columns):
        return
    [ruling] = rulings(guideline, Ordinary(guideline))
    pair, program = Pair(ruling), Program(guideline)
    answers = {_key(row, columns): program.determine(row).outcome for row in every_row(columns)}
    for place, column in enumerate(columns):
        groups: dict[tuple[str, ...], set[object]] = {}
        for key, outcome in answers.items():
            if key[place] != "None":
                groups.setdefault(key[:place] + key[place + 1 :], set()).add(outcome)
        fact = "diagnosis" if column == "diagnosis_codes" else column
        differs = any(len(outcomes) > 1 for outcomes in groups.values())
        assert pair.outcomes_differ(pair.differs_in(fact)) == differs, (column, written)


def _key(row: Row, columns: list[str]) -> tuple[str, ...]:
    return tuple(str(row[column]) for column in columns)
