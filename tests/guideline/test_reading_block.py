"""A reading: how an unclear place is read, why, who answers for it, and what else it could mean."""

from datetime import date

import pytest
from tests.guideline.samples import told

from isodose.guideline.document import Block
from isodose.guideline.edition import Reading
from isodose.guideline.problem import Place, Problem
from isodose.guideline.reading_block import reading_from

FULL = """\
quote: Members 18 years of age and older
unclear: Under 18 is out of scope, yet criterion 3 speaks of patients under 21.
read as: >-
  Under 18 covered
  without review.
because: Every word works.
answered by: the policy committee
since: 2026-11-24
could also mean: [One thing., Another.]
settles: [ended-code, unreachable]
no case: No fact tells it.
"""
SHORT = """\
read as: So.
because: Why.
answered by: the committee
since: 2026-11-24
could also mean: Otherwise.
"""


def read(body: str) -> tuple[Reading | None, list[str]]:
    problems: list[Problem] = []
    return reading_from(Block("reading", "A1", "", body, Place("e.md", 10)), problems), told(problems)


def test_a_reading_with_everything() -> None:
    assert read(FULL) == (
        Reading(
            id="A1",
            read_as="Under 18 covered without review.",
            because="Every word works.",
            answered_by="the policy committee",
            since=date(2026, 11, 24),
            could_also_mean=("One thing.", "Another."),
            unclear="Under 18 is out of scope, yet criterion 3 speaks of patients under 21.",
            quote="Members 18 years of age and older",
            settles=("ended-code", "unreachable"),
            no_case="No fact tells it.",
            place=Place("e.md", 10),
        ),
        [],
    )


def test_a_reading_with_no_more_than_it_needs() -> None:
    reading, problems = read(SHORT)
    assert reading is not None
    assert (reading.unclear, reading.quote, reading.settles, reading.no_case) == ("", "", (), "")
    assert reading.could_also_mean == ("Otherwise.",)
    assert problems == []


@pytest.mark.parametrize("name", ["read as", "because", "answered by", "since", "could also mean"])
def test_what_is_required_is_told_if_it_is_missing(name: str) -> None:
    lines = [line for line in SHORT.splitlines() if not line.startswith(name)]
    assert read("\n".join(lines)) == (None, [f"11:1 the reading `A1` lacks `{name}`"])


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        (SHORT.replace("2026-11-24", "November"), ["14:8 `since` must be a date like 2026-11-24, not `November`"]),
        (SHORT.replace("Otherwise.", "[]"), []),
        ("", ["11:1 nothing is written here"]),
        (
            "x",
            [
                (
                    "11:1 the reading `A1` must be names with values, one a line: `quote`, `unclear`, `read as`, "
                    "`because`, `answered by`, `since`, `could also mean`, `settles` or `no case`"
                ),
            ],
        ),
    ],
)
def test_what_is_wrong_leaves_no_reading(body: str, problems: list[str]) -> None:
    assert read(body) == (None, problems)


def test_a_word_that_no_reading_has_is_told_with_the_nearest() -> None:
    reading, problems = read(SHORT + "settle: [x]\n")
    assert reading is not None
    assert problems == ["16:1 the reading `A1` has no `settle`; did you mean `settles`?"]
