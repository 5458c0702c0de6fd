"""Which edition rules: by date of service, and by what the plan had decided."""

from datetime import date
from itertools import permutations

import pytest

from isodose.guideline.choose import edition_on
from isodose.guideline.edition import Edition


def edition(effective: str, decided: str) -> Edition:
    return Edition(
        guideline="imrt", title="", plan="", effective=date.fromisoformat(effective),
        decided=date.fromisoformat(decided), id=f"{effective}@{decided}", reconstructed=False,
        criteria_held=True, ladder=(), clauses={}, data={}, readings={}, passages=(),
        file="", published=None,
    )  # fmt: skip


IMRT = (
    edition("2025-01-01", "2024-09-19"),
    edition("2025-01-01", "2025-01-15"),
    edition("2025-01-01", "2025-02-05"),
    edition("2025-10-01", "2025-08-20"),
)


@pytest.mark.parametrize(
    ("service", "known_on", "ruling"),
    [
        ("2024-12-31", None, None),
        ("2025-01-01", None, "2025-01-01@2025-02-05"),
        ("2025-09-30", None, "2025-01-01@2025-02-05"),
        ("2025-10-01", None, "2025-10-01@2025-08-20"),
        ("2030-01-01", None, "2025-10-01@2025-08-20"),
        ("2025-01-10", "2024-09-18", None),
        ("2025-01-10", "2024-09-19", "2025-01-01@2024-09-19"),
        ("2025-01-10", "2025-01-14", "2025-01-01@2024-09-19"),
        ("2025-01-10", "2025-01-15", "2025-01-01@2025-01-15"),
        ("2025-01-10", "2025-02-04", "2025-01-01@2025-01-15"),
        ("2025-01-10", "2025-02-05", "2025-01-01@2025-02-05"),
        ("2025-11-03", "2025-08-19", "2025-01-01@2025-02-05"),
        ("2025-11-03", "2025-08-20", "2025-10-01@2025-08-20"),
        ("2025-09-30", "2026-01-01", "2025-01-01@2025-02-05"),
    ],
)
def test_the_latest_effective_rules_and_among_equals_the_newest_decided(
    service: str, known_on: str | None, ruling: str | None
) -> None:
    known = date.fromisoformat(known_on) if known_on else None
    for editions in permutations(IMRT):
        found = edition_on(editions, date.fromisoformat(service), known)
        assert (found.id if found else None) == ruling


def test_an_edition_with_a_later_effective_date_rules_even_if_it_was_decided_earlier() -> None:
    editions = (edition("2025-01-01", "2025-12-01"), edition("2025-06-01", "2025-03-01"))
    found = edition_on(editions, date(2026, 1, 1))
    assert found is not None
    assert found.effective == date(2025, 6, 1)
