"""What is answered without a clause, as it follows from what was found of a case, is what the guideline without it answers."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from tests.determination.imrt_cases import imrt

from isodose.determination.program import Program
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise
from isodose.guideline.tree import Any
from isodose.proof.example import Row
from isodose.proof.made import Made
from isodose.proof.ordinary import Ordinary
from isodose.proof.ruling import Ruling, rulings
from isodose.proof.variant import answered

SECOND = Path(__file__).parents[1] / "second_guideline" / "diabetes-screening"


def without(ruling: Ruling, name: str) -> Program:
    """The guideline with a clause whose rule no case meets, and nothing else changed."""
    clauses = dict(ruling.edition.clauses)
    clauses[name] = replace(clauses[name], rule=Any(()))
    return Program(replace(ruling.guideline, editions=(replace(ruling.edition, clauses=clauses),)))


def rows_of(ruling: Ruling) -> list[Row]:
    """For each clause that others name a case in which it may be met, and that case without each thing that it states."""
    made = Made(ruling)
    rows = [row for name in sorted(ruling.referred) for row in islice(made.for_clause(ruling.edition.clauses[name]), 1)]
    return [*rows, *(less for row in rows for less in _less(row))]


def _less(row: Row) -> Iterator[Row]:
    for left_out in row:
        yield {column: cell for column, cell in row.items() if column != left_out}


@pytest.mark.parametrize("guideline", [imrt().guideline, load_or_raise(SECOND)], ids=lambda one: one.id)
def test_without_a_clause_a_case_is_answered_as_by_the_guideline_without_it(guideline: Guideline) -> None:
    ruling = rulings(guideline, Ordinary(guideline))[-1]
    answers = [answer for answer in map(ruling.determine, rows_of(ruling)) if answer]
    changed = 0
    for name in ruling.referred:
        otherwise, other = ruling.without_clause(ruling.edition.clauses[name]).otherwise, without(ruling, name)
        for answer in answers:
            said = otherwise(answer)
            assert said == answered(other.determine_case(answer.case)), (name, answer.case)
            changed += said != answered(answer)
    assert changed > len(ruling.referred)
