"""Anything may be sent. The command answers, or says in one line what cannot be read; it never breaks off."""

import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.command_line import Result, Run
from tests.terminal.pages import too_wide

from isodose.cli import main
from isodose.guideline.load import load_or_raise
from isodose.guideline.outcome import Outcome

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = [EXAMPLES / name for name in ("request.json", "cases.csv", "cases.jsonl", "pas-bundle.json")]
OUTCOMES = set(Outcome)

FLAT = json.loads((EXAMPLES / "cases.jsonl").read_text("utf-8").splitlines()[0])
REVIEWED = json.loads((EXAMPLES / "request.json").read_text("utf-8")) | {
    "judgements": [
        {"clause": "1", "truth": "met", "line": 1, "by": "M. Reyes RN", "on": "2025-10-20", "why": "the note"}
    ],
    "disputes": [{"fact": "treatment_intent", "by": "M. Reyes RN", "on": "2025-10-20", "why": "the note"}],
}
COLUMNS = (EXAMPLES / "cases-template.csv").read_text("utf-8").strip().split(",")


load_once = cache(load_or_raise)


def decide(raw: bytes, *options: str) -> Result:
    """Run the command on standard input, with streams as a process has them. The guideline is read once for all runs."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(stream, "utf-8", newline="\n", write_through=True) for stream in (out, err)]
    with (
        redirect_stdout(streams[0]),
        redirect_stderr(streams[1]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw))),
        patch("isodose.guideline.load.load_or_raise", load_once),
        patch.dict(os.environ, {"ISODOSE_KEEP": "false"}),
    ):
        status = main(["decide", *options, "-"])
    return Result(status, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8"))


def answered(raw: bytes) -> Result:
    """The answers as data, after looking at all that holds whatever was sent."""
    result = decide(raw, "--json")
    assert result.status in (0, 2)
    for line in result.err.splitlines():
        assert line.startswith("isodose: standard input: ")
        assert line.isprintable()
    assert (result.status == 2) == bool(result.faults)
    for answer in (json.loads(line) for line in result.out.split("\n") if line):
        assert answer["outcome"] in OUTCOMES
        assert (answer["outcome"] == "invalid") == (answer["problem"] is not None)
    page = decide(raw)
    assert (page.status, page.err) == (result.status, result.err)
    assert too_wide(page.out) == []
    return result


ODD: list[object] = [
    None, True, False, 0, 1, -1, 7.5, 1e308, 10**30, 10**400, "", " ", "\t", "absent", "ABSENT", "true", "null", "NaN", "0000-00-00",
    "9999-12-31", "0001-01-01", "2025-02-30", "2025-11-03", "2025-11-03T00:00:00Z", "20251103", "２０２５-11-03", "77386", "７７３８６",
    "77386 ", "g6015", "C61", "c61", "C61.", "С61", "C18", "Z51.0", "C61;C77.5", ";", "mа-hmo", "ma-hmo", "MA-HMO", "vmat", "curative",
    "\ud800", "\udfff\ud800", "\x00", "\x1b[2J", "\u202e", "\u2028", "a\nb", "x" * 5000, "ſ", "ı", "İ", [], [None], [[]], [""], ["C61"],
    ["\ud800"], ["C61", 61], {}, {"a": 1}, {"reference": "#x"},
]  # fmt: skip
KEYS = [
    *COLUMNS,
    "outcome",
    "__proto__",
    "constructor",
    "lines",
    "member",
    "line",
    "resourceType",
    "notes",
    "",
    " ",
    "\ud800",
    "\x00",
]

values = st.sampled_from(ODD) | st.text(max_size=20) | st.integers() | st.floats() | st.booleans()
rows = st.dictionaries(st.sampled_from(COLUMNS), values, max_size=12)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


@given(raw=st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes(raw: bytes) -> None:
    answered(raw)


@given(text=st.text(alphabet='{}[]",:\\ \nnulltrue0123eE+-.aé\0', max_size=80))
@settings(max_examples=200)
def test_any_text_that_looks_like_json(text: str) -> None:
    answered(text.encode())


@pytest.mark.slow
@given(file=st.sampled_from(FILES), data=st.data())
@settings(max_examples=200)
def test_an_example_that_was_damaged(file: Path, data: st.DataObject) -> None:
    raw = file.read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 30)))
    between = data.draw(
        st.sampled_from([b"", b'"', b"\n", b"{", b"[", b"]}", b",", b"\\", b"\xff", b"\x00", raw[start:end] * 3, raw])
    )
    answered(raw[:start] + between + raw[end:])


def changed(value: Any, data: st.DataObject) -> Any:
    """The value with one part of it, somewhere, replaced by something odd, left out or added."""
    if isinstance(value, dict) and value and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(value)))
        return {**value, name: changed(value[name], data)}
    if isinstance(value, list) and value and data.draw(st.booleans()):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], changed(value[place], data), *value[place + 1 :]]
    if isinstance(value, dict) and data.draw(st.booleans()):
        return {**value, data.draw(st.sampled_from(KEYS)): data.draw(values)}
    return data.draw(values)


@pytest.mark.slow
@pytest.mark.parametrize(
    "value", [REVIEWED, [FLAT, FLAT], json.loads(FILES[3].read_text("utf-8"))], ids=["request", "cases", "bundle"]
)
@given(data=st.data())
@settings(max_examples=200)
def test_a_request_with_a_part_that_is_odd(value: object, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        value = changed(value, data)
    answered(as_json(value))


@given(sent=st.lists(rows, min_size=1, max_size=4))
@settings(max_examples=80)
def test_each_flat_case_has_its_answer_whatever_its_cells_hold(sent: list[dict[str, object]]) -> None:
    result = answered(b"\n".join(map(as_json, sent)))
    strange = sum(not set(row) & {*COLUMNS, "line", "member_id"} for row in sent)
    unreadable = strange + sum("NaN" in line or "Infinity" in line for line in map(json.dumps, sent))
    assert len(result.answers) + len(result.faults) == len(sent)
    assert len(result.faults) <= unreadable


@given(
    sent=st.lists(
        st.lists(st.sampled_from([str(odd) for odd in ODD]), min_size=12, max_size=12), min_size=1, max_size=4
    )
)
@settings(max_examples=80)
def test_each_row_of_a_table_has_its_answer_whatever_its_cells_hold(sent: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in sent]
    text = "\n".join([",".join(COLUMNS), *quoted])
    result = answered(text.encode("utf-8", "replace"))
    assert (result.status, len(result.answers)) == (0, len(sent))


@given(text=st.text(alphabet='",;\n\r aC6é\x00', max_size=60))
@settings(max_examples=200)
def test_a_table_with_any_quotes(text: str) -> None:
    answered(f"{','.join(COLUMNS[:3])}\n{text}\nlast,2025-11-03,1955-03-14".encode())


# By hand


def one_case(**cells: object) -> dict[str, Any]:
    [answer] = answered(as_json(FLAT | cells)).answers
    return answer


@pytest.mark.parametrize(
    "day", ["0000-00-00", "2025-02-30", "20251103", "2025-11-3", "３-11-2025", "2025-11-03T00:00", "absent"]
)
def test_a_day_that_is_none_is_invalid(day: str) -> None:
    assert (
        f"`date_of_service`: `{day}` is not a date: write it as YYYY-MM-DD" in one_case(date_of_service=day)["problem"]
    )


def test_the_first_and_the_last_day_of_the_calendar_are_days() -> None:
    assert "77386` is valid from" in one_case(date_of_service="0001-01-01", member_birth_date="0001-01-01")["problem"]
    assert (
        "77386` ended on 2025-12-31"
        in one_case(date_of_service="9999-12-31", member_birth_date="9999-12-31")["problem"]
    )
    assert "gives an age of 2024 on 2025-10-14" in one_case(member_birth_date="0001-01-01")["problem"]


@pytest.mark.parametrize("product", ["mа-hmo", "ma‑hmo", "ｍａ-hmo"])
def test_a_look_alike_is_another_word_and_is_noted(product: str) -> None:
    answer = one_case(product=product)
    assert answer["outcome"] == "not-applicable"
    assert [note for note in answer["notes"] if "did you mean `ma-hmo`?" in note]


@pytest.mark.parametrize("number", ["1e999999", "-1e-999999", "9" * 10_000, "1.5", "true", '"１"'])
def test_a_line_that_is_no_whole_number_is_invalid(number: str) -> None:
    raw = json.dumps(FLAT)[:-1] + f', "line": {number}}}'
    [answer] = answered(raw.encode()).answers
    assert answer["outcome"] == "invalid"
    assert "`line`: " in answer["problem"]


def test_half_a_letter_comes_back_as_it_was_sent() -> None:
    result = answered(as_json(FLAT | {"request_id": "\ud800"}))
    assert result.answers[0]["request_id"] == "\ud800"
    assert "\\ud800" in result.out


def test_a_line_of_answers_is_one_line_for_every_reader() -> None:
    result = answered(as_json(FLAT | {"request_id": "a\u2028b\u2029c\x85d\x7f\x9b"}))
    assert len(result.out.splitlines()) == 1
    assert result.answers[0]["request_id"] == "a\u2028b\u2029c\x85d\x7f\x9b"


def test_what_was_sent_cannot_steer_the_terminal() -> None:
    page = decide(as_json(FLAT | {"request_id": "\x1b[2J\x07", "product": "\x1b]0;x\x07", "\x1b[31m\n": 1}))
    assert "\x1b" not in page.out
    assert "\x07" not in page.out


def test_a_huge_cell_is_a_cell() -> None:
    cell = "x" * 1_000_000
    assert one_case(product=cell)["outcome"] == "not-applicable"
    assert len(decide(as_json(FLAT | {"product": cell, "request_id": cell})).out) < 10_000


def test_many_columns_are_many_notes() -> None:
    answer = one_case(**{f"column_{number}": number for number in range(2_000)})
    assert len(answer["notes"]) == 2_000


@pytest.mark.parametrize(
    "made",
    [
        lambda: b"[" * 100_000,
        lambda: b'{"lines": ' * 50_000,
        lambda: b'{"a": "' + b"\\" * 100_001,
        lambda: b"[" * 70 + b'"' + b'\\"' * 100_000,
        lambda: json.dumps(FLAT).encode("utf-16"),
        lambda: b"PK\x03\x04" + bytes(1000),
        lambda: b"%PDF-1.7\n\xff\xfe",
    ],
    ids=["lists", "objects", "backslashes", "quotes", "UTF-16", "zip", "pdf"],
)
def test_what_cannot_be_read_at_all_is_one_line(made: Callable[[], bytes]) -> None:
    result = answered(made())
    assert (result.status, result.out, len(result.faults)) == (2, "", 1)


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_answered_in_their_order(run: Run, tmp_path: Path) -> None:
    header, first, *_ = (EXAMPLES / "cases.csv").read_text("utf-8").splitlines()
    whole, wrong = first.partition(",")[2], ",".join(["x"] * header.count(","))
    rows = [f"R-{number},{wrong if number % 50 else whole}" for number in range(100_000)]
    (tmp_path / "many.csv").write_text("\n".join([header, *rows]), "utf-8")
    answers = [json.loads(line) for line in run("decide", "--json", "many.csv").out.split("\n") if line]
    assert [answer["request_id"] for answer in answers] == [f"R-{number}" for number in range(100_000)]
    assert [answer["outcome"] for answer in answers] == ["approved", *["invalid"] * 49] * 2_000
