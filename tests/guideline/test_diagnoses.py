"""Which row of the map wins: the longer bound, an exact code before a range, the inner range before the outer."""

import csv
import pickle
import random
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guideline.samples import told

from isodose.guideline.diagnoses import DiagnosisMap, Row, Status, diagnoses_from, specificity, with_dot
from isodose.guideline.problem import ANY_CLAUSE, Place, Problem

CLAUSES = ("1", "1.a", "1.b", "1.c")
SETS = ("neoplasm", "malignant")
HEADER = "in,codes,status,title,note\n"


def read(rows: str) -> tuple[DiagnosisMap, list[str]]:
    problems: list[Problem] = []
    found = diagnoses_from(HEADER + rows, "diagnoses.csv", CLAUSES, SETS, problems)
    return found, told(problems)


def home(found: DiagnosisMap, code: str) -> str | None:
    row = found.in_clauses(code)
    return row.home if row else None


def test_a_code_means_itself_and_everything_below_it() -> None:
    found, problems = read("1.c,C50,clear,Breast,\n")
    assert problems == []
    assert [home(found, code) for code in ("C50", "C501", "C50911", "C5", "C51", "C49", "D50")] == [
        "1.c", "1.c", "1.c", None, None, None, None,
    ]  # fmt: skip


def test_a_range_is_inclusive_with_everything_below_its_bounds() -> None:
    found, _ = read("1.a,C02.0-C02.3,clear,Tongue,\n")
    assert [home(found, code) for code in ("C020", "C023", "C0239", "C024", "C02", "C01")] == [
        "1.a", "1.a", "1.a", None, None, None,
    ]  # fmt: skip


def test_bounds_compare_as_text() -> None:
    found, _ = read("1.a,C00-D49,clear,,\n")
    assert [home(found, code) for code in ("C00", "C4A1", "C7B09", "D3A", "D49", "D4A", "D50", "B99")] == [
        "1.a", "1.a", "1.a", "1.a", "1.a", None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "code", "winner"),
    [
        # the longer bound
        ("1.a,C50,clear,,\n1.b,C50.1,clear,,\n", "C501", "1.b"),
        ("1.a,C50,clear,,\n1.b,C50.1,clear,,\n", "C502", "1.a"),
        ("1.a,C00-C96,clear,,\n1.b,C50,clear,,\n", "C501", "1.b"),
        ("1.a,C50,clear,,\n1.b,C50.0-C50.4,clear,,\n", "C504", "1.b"),
        ("1.a,C50,clear,,\n1.b,C50.0-C50.4,clear,,\n", "C505", "1.a"),
        # of equally long ones an exact code before a range
        ("1.a,C00-C96,clear,,\n1.b,C50,clear,,\n", "C50", "1.b"),
        ("1.a,C50-C51,clear,,\n1.b,C50,clear,,\n", "C50", "1.b"),
        ("1.a,C50-C51,clear,,\n1.b,C50,clear,,\n", "C51", "1.a"),
        ("1.a,C50-C51,clear,,\n1.b,C51,clear,,\n", "C51", "1.b"),
        # the inner range before the outer
        ("1.a,C00-C96,clear,,\n1.b,C40-C50,clear,,\n", "C45", "1.b"),
        ("1.a,C00-C96,clear,,\n1.b,C00-C50,clear,,\n", "C45", "1.b"),
        ("1.a,C00-C96,clear,,\n1.b,C40-C96,clear,,\n", "C45", "1.b"),
        ("1.a,C00-C96,clear,,\n1.b,C40-C60,clear,,\n1.c,C45-C50,clear,,\n", "C47", "1.c"),
        ("1.a,C00-C96,clear,,\n1.b,C40-C60,clear,,\n1.c,C45-C50,clear,,\n", "C59", "1.b"),
    ],
)
def test_the_most_specific_row_wins(rows: str, code: str, winner: str) -> None:
    found, problems = read(rows)
    assert problems == []
    assert home(found, code) == winner
    backwards, _ = read("\n".join(reversed(rows.splitlines())))
    assert home(backwards, code) == winner


def test_clauses_and_each_set_are_looked_at_apart() -> None:
    found, problems = read(
        "1.a,C50,clear,,\nneoplasm,C50.1,ambiguous,,\nneoplasm,C00-D49,clear,,\nmalignant,C00-C96,ambiguous,,\n"
    )
    assert problems == []
    assert home(found, "C501") == "1.a"
    statuses = [row and row.status for row in (found.in_set("neoplasm", "C501"), found.in_set("neoplasm", "D10"))]
    assert statuses == [Status.AMBIGUOUS, Status.CLEAR]
    assert found.in_set("malignant", "D10") is None
    assert home(found, "D10") is None


def test_a_row_without_a_home_competes_with_those_of_the_clauses() -> None:
    found, problems = read(",Z51.0,treatment,,\n,Z85,aside,,\n1.a,Z85.1,clear,,\n")
    assert problems == []
    rows = [found.in_clauses(code) for code in ("Z510", "Z8500", "Z851")]
    assert [row and (row.home, row.status) for row in rows] == [
        ("", Status.TREATMENT),
        ("", Status.ASIDE),
        ("1.a", Status.CLEAR),
    ]


def test_a_row_is_kept_as_it_was_written() -> None:
    found, _ = read('1.a,c02.0-C02.3 ,clear," Oral, tongue",Why\n')
    [row] = found.rows
    assert row == Row("1.a", "C020", "C023", Status.CLEAR, "Oral, tongue", "Why", Place("diagnoses.csv", 2))
    assert row.codes == "C02.0-C02.3"
    assert row.is_range
    [row] = read("1.a,C50.911,clear,,\n")[0].rows
    assert (row.codes, row.is_range) == ("C50.911", False)


def test_all_rows_are_held_those_of_the_clauses_first() -> None:
    found, _ = read("neoplasm,C00-D49,clear,,\n1.a,C50,clear,,\nmalignant,C00-C96,clear,,\n")
    assert [row.home for row in found.rows] == ["1.a", "neoplasm", "malignant"]


def test_an_empty_map_knows_nothing() -> None:
    empty = DiagnosisMap()
    assert (empty.rows, empty.in_clauses("C50")) == ((), None)
    assert DiagnosisMap((), ["neoplasm"]).in_set("neoplasm", "C50") is None


STATUS_OF_HOME = "the status of a clause or set is `clear` or `ambiguous`"
STATUS_WITHOUT = "the status of a row without one is `aside` or `treatment`"
CODE = "is not an ICD-10-CM code or range: write `C50`, `C50.1` or `C02.0-C02.3`"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "1.d,C50,clear,,",
            (
                "2:1 [1.d] `1.d` is neither a clause of an edition nor a set of `diagnosis` in facts.yaml; "
                "did you mean `1.c`?"
            ),
        ),
        (
            "neoplasms,C50,clear,,",
            (
                "2:1 [neoplasms] `neoplasms` is neither a clause of an edition nor a set of `diagnosis` in "
                "facts.yaml; did you mean `neoplasm`?"
            ),
        ),
        (
            "x,C50,clear,,",
            "2:1 [x] `x` is neither a clause of an edition nor a set of `diagnosis` in facts.yaml",
        ),
        ("1.a,C50,aside,,", f"2:1 [1.a] {STATUS_OF_HOME}, not `aside`"),
        ("1.a,C50,cleer,,", f"2:1 [1.a] {STATUS_OF_HOME}, not `cleer`; did you mean `clear`?"),
        ("1.a,C50,,,", f"2:1 [1.a] {STATUS_OF_HOME}, not ``"),
        (",C50,clear,,", f"2:1 {STATUS_WITHOUT}, not `clear`"),
        (",C50,asides,,", f"2:1 {STATUS_WITHOUT}, not `asides`; did you mean `aside`?"),
        ("1.a,,clear,,", f"2:1 [1.a] `` {CODE}"),
        ("1.a,50,clear,,", f"2:1 [1.a] `50` {CODE}"),
        ("1.a,C,clear,,", f"2:1 [1.a] `C` {CODE}"),
        ("1.a,C50.91111,clear,,", f"2:1 [1.a] `C50.91111` {CODE}"),
        ("1.a,C50-,clear,,", f"2:1 [1.a] `C50-` {CODE}"),
        ("1.a,-C50,clear,,", f"2:1 [1.a] `-C50` {CODE}"),
        ("1.a,C50-C51-C52,clear,,", f"2:1 [1.a] `C50-C51-C52` {CODE}"),
        ("1.a,C50 C51,clear,,", f"2:1 [1.a] `C50 C51` {CODE}"),
        ("1.a,C50-C51.9,clear,,", "2:1 [1.a] the bounds of `C50-C51.9` must be equally long"),
        ("1.a,C51-C50,clear,,", "2:1 [1.a] the range `C51-C50` runs backwards: write `C50-C51`"),
        (
            "1.a,C02.3-C02.0,clear,,",
            "2:1 [1.a] the range `C02.3-C02.0` runs backwards: write `C02.0-C02.3`",
        ),
    ],
)
def test_a_row_that_is_wrong_is_told_and_left_out(row: str, problem: str) -> None:
    found, problems = read(f"{row}\n1.b,C61,clear,,\n")
    assert problems == [problem]
    assert [row.home for row in found.rows] == ["1.b"]


def test_a_range_of_one_code_is_that_code() -> None:
    found, problems = read("1.a,C50-C50,clear,,\n")
    assert problems == []
    [row] = found.rows
    assert (row.codes, row.is_range) == ("C50", False)


def test_columns_are_those_of_the_format() -> None:
    problems: list[Problem] = []
    diagnoses_from("in,codes,status\n1.a,C50,clear\n", "diagnoses.csv", CLAUSES, SETS, problems)
    assert told(problems) == ["1:1 diagnoses.csv lacks the column `title` or `note`"]
    problems = []
    diagnoses_from("in,codes,status,title,note,notes\n", "diagnoses.csv", CLAUSES, SETS, problems)
    assert told(problems) == ["1:1 diagnoses.csv has no column `notes`; did you mean `note`?"]


@pytest.mark.parametrize(
    ("code", "written"), [("C61", "C61"), ("C610", "C61.0"), ("C50911", "C50.911"), ("C7B00", "C7B.00")]
)
def test_a_code_is_written_with_its_dot(code: str, written: str) -> None:
    assert with_dot(code) == written


LETTERS = st.sampled_from("C")
DIGITS = st.sampled_from("0123")


@st.composite
def bounds(draw: st.DrawFn) -> tuple[str, str]:
    length = draw(st.integers(1, 4))
    one, other = ("C" + draw(st.text(DIGITS, min_size=length, max_size=length)) for _ in range(2))
    return (min(one, other), max(one, other)) if draw(st.booleans()) else (one, one)


def brute_force(rows: list[Row], code: str) -> list[Row]:
    """The winners by the words of the format: of those that hold the code, none is more specific."""
    holding = [row for row in rows if row.low <= code[: len(row.low)] <= row.high]
    longest = max((len(row.low) for row in holding), default=0)
    holding = [row for row in holding if len(row.low) == longest]
    exact = [row for row in holding if row.low == row.high]
    holding = exact or holding
    return [
        row
        for row in holding
        if not any(
            other is not row and row.low <= other.low and other.high <= row.high and other.codes != row.codes
            for other in holding
        )
    ]


@given(st.lists(bounds(), max_size=8, unique=True), st.text(DIGITS, min_size=2, max_size=5), st.randoms())
def test_the_order_of_rows_never_matters_and_the_winner_is_what_the_format_says(
    ranges: list[tuple[str, str]], digits: str, order: random.Random
) -> None:
    code = "C" + digits
    rows = [
        Row(f"1.{number}", low, high, Status.CLEAR, "", "", Place("", number))
        for number, (low, high) in enumerate(ranges)
    ]
    winner = DiagnosisMap(rows).in_clauses(code)
    order.shuffle(rows)
    assert DiagnosisMap(rows).in_clauses(code) == winner
    expected = brute_force(rows, code)
    assert (winner in expected) if expected else winner is None


@given(st.lists(bounds(), min_size=2, max_size=2, unique=True))
def test_no_two_different_ranges_are_equally_specific(ranges: list[tuple[str, str]]) -> None:
    one, other = (Row("1", low, high, Status.CLEAR, "", "", Place("")) for low, high in ranges)
    assert specificity(one) != specificity(other)


@given(st.lists(st.sampled_from(["1.a,C50,clear,,", "1.b,C50.1,clear,,", ",Z85,aside,,"]), unique=True))
def test_a_written_map_is_read_row_by_row(lines: list[str]) -> None:
    found, problems = read("".join(f"{line}\n" for line in lines))
    assert problems == []
    written = {cells[1] for cells in csv.reader(StringIO("\n".join(lines)))}
    assert {row.codes for row in found.rows} == written


def test_an_unknown_home_is_said_apart_so_that_it_is_told_once() -> None:
    problems: list[Problem] = []
    rows = "1.d,C50,clear,,\n1.a,C51,cleer,,\n"
    diagnoses_from(HEADER + rows, "diagnoses.csv", CLAUSES, SETS, problems)
    assert [problem.unknown for problem in problems] == ["1.d", ""]


def test_where_some_clauses_are_not_known_no_home_is_wrong() -> None:
    problems: list[Problem] = []
    found = diagnoses_from(HEADER + "1.d,C50,clear,,\n", "diagnoses.csv", [ANY_CLAUSE], SETS, problems)
    assert problems == []
    assert home(found, "C50") == "1.d"


def test_a_map_that_is_kept_and_read_again_is_the_same_map() -> None:
    found, _ = read("1.a,C50,clear,,\nneoplasm,C00-D49,clear,,\n")
    again = pickle.loads(pickle.dumps(found))  # noqa: S301
    assert again.rows == found.rows
    assert again.in_clauses("C501") == found.in_clauses("C501")
    assert again.in_set("neoplasm", "D10") == found.in_set("neoplasm", "D10")
    assert again.in_set("malignant", "D10") is None
