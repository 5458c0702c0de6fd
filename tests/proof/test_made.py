"""Cases that are made from rules show what a clause or a rung decides, without Z3; what cannot be shown is not claimed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.generated import write_guideline
from tests.determination.imrt_cases import imrt

from isodose.determination.program import Program
from isodose.guideline.edition import Edition
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise
from isodose.guideline.tree import Any
from isodose.proof.difference.changed import Alive
from isodose.proof.finding import Finding
from isodose.proof.idle_clauses import idle_clauses
from isodose.proof.idle_rungs import idle_rungs
from isodose.proof.limit import Found, Limit
from isodose.proof.made import Made
from isodose.proof.ordinary import Ordinary
from isodose.proof.ruling import Ruling, rulings

SECOND = Path(__file__).parents[1] / "second_guideline" / "diabetes-screening"


class NoTime(Limit):
    """What is tried is found, and Z3 never asked."""

    def within(self, ask: Callable[[], Found], attempt: Callable[[], Found | None] | None = None) -> Found | None:
        del ask
        return attempt() if attempt else None


def found_by_trying(ruling: Ruling) -> dict[str, Alive]:
    """What is found where Z3 has no time at all; nothing is found idle so."""
    limit, made = NoTime(0, "{}"), Made(ruling)
    rungs = {f"rung {number}": one for number, one in enumerate(idle_rungs(ruling, limit, made))}
    found = rungs | dict(idle_clauses(ruling, limit, made))
    assert not any(isinstance(one, Finding) for one in found.values())
    return {name: one for name, one in found.items() if isinstance(one, Alive)}


def newest(guideline: Guideline) -> Ruling:
    return rulings(guideline, Ordinary(guideline))[-1]


def without_clause(ruling: Ruling, name: str) -> Program:
    """The guideline with a clause whose rule no case meets."""
    clauses = dict(ruling.edition.clauses)
    clauses[name] = replace(clauses[name], rule=Any(()))
    return of_edition(ruling, replace(ruling.edition, clauses=clauses))


def without_rung(ruling: Ruling, number: int) -> Program:
    ladder = ruling.edition.ladder
    return of_edition(ruling, replace(ruling.edition, ladder=ladder[:number] + ladder[number + 1 :]))


def of_edition(ruling: Ruling, edition: Edition) -> Program:
    return Program(replace(ruling.guideline, editions=(edition,)))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Ruling:
    folder = tmp_path_factory.mktemp("generated") / "g"
    write_guideline(folder, 30)
    return newest(load_or_raise(folder))


def test_of_a_generated_guideline_each_clause_that_can_be_met_is_shown_to_decide(generated: Ruling) -> None:
    shown = found_by_trying(generated)
    no_such_category = {"19", "29"}
    assert shown.keys() >= {clause.id for clause in generated.reached} - no_such_category
    assert not shown.keys() & no_such_category


def test_what_cannot_be_shown_by_trying_is_asked_of_z3_so_that_nothing_stays_open(generated: Ruling) -> None:
    limit = Limit(0, "{}", trying=60)
    found = dict(idle_clauses(generated, limit, Made(generated)))
    assert limit.open == 0
    assert {name for name, one in found.items() if isinstance(one, Finding)} == {"19", "29"}


@pytest.mark.parametrize("name", ["generated", "imrt", "diabetes-screening"])
def test_each_case_is_answered_otherwise_without_the_clause(name: str, generated: Ruling) -> None:
    rulings_ = {"generated": lambda: generated, "imrt": lambda: newest(imrt().guideline)}
    ruling = rulings_.get(name, lambda: newest(load_or_raise(SECOND)))()
    shown, last = found_by_trying(ruling), f"rung {len(ruling.edition.ladder) - 1}"
    assert len(shown) > 3
    for name_of_it, alive in shown.items():
        if name_of_it == last:
            continue  # nothing can stand in its place
        number = name_of_it.removeprefix("rung ")
        other = without_clause(ruling, alive.clause) if alive.clause else without_rung(ruling, int(number))
        answer, without = ruling.determine(alive.example), other.determine(alive.example)
        assert answer
        assert (answer.outcome, answer.review_reason) != (without.outcome, without.review_reason)
        assert f": {answer.outcome}" in alive.message
        assert alive.message.endswith(
            str(without.review_reason or without.outcome) + (")" if without.review_reason else "")
        )


def test_of_the_last_rung_a_case_is_shown_that_it_decides(generated: Ruling) -> None:
    ladder = generated.edition.ladder
    answer = generated.determine(found_by_trying(generated)[f"rung {len(ladder) - 1}"].example)
    assert answer
    assert answer.rung is ladder[-1]


def test_a_case_states_nothing_that_it_could_leave_out(generated: Ruling) -> None:
    for name, alive in found_by_trying(generated).items():
        if alive.clause:
            other = without_clause(generated, name)
            for column in alive.example:
                less = {other: cell for other, cell in alive.example.items() if other != column}
                answer, without = generated.determine(less), other.determine(less)
                assert answer is None or answer.outcome == without.outcome
