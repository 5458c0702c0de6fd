"""CSV content, each row with its line; what is wrong with header or rows is told, all of it."""

from collections.abc import Iterable

from tests.guideline.samples import told

from isodose.guideline.problem import Problem
from isodose.guideline.table import rows_from


def read(text: str, optional: Iterable[str] | None = ("note",)) -> tuple[list[tuple[dict[str, str], int]], list[str]]:
    problems: list[Problem] = []
    given = None if optional is None else tuple(optional)
    rows = list(rows_from(text, "codes.csv", ("code", "from"), given, problems))
    assert {problem.place.file for problem in problems} <= {"codes.csv"}
    assert all(place.file == "codes.csv" and place.column == 1 for _, place in rows)
    return [(cells, place.line) for cells, place in rows], told(problems)


def test_rows_are_columns_with_trimmed_cells_and_their_line() -> None:
    rows, problems = read("code,from,note\n77385, 2015-01-01 ,\n\n77386,,two\n")
    assert rows == [
        ({"code": "77385", "from": "2015-01-01", "note": ""}, 2),
        ({"code": "77386", "from": "", "note": "two"}, 4),
    ]
    assert problems == []


def test_columns_are_known_by_name_in_any_order() -> None:
    rows, _ = read(" from , code \na,b\n")
    assert rows == [({"from": "a", "code": "b"}, 2)]


def test_a_quoted_cell_may_hold_commas_quotes_and_line_breaks() -> None:
    rows, problems = read('code,from,note\n1,2,"a, ""b""\nc"\n3,4,d\n')
    assert [cells["note"] for cells, _ in rows] == ['a, "b"\nc', "d"]
    assert [line for _, line in rows] == [2, 4]
    assert problems == []


def test_missing_columns_are_told_together_and_no_row_is_read() -> None:
    assert read("note\nx\n") == ([], ["1:1 codes.csv lacks the column `code` or `from`"])
    assert read("") == ([], ["1:1 codes.csv lacks the column `code` or `from`"])
    assert read("code\nx\n") == ([], ["1:1 codes.csv lacks the column `from`"])


def test_a_column_that_is_not_known_is_told_with_the_nearest_and_rows_are_read_all_the_same() -> None:
    rows, problems = read("code,from,notes,x\n1,2,3,4\n")
    assert problems == [
        "1:1 codes.csv has no column `notes`; did you mean `note`?",
        "1:1 codes.csv has no column `x`",
    ]
    assert [line for _, line in rows] == [2]


def test_any_further_column_may_be_allowed() -> None:
    rows, problems = read("code,from,technique\n1,2,imrt\n", optional=None)
    assert rows == [({"code": "1", "from": "2", "technique": "imrt"}, 2)]
    assert problems == []


def test_a_row_of_another_length_is_told_and_left_out() -> None:
    rows, problems = read("code,from\n1,2\n1,2,3\n4\n5,6\n")
    assert [line for _, line in rows] == [2, 5]
    assert problems == [
        "3:1 this row has 3 cells, the header 2; quote a cell that holds a comma",
        "4:1 this row has 1 cells, the header 2; quote a cell that holds a comma",
    ]


def test_what_is_no_csv_is_told_with_its_line() -> None:
    rows, problems = read('code,from\n1,2\n"3"x,4\n')
    assert [line for _, line in rows] == [2]
    assert problems == ["3:1 this is not CSV: ',' expected after '\"'"]


def test_a_header_of_another_length_than_all_rows_is_told_once() -> None:
    for rows in ("1,2,3\n4,5,6\n", "1,2,3\n4,5,6\n7,8,9\n"):
        assert read(f"code,from\n{rows}") == ([], ["1:1 the header has 2 cells, the rows 3"])
    assert read("code,from\n1,2,3\n")[1] == ["2:1 this row has 3 cells, the header 2; quote a cell that holds a comma"]
    assert len(read("code,from\n1,2,3\n4\n")[1]) == 2


def test_a_row_that_repeats_the_header_is_told() -> None:
    rows, problems = read("code,from\n1,2\ncode, from\n3,4\n")
    assert [line for _, line in rows] == [2, 4]
    assert problems == ["3:1 this row repeats the header"]


def test_a_column_that_is_meant_is_not_told_as_lacking_as_well() -> None:
    problems: list[Problem] = []
    list(rows_from("cod,from\n1,2\n", "codes.csv", ("code", "from"), (), problems))
    assert told(problems) == ["1:1 codes.csv has no column `cod`; did you mean `code`?"]
    assert [problem.unknown for problem in problems] == ["cod"]
