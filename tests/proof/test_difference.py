"""The exact difference of two editions: what it states of each case is what the engine answers to it, and nothing else.

The everyday run takes an even spread of all combinations of classes, the slow one all of them.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import combinations
from math import prod
from pathlib import Path
from random import Random

import pytest
from tests.parity.combinations import FIRST, Combinations, Row, classes
from tests.proof.brute_force import Stated, combinations_of
from tests.proof.revisions import REVISIONS, SECOND_OPINION, revised, with_changes

from isodose.guideline.content import shipped
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise
from isodose.proof.difference.difference import Difference, difference
from isodose.proof.difference.row import row_of
from isodose.proof.difference.units import ruling_all

EVERYDAY, SLOW = 10007, 211
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
    return combinations_of(imrt(), *imrt().editions)


def between(old: str, new: str) -> Difference:
    editions = {edition.id: edition for edition in imrt().editions}
    return difference(ruling_all(imrt(), editions[old]), ruling_all(imrt(), editions[new]))


def combinations_of_both(guideline: Guideline) -> Combinations:
    return combinations_of(guideline, imrt().editions[-1], guideline.editions[-1])


def from_imrt_to(folder: Path) -> tuple[Guideline, Difference]:
    guideline = load_or_raise(folder)
    old, new = imrt().editions[-1], guideline.editions[-1]
    return guideline, difference(ruling_all(imrt(), old), ruling_all(guideline, new))


@pytest.fixture(scope="module", params=list(REVISIONS))
def revision(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Guideline, Difference]:
    return from_imrt_to(revised(request.param, tmp_path_factory.mktemp("revisions")))


@pytest.mark.parametrize(("old", "new"), [*combinations(EDITIONS, 2), EDITIONS[::-3]])
def test_two_editions_differ_as_stated(old: str, new: str) -> None:
    found = between(old, new)
    assert found.is_proved
    assert Stated(found).wrong(combinations_of_imrt()[::EVERYDAY]) == []


def test_a_revision_differs_as_stated(revision: tuple[Guideline, Difference]) -> None:
    guideline, found = revision
    assert found.is_proved
    assert found.changes
    assert Stated(found).wrong(combinations_of_both(guideline)[::EVERYDAY]) == []


@pytest.mark.parametrize("is_dropped", [False, True], ids=["asked newly", "asked no longer"])
def test_a_fact_of_one_edition_alone_differs_as_stated(tmp_path: Path, *, is_dropped: bool) -> None:
    guideline = load_or_raise(with_changes(SECOND_OPINION, tmp_path / "second-opinion"))
    versions = [ruling_all(one, one.editions[-1]) for one in (imrt(), guideline)]
    found = difference(*reversed(versions)) if is_dropped else difference(*versions)
    rows = combinations_of(guideline, guideline.editions[-1])[::EVERYDAY]
    assert found.is_proved
    assert found.changes
    assert Stated(found).wrong(rows) == []


@pytest.mark.slow
def test_a_revision_differs_as_stated_on_every_combination_in_scope(revision: tuple[Guideline, Difference]) -> None:
    guideline, found = revision
    rows, stated = combinations_of_both(guideline), Stated(found)
    for first in IN_SCOPE:
        in_scope = all_beside(first, rows, guideline)
        assert stated.wrong(in_scope) == []
        print(f"{first}: {len(in_scope)} combinations, 0 differences")
    assert stated.wrong(rows[::SLOW]) == []
    print(f"{len(rows[::SLOW])} of all {len(rows)} combinations, 0 differences")


def all_beside(first: tuple[object, ...], rows: Sequence[Row], guideline: Guideline) -> Sequence[Row]:
    """The combinations with these values of what comes first: they stand together."""
    size = prod(len(values) for column, values in classes(guideline).items() if column not in FIRST)
    start = next(
        place for place in range(0, len(rows), size) if tuple(rows[place][column] for column in FIRST) == first
    )
    return rows[start : start + size]


def every_code(step: int) -> list[Row]:
    """Codes of the release, in cases that are complete but for one fact each."""
    codes = [entry.code for entry in imrt().release.between("A", "Z")][::step]
    bases = [
        COMPLETE,
        *({**COMPLETE, column: None} for column in ("technique", "treatment_intent", "previously_irradiated")),
    ]
    return [{**base, "diagnosis_codes": [with_dot(code)]} for base in bases for code in codes]


@pytest.mark.parametrize("name", ["site-added", "several"])
@pytest.mark.parametrize("step", [197, pytest.param(13, marks=pytest.mark.slow)])
def test_a_changed_map_differs_as_stated_on_the_codes_of_the_release(name: str, step: int, tmp_path: Path) -> None:
    _, found = from_imrt_to(revised(name, tmp_path))
    rows = every_code(step) + [{**COMPLETE, "diagnosis_codes": [code]} for code in ("C62.11", "C62.9", "C62", "C61")]
    assert Stated(found).wrong(rows) == []


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
