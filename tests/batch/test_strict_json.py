"""JSON that says each thing once: what is refused, where, and that nobody can make reading it take for ever."""

import json
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isodose.batch.strict_json import DEEPEST, JsonError, parse


def refused(text: str) -> tuple[str, int, int]:
    with pytest.raises(JsonError) as error:
        parse(text)
    return str(error.value), error.value.line, error.value.column


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(value=JSON, is_ascii=st.booleans())
def test_what_json_writes_is_read_back(value: object, *, is_ascii: bool) -> None:
    assert parse(json.dumps(value, ensure_ascii=is_ascii)) == value


def test_numbers_are_read_as_they_are_written() -> None:
    assert parse("[1.10, 70, 1e3]") == [Decimal("1.10"), 70, Decimal("1e3")]
    assert str(parse("1.10")) == "1.10"


@pytest.mark.parametrize("digits", ["9" * 400, "-" + "9" * 10_000])
def test_a_number_of_thousands_of_digits_is_read_as_it_is_written(digits: str) -> None:
    assert parse(digits) == Decimal(digits)


@pytest.mark.parametrize("text", ["1e999999", "-1e-999999"])
def test_a_large_exponent_is_read(text: str) -> None:
    assert parse(text) == Decimal(text)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "this is not JSON: expecting value", (1, 1)),
        ("{", "this is not JSON: expecting property name enclosed in double quotes", (1, 2)),
        ("[1,\n 2,]", "this is not JSON: expecting value", (2, 4)),
        ('{"a": 1} x', "this is not JSON: extra data", (1, 10)),
        ('["a', "this is not JSON: unterminated string starting", (1, 2)),
        ('["a\tb"]', "this is not JSON: invalid control character", (1, 4)),
        ('{"a": "NaN",\n "b": NaN}', "`NaN` is not a JSON value: leave it out or write null", (2, 7)),
        ('{"a": -Infinity}', "`-Infinity` is not a JSON value: leave it out or write null", (1, 7)),
        ('["1e99999999999999999999", -1e99999999999999999999]', "a number with such an exponent cannot be right", (1, 28)),
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused_at_its_place(text: str, message: str, place: tuple[int, int]) -> None:
    assert refused(text) == (message, *place)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ('{"a": 1, "a": 2}', "a", (1, 10)),
        ('{"a": 1,\n "b": {"c": 1, "d": 2, "c": 3}}', "c", (2, 24)),
        ('{"b": {"a": 1}, "c": [{"a": 1}], "a": 1, "a": 2}', "a", (1, 42)),
        (r'{"a": 1, "\u0061": 2}', "a", (1, 10)),
        (r'{"\"": "a", "\u0022": "\""}', '"', (1, 13)),
        (r'{"\ud800": 1, "\ud800": 2}', "�", (1, 15)),
    ],
)
def test_a_name_given_twice_is_refused_where_it_stands_again(text: str, name: str, place: tuple[int, int]) -> None:
    assert refused(text) == (f"`{name}` is given twice in one object; keep one", *place)


def test_one_name_in_several_objects_is_no_name_given_twice() -> None:
    assert parse('[{"a": 1}, {"a": {"a": 2}}]') == [{"a": 1}, {"a": {"a": 2}}]


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_nesting_ends_at_64_levels(bracket: str) -> None:
    closing = "]" if bracket == "[" else "}"
    parse(bracket * DEEPEST + "1" + closing * DEEPEST)
    too_deep = bracket * (DEEPEST + 1) + "1" + closing * (DEEPEST + 1)
    assert refused(too_deep) == ("this is nested deeper than 64 levels", 1, len(bracket) * DEEPEST + 1)


def test_brackets_inside_a_text_are_no_nesting() -> None:
    assert parse(json.dumps("[" * 1000 + '"{')) == "[" * 1000 + '"{'


@pytest.mark.parametrize(
    "text",
    [
        "[" * 70 + '"' + r"\"" * 200_000,
        "[" * 1_000_000,
        '{"a":' * 200_000,
        "{" + ", ".join(f'"name {number}": 1' for number in range(50_000)) + ', "name 49999": 2}',
        "[" + "9" * 1_000_000 + ", NaN]",
        '["' + "\\" * 1_000_001,
    ],
    ids=["quotes in a text without end", "lists", "objects", "many names", "digits", "backslashes"],
)
def test_text_made_to_take_for_ever_is_refused_at_once(text: str) -> None:
    started = time.perf_counter()
    refused(text)
    assert time.perf_counter() - started < 5
