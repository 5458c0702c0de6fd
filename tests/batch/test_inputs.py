"""What a file holds: found by its name and by how it starts."""

import json

import pytest

from isodose.batch.inputs import items_in
from isodose.batch.items import Fault, FhirResource, FlatRow, Item, RequestObject

ROW = {"request_id": "a", "procedure_code": "77386"}
REQUEST = {"lines": [ROW]}
BUNDLE = {"resourceType": "Bundle"}
LINES = json.dumps(ROW) + "\n" + json.dumps(REQUEST) + "\n"


def items(text: str | bytes, name: str = "-") -> list[Item]:
    return list(items_in(text.encode() if isinstance(text, str) else text, name))


def told(text: str | bytes, name: str = "-") -> list[str]:
    """The kind of each item, and its place; of a fault the message."""
    return [
        f"{item.place}: {item.message}" if isinstance(item, Fault) else f"{type(item).__name__} {item.place}".strip()
        for item in items(text, name)
    ]


@pytest.mark.parametrize(
    ("value", "kind"),
    [(ROW, FlatRow), ({}, FlatRow), (REQUEST, RequestObject), ({"member": {}}, RequestObject), (BUNDLE, FhirResource)],
)
def test_an_object_is_a_case_a_request_or_a_bundle(value: object, kind: type) -> None:
    [item] = items(json.dumps(value, indent=2))
    assert type(item) is kind


def test_a_list_holds_any_of_them_each_with_its_index() -> None:
    found = told(json.dumps([ROW, REQUEST, BUNDLE, 7]))
    assert found[:3] == ["FlatRow [0]", "RequestObject [1]", "FhirResource [2]"]
    assert found[3] == "[3]: a request, a flat case or a FHIR Bundle is an object, not a number"


@pytest.mark.parametrize("name", ["cases.jsonl", "cases.NDJSON", "cases.json", "cases", "-"])
def test_json_lines_are_known_by_name_or_by_their_first_line(name: str) -> None:
    assert told(LINES, name) == ["FlatRow line 1", "RequestObject line 2"]


@pytest.mark.parametrize("name", ["cases.csv", "cases.txt", "-"])
def test_csv_is_what_starts_like_no_json(name: str) -> None:
    assert told("request_id,procedure_code\na,77386\n", name) == ["FlatRow line 2"]


def test_json_under_a_wrong_name_is_read_as_json() -> None:
    assert told(json.dumps(REQUEST), "request.csv") == ["RequestObject"]


@pytest.mark.parametrize("rest", ['{"request_id": "b"', "nothing of the kind"])
def test_a_line_that_cannot_be_read_does_not_cost_the_others(rest: str) -> None:
    kinds = told(f"{json.dumps(ROW)}\n{rest}\n\n{json.dumps(ROW)}\r\n")
    assert [kinds[0], kinds[2]] == ["FlatRow line 1", "FlatRow line 4"]
    assert kinds[1].startswith("line 2, column ")
    assert "this is not JSON" in kinds[1]


def test_pretty_json_is_no_json_lines() -> None:
    assert told('{"member": {"product": "ma-hmo"}\n,"lines": [{}]}') == ["RequestObject"]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("text", [json.dumps(ROW), "request_id,procedure_code\na,77386\n"])
def test_a_byte_order_mark_is_no_letter(mark: bytes, text: str) -> None:
    [item] = items(mark + text.encode())
    assert isinstance(item, FlatRow)
    assert dict(item.row) == ROW


def test_other_ends_of_lines_stand_inside_a_line() -> None:
    [item] = items('{"request_id": "a\u2028b\x85c"}\n', "x.jsonl")
    assert isinstance(item, FlatRow)
    assert item.row["request_id"] == "a\u2028b\x85c"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", ": the file is empty; give a request, flat cases or a FHIR Bundle"),
        (b"\xef\xbb\xbf \n\t", ": the file is empty; give a request, flat cases or a FHIR Bundle"),
        (b'{"a":\n"\xe9"}', "line 2: this is not UTF-8 text; save the file as UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "line 1: this is not text; give JSON, JSON lines or CSV, saved as UTF-8"),
        ("a,b\n1,2\n".encode("utf-16-le"), "line 1: this is not text; give JSON, JSON lines or CSV, saved as UTF-8"),
        (b"PK\x03\x04\x14\x00", "line 1: this is not text; give JSON, JSON lines or CSV, saved as UTF-8"),
        (b"null", ": a request, a flat case or a FHIR Bundle is an object, not null"),
        (b'{"edition": "x"}', ": the answer adds `edition` itself; rename what was sent under that name"),
    ],
)
def test_what_cannot_be_read_at_all_is_one_fault(raw: bytes, message: str) -> None:
    assert told(raw, "x.json") == [message]


@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl"])
def test_a_byte_that_is_not_utf_8_costs_its_own_row(name: str) -> None:
    """A file of Windows has one name in Latin-1: the other rows are answered."""
    rows = {
        "cases.csv": b"request_id,practice\nR-1,Elm\nR-2,Caf\xe9\nR-3,Oak\n",
        "cases.jsonl": b'{"request_id": "R-1"}\n{"practice": "Caf\xe9"}\n{"request_id": "R-3"}\n',
    }
    kinds = [type(item).__name__ for item in items_in(rows[name], name)]
    assert kinds == ["FlatRow", "Fault", "FlatRow"]
