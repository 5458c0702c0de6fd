"""The map of diagnoses: each row can win for some code, and no two rows claim a code with equal weight."""

from pathlib import Path

from tests.guideline.check.told import HEADER, told_by

from isodose.guideline.check.diagnoses import rows_can_win, rows_do_not_tie


def test_a_row_that_never_wins_is_told_with_those_that_take_its_codes(tmp_path: Path) -> None:
    rows = HEADER + (
        "1,G47.0,clear,Insomnia,\n"  # its codes are G47.00, G47.01 and G47.09
        "1,G47.00,clear,,\n"
        "2,G47.01-G47.09,clear,,\n"
        ",G47.10-G47.11,aside,,\n"
        "2,G47.10,clear,,\n"
        "1,G47.11,clear,,\n"
        "2,G47.2,clear,Circadian rhythm,\n"  # wins for all but one
        "1,G47.20,clear,,\n"
    )
    assert told_by(rows_can_win, tmp_path, diagnoses=rows) == [
        "warning diagnoses.csv:5:1 `G47.10-G47.11` can never win: its codes all go to `G47.10`, `G47.11`",
        "warning diagnoses.csv:2:1 [1] `G47.0` can never win: its codes all go to `G47.00`, `G47.01-G47.09`",
    ]


def test_a_row_without_a_billable_code_is_told(tmp_path: Path) -> None:
    rows = HEADER + "1,G47.7,clear,,\nsleep-disorder,G47.34-G47.35,clear,,\n,C99,aside,,\nairway-tumor,C98.1,clear,,\n"
    assert told_by(rows_can_win, tmp_path, diagnoses=rows) == [
        "warning diagnoses.csv:2:1 [1] `G47.7` holds no billable code of the ICD-10-CM release",
        "warning diagnoses.csv:4:1 `C99` holds no billable code of the ICD-10-CM release",
        "warning diagnoses.csv:5:1 [airway-tumor] `C98.1` holds no billable code of the ICD-10-CM release",
    ]


def test_rows_compete_with_those_of_the_clauses_or_of_their_own_set_alone(tmp_path: Path) -> None:
    rows = HEADER + "1,G47.33,clear,,\nsleep-disorder,G47.33,clear,,\nairway-tumor,G47.33,clear,,\n"
    assert told_by(rows_can_win, tmp_path, diagnoses=rows) == []


def test_a_row_that_stands_twice_is_told_with_the_first_and_whose_it_is(tmp_path: Path) -> None:
    rows = HEADER + (
        "2,G47.33,clear,,\n1,G47.33,clear,,\n2,G47.33,ambiguous,,\n,G47.33,aside,,\n"
        "sleep-disorder,G47.33,clear,,\nsleep-disorder,G47.33,clear,,\n"
    )
    assert told_by(rows_do_not_tie, tmp_path, diagnoses=rows) == [
        "error diagnoses.csv:3:1 [1] `G47.33` stands twice; the first is in line 2, for `2`",
        "error diagnoses.csv:4:1 [2] `G47.33` stands twice; the first is in line 2",
        "error diagnoses.csv:5:1 `G47.33` stands twice; the first is in line 2, for `2`",
        "error diagnoses.csv:7:1 [sleep-disorder] `G47.33` stands twice; the first is in line 6",
    ]


def test_ranges_that_overlap_with_equal_weight_are_told(tmp_path: Path) -> None:
    rows = HEADER + (
        "1,G40-G47,clear,,\n"
        ",G47-G50,aside,,\n"  # shares its first category with the end of the one above
        "2,G41-G46,clear,,\n"  # lies in the first: the inner range wins
        "2,G40-G43,clear,,\n"  # begins where the first begins, and crosses the third
        "1,G45.0-G48.0,clear,,\n"  # longer bounds win over all of them
        "1,G48,clear,,\n"  # an exact code before a range
        "2,G51-G52,clear,,\n"  # shares nothing
    )
    weight = "overlap with equal weight: neither lies in the other"
    assert told_by(rows_do_not_tie, tmp_path, diagnoses=rows) == [
        "error diagnoses.csv:3:1 `G47-G50` and `G40-G47` (line 2) overlap with equal weight: neither lies in the other",
        f"error diagnoses.csv:5:1 [2] `G40-G43` and `G41-G46` (line 4) {weight}",
    ]
