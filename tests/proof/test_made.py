"""Cases that are made from rules show what a clause or a rung decides, without Z3; what cannot be shown is not claimed."""

from pathlib import Path

import pytest
from benchmarks.generated import write_guideline
from tests.determination.imrt_cases import imrt

from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise
from isodose.proof.difference.changed import Alive
from isodose.proof.finding import Finding
from isodose.proof.idle_clauses import idle_clauses
from isodose.proof.idle_rungs import idle_rungs
from isodose.proof.limit import Limit
from isodose.proof.made import Made
from isodose.proof.ordinary import Ordinary
from isodose.proof.ruling import Ruling, rulings

SECOND = Path(__file__).parents[1] / "second_guideline" / "diabetes-screening"


def found_by_trying(ruling: Ruling) -> dict[str, Alive]:
    """What is found where Z3 has no time at all; nothing is found idle so."""
    limit, made = Limit(0, "{}", trying=60), Made(ruling)
    rungs = {f"rung {number}": one for number, one in enumerate(idle_rungs(ruling, limit, made))}
    found = rungs | dict(idle_clauses(ruling, limit, made))
    assert not any(isinstance(one, Finding) for one in found.values())
    return {name: one for name, one in found.items() if isinstance(one, Alive)}


def newest(guideline: Guideline) -> Ruling:
    return rulings(guideline, Ordinary(guideline))[-1]


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


@pytest.mark.parametrize("name", ["generated", "imrt", "diabetes-screening"])
def test_each_case_is_answered_otherwise_without_the_clause(name: str, generated: Ruling) -> None:
    rulings_ = {"generated": lambda: generated, "imrt": lambda: newest(imrt().guideline)}
    ruling = rulings_.get(name, lambda: newest(load_or_raise(SECOND)))()
    shown = found_by_trying(ruling)
    assert len(shown) > 3
    for alive in shown.values():
        number = next((n for n in range(len(ruling.edition.ladder)) if alive.name.startswith(f"rung {n + 1} ")), None)
        variant = ruling.without_clause(ruling.edition.clauses[alive.clause]) if alive.clause else None
        other = variant or ruling.without_rung(number or 0)
        answer, without = ruling.determine(alive.example), other.program.determine(alive.example)
        assert answer
        assert (answer.outcome, answer.review_reason) != (without.outcome, without.review_reason)
        assert f": {answer.outcome}" in alive.message
        assert alive.message.endswith(
            str(without.review_reason or without.outcome) + (")" if without.review_reason else "")
        )


def test_a_case_states_nothing_that_it_could_leave_out(generated: Ruling) -> None:
    for name, alive in found_by_trying(generated).items():
        if alive.clause:
            variant = generated.without_clause(generated.edition.clauses[name])
            for column in alive.example:
                less = {other: cell for other, cell in alive.example.items() if other != column}
                answer, without = generated.determine(less), variant.program.determine(less)
                assert answer is None or answer.outcome == without.outcome
