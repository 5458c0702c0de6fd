"""What a reading of the same edition settles is marked so; a reading that settles what no check finds is wrong."""

from pathlib import Path

from tests.guideline.check.told import guideline_of, in_full
from tests.guideline.samples import CODES, EDITION

from isodose.guideline.check import static_problems

READING = """
```reading {name}
read as: So.
because: Why.
answered by: us
since: 2026-11-24
could also mean: Otherwise.
settles: [{topic}]
```
"""
ENDED = CODES.replace("95810,,", "95810,,2025-06-30")
MESSAGE = "`codes.required`: 95810 ended on 2025-06-30, but the edition rules from"


def of_ended_codes(folder: Path, **editions: str) -> list[str]:
    """All that is said of ended codes, and of what readings settle."""
    found = guideline_of(folder, codes=ENDED, **editions)
    told = in_full(static_problems(found, is_readable=True))
    return [line for line in told if "ended on" in line or " settles " in line]


def test_a_finding_is_a_warning_where_no_reading_settles_it(tmp_path: Path) -> None:
    assert of_ended_codes(tmp_path) == [f"warning 2025-01-01.md:22:1 {MESSAGE} 2025-01-01 on, with no end"]


def test_a_reading_settles_its_kind_of_finding_in_its_own_edition(tmp_path: Path) -> None:
    later = EDITION.replace("effective: 2025-01-01", "effective: 2026-01-01")
    settling = later + READING.format(name="A1", topic="ended-code") + READING.format(name="A2", topic="ended-code")
    assert of_ended_codes(tmp_path, **{"2026-01-01": settling}) == [
        f"warning 2025-01-01.md:22:1 {MESSAGE} 2025-01-01 to 2025-12-31",
        f"settled 2026-01-01.md:22:1 {MESSAGE} 2026-01-01 on, with no end. Settled by reading A1",
    ]


def test_a_reading_that_misspells_what_it_settles_is_told_and_the_finding_is_settled(tmp_path: Path) -> None:
    edition = EDITION + READING.format(name="A1", topic="ended-kode, xyz")
    assert of_ended_codes(tmp_path, **{"2025-01-01": edition}) == [
        f"settled 2025-01-01.md:22:1 {MESSAGE} 2025-01-01 on, with no end. Settled by reading A1",
        "error 2025-01-01.md:40:1 reading A1 settles `ended-kode`, which no check finds; did you mean `ended-code`?",
        "error 2025-01-01.md:40:1 reading A1 settles `xyz`, which no check finds",
    ]


def test_what_rests_on_the_reading_waits_until_everything_can_be_read(tmp_path: Path) -> None:
    edition = EDITION + READING.format(name="A1", topic="xyz") + "\nNo end.\n"
    found = guideline_of(tmp_path, codes=ENDED, **{"2025-01-01": edition})
    assert in_full(static_problems(found, is_readable=False)) == [
        "error 2025-01-01.md:49:1 no rule, data, reading or aside accounts for this text: “No end. …”",
        "error 2025-01-01.md:40:1 reading A1 settles `xyz`, which no check finds",
    ]
