"""Which questions are asked when: exactly as long as the engine would ask them, and nothing that is not asked can decide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product
from pathlib import Path
from random import Random

import pytest
from tests.compile.interviews import Interviewer
from tests.determination.imrt_cases import imrt
from tests.parity.combinations import Combinations, classes

from isodose.compile.conditions.asked import interview
from isodose.compile.conditions.told import inputs_of
from isodose.determination.case import case_from
from isodose.determination.cells import TEXT_CELLS
from isodose.determination.program import Program
from isodose.determination.values import ABSENT
from isodose.guideline.content import shipped
from isodose.guideline.edition import Edition
from isodose.guideline.load import load_or_raise
from isodose.guideline.outcome import Outcome
from isodose.guideline.worked_case import worked_cases

Row = Mapping[str, object]

IMRT = imrt()
OTHERS = {
    "template": shipped("template"),
    "diabetes-screening": Path(__file__).parents[1] / "second_guideline" / "diabetes-screening",
}
"""Guidelines with facts that may be absent, numbers with units, ratios, months between two dates, and `at least N`."""

STEP = 100_003
"""A prime: steps of this size through all combinations meet all values of all facts evenly."""

IN_SCOPE = {"date_of_service": "2025-11-03", "procedure_code": "77386", "technique": None, "product": "ma-hmo"}


@cache
def other(name: str) -> Program:
    return Program(load_or_raise(OTHERS[name]))


@cache
def interviewer(of: Program, edition: Edition) -> Interviewer:
    return Interviewer(of.guideline, interview(of.guideline, edition))


def spread(rows: Sequence[Row], count: int) -> Iterator[Row]:
    """So many of the rows, evenly."""
    yield from (rows[place * STEP % len(rows)] for place in range(count))


def in_scope() -> Iterator[Row]:
    """Every combination of classes of all facts that the criteria, the note and the limitation ask about."""
    values = classes(IMRT.guideline) | {name: [value] for name, value in IN_SCOPE.items()}
    values["member_birth_date"] = ["2010-01-01", "2006-01-01", "1960-01-01", None]
    yield from (dict(zip(values, row, strict=True)) for row in product(*values.values()))


def mixed(of: Program, count: int) -> Iterator[Row]:
    """Cases whose cells are drawn from those of the worked cases, each column for itself; some are left blank."""
    values: dict[str, set[object]] = {column: {None} for column in of.guideline.columns}
    for case in worked_cases(of.guideline, []):
        known = case_from(case.facts, of.guideline, TEXT_CELLS).facts
        for column, fact in of.guideline.columns.items():
            values[column].add(known.get(fact.name))
    draw = Random(1)  # noqa: S311 (the same cases each time)
    pools = {column: sorted(found, key=repr) for column, found in values.items()}
    for _ in range(count):
        row = {column: draw.choice(pool) for column, pool in pools.items()}
        yield {name: "absent" if value is ABSENT else value for name, value in row.items()}


def columns_missing(of: Program, row: Row) -> set[str]:
    """The columns that the engine would ask for."""
    missing = of.determine(row).missing
    return {of.guideline.facts[one].column for name in missing for one in inputs_of(of.guideline, name)}


def wrongly_asked(of: Program, rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Questions that are asked where the engine, told the answers above, does not ask; or not asked where it does."""
    for row in rows:
        edition = of.determine(row).edition
        if edition is None:
            continue
        asking = interviewer(of, edition)
        told: dict[str, object] = {}
        for number, question in enumerate(asking.interview.questions):
            column = question.fact.column
            if number > 1 and asking.is_asked(question.when, told) is not (column in columns_missing(of, told)):
                yield told, column
            if row.get(column) is not None:
                told = told | {column: row[column]}


def decided_otherwise(of: Program, rows: Iterable[Row]) -> Iterator[tuple[Row, Outcome, Outcome]]:
    """Cases of which the answers to the questions asked say something else than all answers do."""
    for row in rows:
        whole = of.determine(row)
        if whole.edition is not None:
            part = of.determine(interviewer(of, whole.edition).told(row))
            if (part.outcome, part.review_reason, part.missing) != (whole.outcome, whole.review_reason, whole.missing):
                yield row, part.outcome, whole.outcome


def test_a_question_is_asked_exactly_as_long_as_the_engine_would_ask_it() -> None:
    assert list(wrongly_asked(IMRT, spread(Combinations(IMRT), 500))) == []
    assert list(wrongly_asked(IMRT, islice(in_scope(), 0, None, 197))) == []


def test_what_is_not_asked_never_decides() -> None:
    assert list(decided_otherwise(IMRT, spread(Combinations(IMRT), 2000))) == []
    assert list(decided_otherwise(IMRT, islice(in_scope(), 0, None, 47))) == []


@pytest.mark.slow
def test_what_is_not_asked_never_decides_whatever_the_answers() -> None:
    assert list(decided_otherwise(IMRT, in_scope())) == []
    assert list(decided_otherwise(IMRT, spread(Combinations(IMRT), 100_000))) == []


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_asked_never_decides_under_another_guideline(name: str) -> None:
    assert list(decided_otherwise(other(name), mixed(other(name), 3000))) == []


@pytest.mark.parametrize("name", OTHERS)
def test_another_guideline_asks_at_least_what_the_engine_would_ask(name: str) -> None:
    """A form divides no numbers: where the engine has a ratio, the form goes on asking."""
    too_few = [
        found
        for found in wrongly_asked(other(name), mixed(other(name), 300))
        if found[1] in columns_missing(other(name), found[0])
    ]
    assert too_few == []
