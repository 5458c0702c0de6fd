"""CSV: every row that can be read is, and each that cannot is one fault at the line on which it starts."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isodose.batch.csv_source import csv_items
from isodose.batch.items import Fault, FlatRow
from isodose.determination.cells import TEXT_CELLS

HEADER = "request_id,procedure_code\n"


def rows(text: str) -> list[object]:
    """Each row as its cells, each fault as `place: message`."""
    return [
        f"{item.place}: {item.message}" if isinstance(item, Fault) else list(item.row.values())
        for item in csv_items(text)
        if isinstance(item, (Fault, FlatRow))
    ]


def test_a_row_is_a_case_with_its_line() -> None:
    [first, second] = csv_items(HEADER + "a,77386\nb,77385\n")
    assert first == FlatRow("line 2", {"request_id": "a", "procedure_code": "77386"}, TEXT_CELLS)
    assert second == FlatRow("line 3", {"request_id": "b", "procedure_code": "77385"}, TEXT_CELLS)


@pytest.mark.parametrize(
    "text",
    [
        "request_id,procedure_code\r\na,77386\r\nb,77385\r\n",
        "request_id,procedure_code\ra,77386\rb,77385\r",
        "request_id,procedure_code\na,77386\nb,77385",
        '"request_id", procedure_code \na,77386\n\n"b",77385\n   \n',
        "\n\nrequest_id,procedure_code\na,77386\nb,77385\n\n",
    ],
    ids=["CRLF", "CR", "no newline at the end", "quotes and blank lines", "blank lines before the header"],
)
def test_how_lines_end_and_what_is_blank_does_not_matter(text: str) -> None:
    assert rows(text) == [["a", "77386"], ["b", "77385"]]


def test_a_quoted_cell_holds_commas_quotes_and_lines() -> None:
    assert rows(HEADER + '"a, ""b""\nc",77386\nd,77385\n') == [['a, "b"\nc', "77386"], ["d", "77385"]]


def test_a_row_of_commas_alone_is_a_case_of_which_nothing_is_known() -> None:
    assert rows(HEADER + ",\na,77386\n") == [["", ""], ["a", "77386"]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a", "the row has 1 cell, the header 2; quote a cell that holds a comma"),
        ("a,b,c", "the row has 3 cells, the header 2; quote a cell that holds a comma"),
        ('a,"77"386', "a quoted cell goes on after its closing quote; write a quote inside it twice"),
        ('a,"77386', "a quote opens a cell and does not close it before a comma or the end of a line; close or remove it"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_does_not_cost_the_others(row: str, message: str) -> None:
    found = rows(f"{HEADER}first,1\n{row}\n" + '"last, for once",2\n')
    assert found == [["first", "1"], f"line 3: {message}", ["last, for once", "2"]]


def test_an_open_quote_does_not_swallow_the_rows_below_it() -> None:
    below = "".join(f"{number},77386\n" for number in range(5))
    [fault, *read] = rows(HEADER + 'a,"77386\n' + below)
    assert str(fault).startswith("line 2: a quote opens a cell")
    assert read == [[str(number), "77386"] for number in range(5)]


def test_a_row_over_several_lines_with_too_many_cells_names_them() -> None:
    message = "line 2: the row (to line 3) has 3 cells, the header 2; quote a cell that holds a comma"
    assert rows(HEADER + '"a\nb",c,d\n') == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b,a,b,c\n1,2,3,4,5\n", "line 1: the column `a` or `b` stands twice; keep one"),
        ("request_id,outcome\nx,y\n", "line 1: the answer adds `outcome` itself; rename what was sent under that name"),
        ("request_id;procedure_code\na;77386\n", "line 1: the columns are separated by `;`; save the file as CSV, with commas"),
        ("request_id\tprocedure_code\na\t77386\n", "line 1: the columns are separated by tabs; save the file as CSV, with commas"),
        ("<html>\n<body>\n", "line 1: this is XML or HTML; give JSON, JSON lines or CSV"),
        (",,\n1,2,3\n", "line 1: the header names no column; start with a row of column names"),
        ("hello", "line 1: this is neither JSON nor a CSV header with rows below it"),
        ("\n\n", ": the file is empty; give a header and a row for each case"),
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_used_is_the_only_fault(text: str, message: str) -> None:
    assert rows(text) == [message]


def test_a_header_alone_has_no_cases() -> None:
    assert rows(HEADER) == []


def test_a_column_without_a_name_matters_only_where_it_holds_something() -> None:
    items = csv_items("request_id,,\na,,\nb,x,\n")
    assert [item.row for item in items if isinstance(item, FlatRow)] == [
        {"request_id": "a"},
        {"request_id": "b", "column 2": "x"},
    ]


def test_a_cell_may_be_as_long_as_the_file() -> None:
    assert rows(f"{HEADER}{'x' * 1_000_000},77386\n") == [["x" * 1_000_000, "77386"]]


def test_quotes_made_to_be_read_again_and_again_end_with_a_fault() -> None:
    started = time.perf_counter()
    *_, last = rows(HEADER + 'x","y\n' * 200_000)
    assert str(last).endswith("nothing is read from here on: too many quotes close in the wrong place")
    assert time.perf_counter() - started < 20


def test_a_wide_header_takes_no_longer_than_a_long_file() -> None:
    started = time.perf_counter()
    header = ",".join(f"c{number}" for number in range(100_000))
    assert len(rows(f"{header}\n{header}\n")) == 1
    assert time.perf_counter() - started < 5


@given(text=st.text(alphabet='ab,"\n\r ;é\0', max_size=60))
def test_any_text_gives_rows_and_faults_with_places_in_order(text: str) -> None:
    places = [item.place for item in csv_items(text)]
    lines = [int(place.removeprefix("line ")) for place in places if place]
    assert lines == sorted(lines)
    assert all(1 <= line <= len(text) + 1 for line in lines)
