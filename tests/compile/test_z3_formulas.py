"""Z3 reads facts, dates and codes as the engine does: a case that is fixed in every variable has the engine's answer."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest
import z3  # type: ignore[import-untyped]
from tests.compile.test_flat_case import conformance_cases, typed
from tests.determination.imrt_cases import imrt

from isodose.compile.answer import flags_of
from isodose.compile.z3.dates import Day, Span, place_of
from isodose.compile.z3.facts import Choice, Number
from isodose.compile.z3.formulas import Model
from isodose.compile.z3.terms import holds_in
from isodose.determination.case import Case, case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.values import ABSENT
from isodose.guideline.formula import SPANS
from isodose.guideline.outcome import Outcome

IMRT = imrt()
MODEL = Model(IMRT.guideline)
FLAGS = {edition: flags_of(IMRT.guideline, edition) for edition in IMRT.guideline.editions}


def fixed(case: Case) -> Iterator[object]:
    """The case as what holds of the variables, each of them decided."""
    for name, fact in MODEL.stated.items():
        value = case.facts.get(name)
        if isinstance(fact, Choice):
            word = str(value).lower() if isinstance(value, bool) else value
            other = next(reversed(fact.values)) if isinstance(value, str) and value not in fact.values else word
            yield from (flag == (word_of in (word, other)) for word_of, flag in fact.values.items())
        elif isinstance(fact, Day):
            yield fact.known == (value is not None)
            yield from [fact.place == place_of(value)] if isinstance(value, date) else []
        else:
            assert value is None or value is ABSENT, "imrt asks for no number"
    codes = case.facts.get("diagnosis")
    kinds = {MODEL.kind_of(code) for code in codes} if isinstance(codes, tuple) else set()
    yield from (flag == (kind in kinds) for kind, flag in MODEL.codes.items())


def test_conformance_cases_have_the_engines_answer() -> None:
    solver = z3.SimpleSolver()
    solver.add(MODEL.real)
    for row in conformance_cases()[::20]:
        if (cells := typed(row)) is None:
            continue
        case = case_from(cells, IMRT.guideline, JSON_CELLS)
        answer = IMRT.determine_case(case)
        if case.problems or (answer.edition is None and answer.outcome is not Outcome.INVALID):
            continue
        solver.push()
        solver.add(*fixed(case))
        assert solver.check() == z3.sat, row
        found = solver.model()
        is_valid = holds_in(found, MODEL.valid())
        assert is_valid == (answer.outcome is not Outcome.INVALID) or is_heading(case), row
        if answer.edition is not None:
            flags = FLAGS[answer.edition].outcomes
            outcomes = [name for name, flag in flags.items() if holds_in(found, MODEL.formula(flag))]
            assert outcomes == [answer.outcome], row
        solver.pop()


def is_heading(case: Case) -> bool:
    """Whether a code is a heading: kinds are shown by codes that are none, wherever there is one."""
    codes = case.facts.get("diagnosis")
    return isinstance(codes, tuple) and any(
        (entry := IMRT.guideline.release.find(code)) is not None and not entry.billable for code in codes
    )


def test_every_code_of_the_release_is_of_a_kind() -> None:
    for entry in IMRT.guideline.release.between("A", "Z")[::7]:
        assert MODEL.kind_of(entry.code) in MODEL.codes, entry


def test_a_kind_is_shown_by_a_code_that_is_of_it() -> None:
    find = IMRT.guideline.release.find
    for kind in MODEL.codes:
        assert MODEL.kind_of(kind.code) is kind
        assert kind.is_heading == ((entry := find(kind.code)) is not None and not entry.billable), kind


def days() -> list[date]:
    around = [date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2025, 12, 31), date(1900, 2, 28)]
    return [day + timedelta(step) for day in around for step in (-31, -30, -1, 0, 1)]


@pytest.mark.slow
@pytest.mark.parametrize("kind", SPANS)
def test_spans_are_those_of_the_calendar(kind: str) -> None:
    start, end = Day("start", can_be_absent=False), Day("end", can_be_absent=False)
    span = Span(kind, start, end)
    pairs = [(first, last) for first in days() for last in days()]
    for first, last in pairs[::4]:
        solver = z3.SimpleSolver()
        solver.add(start.real, end.real, start.place == place_of(first), end.place == place_of(last))
        assert solver.check() == z3.sat
        right = SPANS[kind][1](first, last)
        assert solver.model().eval(span.value).as_fraction() == right, (first, last)
        for bound in (right, Fraction(2 * right + 1, 2), right + 1):
            for operator, holds in [("<", right < bound), (">=", right >= bound), ("=", right == bound),
                                    (">", right > bound), ("<=", right <= bound)]:  # fmt: skip
                assert z3.is_true(solver.model().eval(span.compared(operator, bound))) == holds, (operator, bound)


def test_only_days_that_the_calendar_has_are_real() -> None:
    day = Day("day", can_be_absent=False)
    for year, month, last in [
        (2024, 2, 29),
        (2025, 2, 28),
        (1900, 2, 28),
        (2000, 2, 29),
        (2025, 4, 30),
        (2025, 12, 31),
    ]:
        for number in (1, last, last + 1):
            solver = z3.SimpleSolver()
            solver.add(day.real, day.year == year, day.month == month - 1, day.day == number - 1)
            assert (solver.check() == z3.sat) == (number <= last), (year, month, number)


def test_a_number_is_read_back_as_it_is_written() -> None:
    number = Number("n", can_be_absent=True)
    solver = z3.SimpleSolver()
    solver.add(number.real, number.known, z3.Not(number.absent), number.value == z3.RealVal("5/2"))
    assert solver.check() == z3.sat
    assert str(number.cell(solver.model())) == "2.5"
