"""One cell as its fact's declared type, written as in JSON and as in CSV; what is wrong and what would be right."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guideline.samples import facts

from isodose.determination.cells import JSON_CELLS, TEXT_CELLS, TOO_LARGE, Cells, Wrong, plain_cells, shown
from isodose.determination.values import ABSENT, Coding, Value

FACTS = facts()


def read(name: str, raw: object, cells: Cells = JSON_CELLS) -> tuple[Value | None, list[str]]:
    problems: list[Wrong] = []
    value = cells.read(FACTS[name], raw, problems)
    assert all(wrong.fact == name for wrong in problems)
    if is_plain(name, raw):
        assert (type(value), value) == (type(raw), raw), "a plain cell is its own value"
    return value, [wrong.message for wrong in problems]


def is_plain(name: str, raw: object) -> bool:
    kind, plain = plain_cells(FACTS[name])
    return type(raw) is kind and raw in plain


def wrong(name: str, raw: object, cells: Cells = JSON_CELLS) -> str:
    value, [message] = read(name, raw, cells)
    assert value is None
    return message


BOTH = pytest.mark.parametrize("cells", [JSON_CELLS, TEXT_CELLS], ids=["json", "csv"])


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("symptoms", True),
        ("symptoms", False),
        ("severity", "severe"),
        ("bmi", 30),
        ("bmi", TOO_LARGE - 1),
        ("bmi", 1 - TOO_LARGE),
    ],
)
def test_a_plain_cell_stands_for_itself(name: str, raw: object) -> None:
    assert is_plain(name, raw)
    assert read(name, raw) == (raw, [])


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("symptoms", 1),
        ("symptoms", "true"),
        ("severity", "Severe"),
        ("severity", ["severe"]),
        ("setting", "at home"),
        ("bmi", True),
        ("bmi", 30.5),
        ("bmi", TOO_LARGE),
        ("bmi", -TOO_LARGE),
        ("last_study", "2025-11-03"),
        ("procedure_code", "95810"),
        ("diagnosis", "C61"),
    ],
)
def test_what_has_to_be_read_is_not_plain(name: str, raw: object) -> None:
    assert not is_plain(name, raw)


@BOTH
@pytest.mark.parametrize("name", ["symptoms", "severity", "bmi", "last_study", "procedure_code", "diagnosis"])
@pytest.mark.parametrize("blank", ["", " ", "\t\r\n"])
def test_blank_is_unknown(cells: Cells, name: str, blank: str) -> None:
    assert read(name, blank, cells) == (None, [])


class TestYesNo:
    def test_json_has_booleans_of_its_own(self) -> None:
        assert read("symptoms", raw=True) == (True, [])
        assert read("symptoms", raw=False) == (False, [])

    @pytest.mark.parametrize(("text", "value"), [("true", True), ("FALSE", False), (" True ", True), ("fAlSe", False)])
    def test_csv_writes_true_or_false_in_any_case(self, text: str, *, value: bool) -> None:
        assert read("symptoms", text, TEXT_CELLS) == (value, [])

    @pytest.mark.parametrize("raw", ["true", "yes", 1, 0, 1.0, None.__class__, [], {}])
    def test_in_json_nothing_else_is_a_yes_or_no(self, raw: object) -> None:
        assert wrong("symptoms", raw) == (
            f"`symptoms`: {shown(raw)} is not a yes/no answer: write true or false, without quotes"
        )

    @pytest.mark.parametrize("raw", ["yes", "1", "t", "truee", "ﬀalse", "trué"])
    def test_in_csv_nothing_else_is(self, raw: str) -> None:
        assert wrong("symptoms", raw, TEXT_CELLS) == (
            f"`symptoms`: `{raw}` is not a yes/no answer: write true or false"
        )


class TestChoice:
    @BOTH
    @pytest.mark.parametrize("text", ["severe", " Severe ", "SEVERE"])
    def test_a_value_is_known_in_any_case(self, cells: Cells, text: str) -> None:
        assert read("severity", text, cells) == ("severe", [])

    @BOTH
    @pytest.mark.parametrize("text", ["sever", "bad", "ſevere", "absent"])
    def test_another_word_is_not_offered(self, cells: Cells, text: str) -> None:
        assert wrong("severity", text, cells) == (
            f"`severity`: `{text}` is not offered: it is `mild`, `moderate` or `severe`"
        )

    @BOTH
    def test_an_open_choice_takes_any_word_as_it_is(self, cells: Cells) -> None:
        assert read("setting", " At Home ", cells) == ("at home", [])

    @pytest.mark.parametrize("raw", [3, True, ["severe"], {"severe": 1}, 1.5])
    @pytest.mark.parametrize("name", ["severity", "setting"])
    def test_what_is_no_text_is_no_choice(self, name: str, raw: object) -> None:
        assert wrong(name, raw) == f"`{name}`: {shown(raw)} is not text"


class TestNumber:
    @pytest.mark.parametrize(
        ("raw", "value"),
        [
            (30, Fraction(30)),
            (-1, Fraction(-1)),
            (30.5, Fraction("30.5")),
            (0.1, Fraction("0.1")),
            (1e3, Fraction(1000)),
            (1e-7, Fraction("0.0000001")),
            (Decimal("30.10"), Fraction("30.1")),
            (Decimal("1E+3"), Fraction(1000)),
            (Decimal("-0.0"), Fraction(0)),
            (10**29, Fraction(10**29)),
            (10**30 - 1, Fraction(10**30 - 1)),
            (Decimal("1E-30"), Fraction(1, 10**30)),
        ],
    )
    def test_json_has_numbers_of_its_own_read_as_they_are_written(self, raw: object, value: Fraction) -> None:
        assert read("bmi", raw) == (value, [])

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("30", Fraction(30)),
            (" 30.5 ", Fraction("30.5")),
            ("+3", Fraction(3)),
            ("-0.25", Fraction("-0.25")),
            ("007", Fraction(7)),
            ("9" * 30, Fraction(10**30 - 1)),
            ("0." + "0" * 29 + "1", Fraction(1, 10**30)),
        ],
    )
    def test_csv_writes_digits_with_a_point(self, text: str, value: Fraction) -> None:
        assert read("bmi", text, TEXT_CELLS) == (value, [])

    @pytest.mark.parametrize(
        "raw",
        [
            *(True, False, "30", "absent", [30], {"value": 30}, Coding("x", "30")),
            *(float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")),
            *(
                1e300,
                1e-300,
                10**30,
                -(10**30),
                pytest.param(10**5000, id="5000 digits"),
                Decimal("1E+1000000000"),
                Decimal("1E-31"),
                Decimal("1E+31"),
            ),
        ],
    )
    def test_what_is_none_in_json(self, raw: object) -> None:
        assert wrong("bmi", raw) == f"`bmi`: {shown(raw)} is not a number of kg/m2"

    @pytest.mark.parametrize(
        "text",
        [
            *("1e3", "1,5", "1.", ".5", "1_000", "0x10", "NaN", "inf", "1 000", "--1", "true", "30 kg/m2"),
            *("٣", "３０", "½", "9" * 31, "0." + "1" * 31, "1E999999999", "30\u00a0"),
        ],
    )
    def test_what_is_none_in_csv(self, text: str) -> None:
        assert wrong("bmi", text, TEXT_CELLS) == f"`bmi`: {shown(text)} is not a number of kg/m2"

    def test_a_count_has_no_unit(self) -> None:
        assert wrong("studies", "many") == "`studies`: `many` is not a number"

    def test_csv_cells_may_also_come_as_numbers(self) -> None:
        assert read("bmi", 30, TEXT_CELLS) == (Fraction(30), [])


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_a_number_is_read_exactly(number: Decimal) -> None:
    assert read("bmi", number)[0] == Fraction(number)
    assert read("bmi", f"{number:f}", TEXT_CELLS)[0] == Fraction(number)


class TestDate:
    @BOTH
    def test_a_date_is_written_year_month_day(self, cells: Cells) -> None:
        assert read("last_study", " 2025-11-03 ", cells) == (date(2025, 11, 3), [])

    def test_a_date_from_a_column_of_dates_is_one(self) -> None:
        assert read("last_study", date(2025, 11, 3)) == (date(2025, 11, 3), [])

    @pytest.mark.parametrize(
        "raw",
        [
            *("11/03/2025", "2025-02-29", "20251103", "2025-11-03T10:00:00Z", "today", "2025-11-3"),
            *(20251103, 1.5, True, ["2025-11-03"], datetime(2025, 11, 3, tzinfo=UTC)),
        ],
    )
    def test_anything_else_is_none(self, raw: object) -> None:
        assert wrong("last_study", raw) == f"`last_study`: {shown(raw)} is not a date: write it as YYYY-MM-DD"


class TestAbsent:
    @BOTH
    @pytest.mark.parametrize("text", ["absent", " Absent ", "ABSENT"])
    def test_a_fact_that_can_be_absent_may_be_given_so(self, cells: Cells, text: str) -> None:
        assert read("last_study", text, cells) == (ABSENT, [])

    @BOTH
    def test_so_may_a_choice_that_takes_other_words_too(self, cells: Cells) -> None:
        open_choice = replace(FACTS["setting"], absent="there is no study")
        given = [cells.read(open_choice, word, []) for word in ("Absent", "absent", "at home", "laboratory")]
        assert given == [ABSENT, ABSENT, "at home", "laboratory"]

    @BOTH
    def test_another_fact_may_not(self, cells: Cells) -> None:
        assert "is not a number" in wrong("bmi", "absent", cells)
        assert "is not a date" in wrong("date_of_service", "absent", cells)


class TestCode:
    @BOTH
    @pytest.mark.parametrize(
        ("text", "code"), [("77386", "77386"), (" g6015 ", "G6015"), ("0042t", "0042T"), ("j9999", "J9999")]
    )
    def test_a_procedure_code_in_any_case(self, cells: Cells, text: str, code: str) -> None:
        assert read("procedure_code", text, cells) == (code, [])

    def test_a_code_of_another_system_stays_what_it_is(self) -> None:
        coding = Coding("http://snomed.info/sct", "1287742003")
        assert read("procedure_code", coding) == (coding, [])

    SHAPE = "five digits, a letter and four digits, or four digits and a letter"

    @pytest.mark.parametrize("raw", ["7738", "773866", "77386-26", "imrt", "ſ6015", "7７386", ["77386"], True])
    def test_anything_else_is_none(self, raw: object) -> None:
        assert (
            wrong("procedure_code", raw) == f"`procedure_code`: {shown(raw)} is not a CPT or HCPCS code: {self.SHAPE}"
        )

    @pytest.mark.parametrize("number", [77386, 77386.0])
    def test_a_number_is_no_code_and_the_quotes_are_asked_for(self, number: float) -> None:
        assert wrong("procedure_code", number) == (
            f"`procedure_code`: `{number}` is not a CPT or HCPCS code: {self.SHAPE}, in quotes"
        )


class TestDiagnoses:
    @pytest.mark.parametrize(
        ("raw", "codes"),
        [
            ("C61", ("C61",)),
            (" c50.911 ; C61;", ("C50911", "C61")),
            (["C61"], ("C61",)),
            (("C61", "c77.5"), ("C61", "C775")),
            (["C61", None, "", " "], ("C61",)),
            (["c61", "C61", "C50", "C61"], ("C61", "C50")),
            (["C7B.00", "C7B00"], ("C7B00",)),
            (["Z85.46", "C50.911", "C00"], ("Z8546", "C50911", "C00")),
        ],
    )
    @BOTH
    def test_codes_with_or_without_their_dot_each_once_in_the_order_given(
        self, cells: Cells, raw: object, codes: tuple[str, ...]
    ) -> None:
        assert read("diagnosis", raw, cells) == (codes, [])

    @pytest.mark.parametrize("raw", [[], (), [None], ["", " "], ";", " ; ;"])
    def test_a_list_of_nothing_is_unknown(self, raw: object) -> None:
        assert read("diagnosis", raw) == (None, [])

    @pytest.mark.parametrize(
        "code",
        [
            *("C61.", "C6", "C", "61", "CC1", "C61.12345", "C611234 5", "C61-C62", "C61,C62", "C6.1", "C.61"),
            *("С61", "C６1", "C61.1.1", "ſ61", "C61\u00a0"),
        ],
    )
    def test_what_is_no_code_is_told(self, code: str) -> None:
        assert wrong("diagnosis", [code]) == (
            f"`diagnosis_codes`: `{shown(code)[1:-1]}` is not an ICD-10-CM code: write it like C61 or C50.911"
        )

    def test_all_that_is_no_code_is_told_and_the_others_are_read(self) -> None:
        assert read("diagnosis", ["C61", 61, "prostate", ["C61"], "c77.5"]) == (
            ("C61", "C775"),
            [
                (
                    "`diagnosis_codes`: `61` is not an ICD-10-CM code; `prostate` is not an ICD-10-CM code; "
                    '`["C61"]` is not an ICD-10-CM code: write it like C61 or C50.911'
                )
            ],
        )

    @pytest.mark.parametrize("raw", [61, True, {"code": "C61"}, 1.5])
    def test_what_is_no_list_is_told(self, raw: object) -> None:
        assert wrong("diagnosis", raw) == f"`diagnosis_codes`: {shown(raw)} is not a list of codes"

    def test_entries_of_a_list_are_not_split(self) -> None:
        assert "`C61;C62` is not an ICD-10-CM code" in wrong("diagnosis", ["C61;C62"])


class TestColumnsThatAreNoFacts:
    def test_text_is_trimmed_and_nothing_else(self) -> None:
        problems: list[Wrong] = []
        assert JSON_CELLS.text("request_id", " r-1 ", problems) == "r-1"
        assert JSON_CELLS.text("request_id", "  ", problems) is None
        assert JSON_CELLS.text("request_id", "", problems) is None
        assert JSON_CELLS.text("request_id", None, problems) is None
        assert problems == []
        assert JSON_CELLS.text("request_id", 17, problems) is None
        assert problems == [Wrong("request_id", "`request_id`: `17` is not text")]

    @pytest.mark.parametrize(
        ("raw", "cells", "number"),
        [
            (3, JSON_CELLS, 3),
            (-3, JSON_CELLS, -3),
            ("3", TEXT_CELLS, 3),
            (" 12 ", TEXT_CELLS, 12),
            ("123456789", TEXT_CELLS, 123456789),
            (None, JSON_CELLS, None),
            (" ", JSON_CELLS, None),
            ("", TEXT_CELLS, None),
        ],
    )
    def test_whole_numbers(self, raw: object, cells: Cells, number: int | None) -> None:
        problems: list[Wrong] = []
        assert cells.whole("line", raw, problems) == number
        assert problems == []

    @pytest.mark.parametrize(
        ("raw", "cells"),
        [
            ("3", JSON_CELLS),
            (True, JSON_CELLS),
            (1.0, JSON_CELLS),
            ([1], JSON_CELLS),
            ("1234567890", TEXT_CELLS),
            ("-1", TEXT_CELLS),
            ("٣", TEXT_CELLS),
            ("one", TEXT_CELLS),
        ],
    )
    def test_what_is_no_whole_number_is_told(self, raw: object, cells: Cells) -> None:
        problems: list[Wrong] = []
        assert cells.whole("line", raw, problems) is None
        assert problems == [Wrong("line", f"`line`: {shown(raw)} is not a whole number")]


class TestShown:
    @pytest.mark.parametrize(
        ("raw", "text"),
        [
            ("C61", "`C61`"),
            (77386, "`77386`"),
            (True, "`true`"),
            (False, "`false`"),
            ([True, None], "`[true, null]`"),
            ("a" * 40, f"`{'a' * 40}`"),
            ("a" * 41, f"`{'a' * 40}…`"),
            ("a\nb\tc", "`a�b�c`"),
            ("\ud800", "`�`"),
            ("\x1b[31mred", "`�[31mred`"),
            ("é ☒ 日本", "`é ☒ 日本`"),
            ("", "``"),
        ],
    )
    def test_what_was_sent_is_short_and_on_one_line(self, raw: object, text: str) -> None:
        assert shown(raw) == text

    def test_what_cannot_be_written_out_is_not(self) -> None:
        deep: Any = []
        for _ in range(100_000):
            deep = [deep]
        assert shown(10**5000) == "`…`"
        assert shown([10**5000]) == "`…`"
        assert shown(deep) == "`…`"


HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@BOTH
@given(st.sampled_from(sorted(FACTS)), HOSTILE)
def test_whatever_is_sent_is_read_or_told_in_words_that_can_be_printed(cells: Cells, name: str, raw: object) -> None:
    value, problems = read(name, raw, cells)
    assert value is None or problems == [] or name == "diagnosis"
    for message in problems:
        assert json.loads(json.dumps(message.encode().decode())) == message
        assert "\n" not in message


@pytest.mark.parametrize("number", [Decimal("1E+30"), Decimal("1E+31"), 10**30, Decimal(10**30), 1e30])
def test_a_number_has_at_most_thirty_digits_before_the_point(number: object) -> None:
    assert read("bmi", number)[0] is None
    assert read("bmi", 10**30 - 1) == (10**30 - 1, [])


def test_an_exponent_of_a_billion_takes_no_time() -> None:
    for exponent in ("1E+999999999", "1E-999999999"):
        assert read("bmi", Decimal(exponent))[0] is None


def test_thirty_places_are_read_and_not_one_more() -> None:
    assert read("bmi", Decimal("1E-30")) == (Fraction(1, 10**30), [])
    assert read("bmi", Decimal("1E-31"))[0] is None
    assert read("bmi", Decimal("1E+29")) == (10**29, [])
    assert read("bmi", Decimal("1E+30"))[0] is None


def test_letters_of_any_language_are_shown_as_they_are() -> None:
    assert shown(["é"]) == '`["é"]`'
    assert shown("x" * 39 + "\n" + "y") == f"`{'x' * 39}�…`"
