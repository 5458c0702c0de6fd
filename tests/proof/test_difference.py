"""The exact difference of two editions: what it states of each case is what the engine answers to it, and nothing else.

The everyday run takes an even spread of all combinations of classes, the slow one all that are in scope with a code in 2025 and one
in 2026. `python -m tests.proof.every_combination` takes all of them.
"""

from copy import copy
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from tests.parity.combinations import FIRST, Combinations, Row
from tests.proof.brute_force import Stated, combinations_of
from tests.proof.every_combination import Asked
from tests.proof.revisions import REVISIONS, SECOND_OPINION, revised, with_changes
from tests.proof.witnesses import one_case

from isodose.guideline.content import shipped
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise
from isodose.guideline.outcome import Outcome
from isodose.proof.difference.difference import Difference, difference
from isodose.proof.difference.row import row_of
from isodose.proof.difference.units import ruling_all

EVERYDAY, SLOW = 10007, 1009
"""Of so many combinations one is taken; primes, so that no class is left out."""

IN_SCOPE = [(date(2025, 10, 1), "77385", "imrt"), (date(2026, 1, 1), "77407", None)]
"""Date, code and technique that are in scope, surely and perhaps: with these every combination of all else is asked."""

COMPLETE: Row = {
    "date_of_service": "2025-11-03",
    "member_birth_date": "1960-05-01",
    "product": "ma-hmo",
    "procedure_code": "77386",
    "technique": "imrt",
    "treatment_intent": "curative",
    "dose_escalation_concern": True,
    "previously_irradiated": False,
    "radiation_required": True,
    "concurrent_proton_therapy": False,
}

SECOND = Path(__file__).parents[1] / "second_guideline" / "diabetes-screening"

SCREENED = {"product": "part-b", "procedure_code": "82947", "referral": True, "early_detection": True}
"""What leads a case of the second guideline to its criteria."""

EDITIONS = ("2025-01-01@2024-09-19", "2025-01-01@2025-01-15", "2025-01-01@2025-02-05", "2025-10-01")


@cache
def imrt() -> Guideline:
    return load_or_raise(shipped("imrt"))


@cache
def combinations_of_imrt() -> Combinations:
    return combinations_of(*(ruling_all(imrt(), edition) for edition in imrt().editions))


def between(old: str, new: str) -> Difference:
    editions = {edition.id: edition for edition in imrt().editions}
    return difference(ruling_all(imrt(), editions[old]), ruling_all(imrt(), editions[new]))


@cache
def combinations_of_both(guideline: Guideline) -> Combinations:
    new, old = (ruling_all(one, one.editions[-1]) for one in (guideline, imrt()))
    return combinations_of(new, old)


def from_imrt_to(folder: Path) -> tuple[Guideline, Difference]:
    guideline = load_or_raise(folder)
    old, new = imrt().editions[-1], guideline.editions[-1]
    return guideline, difference(ruling_all(imrt(), old), ruling_all(guideline, new))


@pytest.fixture(
    scope="module",
    params=[next(iter(REVISIONS)), *(pytest.param(one, marks=pytest.mark.slow) for one in list(REVISIONS)[1:])],
)
def revision(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Guideline, Difference]:
    return from_imrt_to(revised(request.param, tmp_path_factory.mktemp("revisions")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        EDITIONS[-2:],
        *(pytest.param(*pair, marks=pytest.mark.slow) for pair in combinations(EDITIONS, 2) if pair != EDITIONS[-2:]),
        EDITIONS[::-3],
    ],
)
def test_two_editions_differ_as_stated(old: str, new: str) -> None:
    found = between(old, new)
    assert found.is_proved
    assert Stated(found).wrong(combinations_of_imrt()[::EVERYDAY]) == []


def test_a_revision_differs_as_stated(revision: tuple[Guideline, Difference]) -> None:
    guideline, found = revision
    assert found.is_proved
    assert found.changes
    assert Stated(found).wrong(combinations_of_both(guideline)[::EVERYDAY]) == []


@pytest.fixture(scope="module")
def second_opinion(tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    return load_or_raise(with_changes(SECOND_OPINION, tmp_path_factory.mktemp("revisions") / "second-opinion"))


@pytest.mark.slow
@pytest.mark.parametrize("is_dropped", [False, True], ids=["asked newly", "asked no longer"])
def test_a_fact_of_one_edition_alone_differs_as_stated(second_opinion: Guideline, *, is_dropped: bool) -> None:
    old, new = (ruling_all(one, one.editions[-1]) for one in (imrt(), second_opinion))
    found = difference(new, old) if is_dropped else difference(old, new)
    assert found.is_proved
    assert found.changes
    assert Stated(found).wrong(combinations_of_both(second_opinion)[::EVERYDAY]) == []


@pytest.mark.slow
def test_a_revision_differs_as_stated_on_every_combination_in_scope(revision: tuple[Guideline, Difference]) -> None:
    guideline, found = revision
    rows = combinations_of_both(guideline)
    starts = [start for start in rows.ruled if tuple(start[column] for column in FIRST) in IN_SCOPE]
    in_scope = Asked(rows, one_case, starts).held(found)
    assert in_scope.wrong == []
    assert in_scope.asked > len(IN_SCOPE) * rows.for_each
    assert Stated(found).wrong(rows[::SLOW]) == []
    print(f"{in_scope.asked:,} combinations in scope and {len(rows[::SLOW]):,} of all {len(rows):,}, 0 differences")


def test_a_sentence_that_is_left_out_or_says_too_much_is_noticed_by_brute_force() -> None:
    found = between("2025-01-01@2025-02-05", "2025-10-01")
    rows = copy(combinations_of_imrt())
    rows.for_each = 500  # the first of them
    asked = Asked(
        rows, one_case, [start for start in rows.ruled if tuple(start[column] for column in FIRST) == IN_SCOPE[0]]
    )
    minors = next(one for one in found.changes if one.after.outcome is Outcome.COVERED_WITHOUT_REVIEW)
    others = tuple(one for one in found.changes if one is not minors)
    assert asked.held(found).wrong == []
    assert asked.held(found).differing > 0
    assert asked.held(replace(found, changes=others)).wrong
    assert asked.held(replace(found, changes=(*others, replace(minors, alternatives=({},))))).wrong


def every_code(step: int) -> list[Row]:
    """Codes of the release, in cases that are complete but for one fact each."""
    codes = [entry.code for entry in imrt().release.between("A", "Z")][::step]
    bases = [
        COMPLETE,
        *({**COMPLETE, column: None} for column in ("technique", "treatment_intent", "previously_irradiated")),
    ]
    return [{**base, "diagnosis_codes": [with_dot(code)]} for base in bases for code in codes]


@pytest.mark.parametrize("name", ["site-added", pytest.param("several", marks=pytest.mark.slow)])
@pytest.mark.parametrize("step", [197, pytest.param(13, marks=pytest.mark.slow)])
def test_a_changed_map_differs_as_stated_on_the_codes_of_the_release(name: str, step: int, tmp_path: Path) -> None:
    _, found = from_imrt_to(revised(name, tmp_path))
    rows = every_code(step) + [{**COMPLETE, "diagnosis_codes": [code]} for code in ("C62.11", "C62.9", "C62", "C61")]
    assert Stated(found).wrong(rows) == []


@pytest.mark.slow
def test_another_guideline_differs_as_stated() -> None:
    """Cases of any kind: a class of answers to each thing by chance, whether or not they go together."""
    guideline = load_or_raise(SECOND)
    found = difference(*(ruling_all(guideline, edition) for edition in guideline.editions))
    assert found.comparison
    space, chance = found.comparison.space, Random(20261127)  # noqa: S311 (a test, no secret)
    points = [{about: chance.choice(known) for about, known in space.universe.items()} for _ in range(500)]
    rows = [row_of(point, space, date(2025, 11, 3)) for point in points]
    assert found.is_proved
    assert Stated(found).wrong([*rows, *({**row, **SCREENED} for row in rows)]) == []
