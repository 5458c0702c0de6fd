"""Who may sign what is adverse: each requirement by itself, with its source."""

from dataclasses import replace
from datetime import date

import pytest
from tests.desk.people import ITO, LICENSE

from isodose.desk.qualification import REQUIREMENTS, Matter, Qualification, unqualified

MATTER = Matter(frozenset({"radiation oncology"}), "elm-street", date(2026, 6, 1), "ito")


def test_a_physician_who_fits_may_sign() -> None:
    assert unqualified(ITO, MATTER) == ()


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (replace(ITO, credential=replace(LICENSE, valid_to=date(2026, 5, 31))), "not current (42 CFR 422.566(d))"),
        (replace(ITO, restricted=True), "restricted (42 CFR 422.566(d))"),
        (replace(ITO, credential=replace(LICENSE, expertise=("dermatology",))), "no expertise on record"),
        (replace(ITO, knows_medicare_criteria=False), "knowledge of Medicare's coverage criteria"),
        (replace(ITO, practices=frozenset({"elm-street"})), "belongs to the requesting practice"),
        (replace(ITO, paid_by_outcome=True), "paid by outcome"),
    ],
)
def test_each_requirement_stands_alone(who: Qualification, words: str) -> None:
    [reason] = unqualified(who, MATTER)
    assert words in reason


def test_another_physician_decides_what_is_looked_at_again() -> None:
    [reason] = unqualified(ITO, replace(MATTER, refused_by=frozenset({"ito", "ruiz"})))
    assert "this physician's own: another decides (42 CFR 422.590)" in reason
    assert unqualified(ITO, replace(MATTER, refused_by=frozenset({"ruiz"}))) == ()


def test_every_requirement_has_its_case_above() -> None:
    assert len(REQUIREMENTS) == 7
    assert all(one.source for one in REQUIREMENTS)
