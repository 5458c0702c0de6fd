"""When a procedure code is valid, what it can mean, what came after it; and what can be wrong with its row."""

from datetime import date

import pytest
from tests.guideline.samples import facts, told

from isodose.guideline.problem import Place, Problem
from isodose.guideline.procedure_codes import PATTERN, ProcedureCode, procedure_codes_from
from isodose.guideline.tree import Period

HEADER = "code,valid_from,valid_to,severity,successors,note\n"


def read(text: str, unreadable: tuple[str, ...] = ()) -> tuple[dict[str, ProcedureCode], list[str]]:
    problems: list[Problem] = []
    codes = procedure_codes_from(text, "codes.csv", facts(), problems, unreadable)
    assert {problem.place.file for problem in problems} <= {"codes.csv"}
    return codes, told(problems)


def test_a_code_with_everything() -> None:
    assert read(HEADER + "77385,2015-01-01,2025-12-31,mild;Severe ,77407; 77412,ended\n") == (
        {
            "77385": ProcedureCode(
                "77385",
                Period(date(2015, 1, 1), date(2025, 12, 31)),
                {"severity": ("mild", "severe")},
                ("77407", "77412"),
                "ended",
                Place("codes.csv", 2),
            )
        },
        [],
    )


def test_blank_is_unbounded_and_any() -> None:
    expected = ProcedureCode("77407", Period(), {}, (), "", Place("codes.csv", 2))
    assert read(HEADER + "77407,,,,,\n") == ({"77407": expected}, [])
    assert read("code,valid_from,valid_to\n77407,,\n") == ({"77407": expected}, [])


def test_several_choices_may_be_limited() -> None:
    codes, problems = read("code,valid_from,valid_to,severity,setting\n77407,,,mild,laboratory\n")
    assert problems == []
    assert codes["77407"].means == {"severity": ("mild",), "setting": ("laboratory",)}


@pytest.mark.parametrize("code", ["77386", "G6015", "0001U", "0042T", "J9999"])
def test_what_a_procedure_code_looks_like(code: str) -> None:
    assert PATTERN.fullmatch(code)
    assert list(read(f"code,valid_from,valid_to\n{code},,\n")[0]) == [code]


@pytest.mark.parametrize("code", ["7738", "773861", "g6015", "G601", "GG601", "G60155", "042T0", "77386-26", "７7386"])
def test_what_is_none(code: str) -> None:
    assert not PATTERN.fullmatch(code)


SHAPE = "is not a procedure code: five digits, a letter and four digits, or four digits and a letter"


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        ("7738,,,,,", [f"2:1 `7738` {SHAPE}"]),
        (",,,,,", [f"2:1 `` {SHAPE}"]),
        ("g6015,,,,,", [f"2:1 `g6015` {SHAPE}"]),
        ("77385,,,,77407;7741,", [f"2:1 `7741` {SHAPE}"]),
        ("77385,2015,,,,", ["2:1 `valid_from` is not a date like 2025-12-31: `2015`"]),
        ("77385,,31.12.2025,,,", ["2:1 `valid_to` is not a date like 2025-12-31: `31.12.2025`"]),
        (
            "77385,,,sevre;mild;none,,",
            ["2:1 `severity` offers no `sevre`; did you mean `severe`?", "2:1 `severity` offers no `none`"],
        ),
        (
            "7738,x,y,z,0,",
            [
                f"2:1 `7738` {SHAPE}",
                f"2:1 `0` {SHAPE}",
                "2:1 `valid_from` is not a date like 2025-12-31: `x`",
                "2:1 `valid_to` is not a date like 2025-12-31: `y`",
                "2:1 `severity` offers no `z`",
            ],
        ),
    ],
)
def test_a_row_that_is_wrong_is_told_and_left_out(row: str, problems: list[str]) -> None:
    assert read(f"{HEADER}{row}\n") == ({}, problems)


def test_a_code_that_is_listed_twice_is_told_and_the_first_is_kept() -> None:
    codes, problems = read(HEADER + "77385,,,,,one\n77386,,,,,\n77385,,,,,two\n")
    assert problems == ["4:1 `77385` is listed twice; the first is in line 2"]
    assert codes["77385"].note == "one"
    assert list(codes) == ["77385", "77386"]


def test_a_column_must_be_one_of_the_format_or_a_choice_fact() -> None:
    codes, problems = read("code,valid_from,valid_to,severty,bmi\n77385,,,mild,3\n")
    assert problems == [
        "1:1 codes.csv has no column `severty`; did you mean `severity`?",
        "1:1 codes.csv has no column `bmi`",
    ]
    assert codes["77385"].means == {}


def test_the_first_three_columns_are_required() -> None:
    assert read("code\n77385\n") == ({}, ["1:1 codes.csv lacks the column `valid_from` or `valid_to`"])


def test_a_column_of_a_fact_that_could_not_be_read_is_not_blamed() -> None:
    codes, problems = read("code,valid_from,valid_to,technique\n77385,,,imrt\n", ("technique",))
    assert problems == []
    assert codes["77385"].means == {}


def test_a_code_may_not_end_before_it_begins() -> None:
    assert read("code,valid_from,valid_to\n77385,2025-01-02,2025-01-01\n") == (
        {},
        ["2:1 `77385` ends on 2025-01-01, before it begins on 2025-01-02"],
    )
    assert list(read("code,valid_from,valid_to\n77385,2025-01-01,2025-01-01\n")[0]) == ["77385"]


def test_values_that_are_not_offered_are_told_as_one_for_each_value() -> None:
    problems: list[Problem] = []
    procedure_codes_from(HEADER + "77385,,,sevre,,\n77386,,,sevre;x,,\n", "codes.csv", facts(), problems)
    assert [problem.unknown for problem in problems] == ["severity is sevre", "severity is sevre", "severity is x"]
