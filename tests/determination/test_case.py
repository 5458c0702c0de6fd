"""A flat row as a case: each cell as its fact's type, what is derived, and what looks odd."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from tests.guideline.samples import FACTS, write

from isodose.determination.case import Case, case_from, derive, is_case
from isodose.determination.cells import JSON_CELLS, TEXT_CELLS, Wrong
from isodose.determination.values import ABSENT, Value
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise

Row = dict[str, object]
Read = Callable[[Row], Case]

RATIOS = """
weight: {type: number, unit: kg, title: W, question: W?, absent: not weighed}
height: {type: number, unit: m, title: H, question: H?}
slimness: {type: number, title: S, question: S?, from: bulk / height}
bulk: {type: number, title: B, question: B?, from: weight / height}
"""


@pytest.fixture(scope="module")
def guideline(tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    return load_or_raise(write(tmp_path_factory.mktemp("guideline"), facts=FACTS + RATIOS))


@pytest.fixture(scope="module")
def case(guideline: Guideline) -> Read:
    return lambda row: case_from(row, guideline, JSON_CELLS)


def test_facts_are_read_from_their_columns(case: Read) -> None:
    found = case(
        {
            "date_of_service": "2025-11-03",
            "procedure_code": "95810",
            "diagnosis_codes": ["G47.33"],
            "symptoms": True,
            "severity": "mild",
        }
    )
    assert found.facts == {
        "date_of_service": date(2025, 11, 3),
        "procedure_code": "95810",
        "diagnosis": ("G4733",),
        "symptoms": True,
        "severity": "mild",
    }
    assert (found.problems, found.notes, found.judgements, found.disputes) == ((), (), {}, ())


def test_what_is_null_blank_or_not_there_is_unknown(case: Read) -> None:
    assert case({"symptoms": None, "severity": "", "diagnosis_codes": []}).facts == {}
    assert case({}) == Case({})


def test_request_and_line_are_kept(case: Read, guideline: Guideline) -> None:
    found = case({"request_id": "R-1", "line": 2, "member_id": "M-1"})
    assert (found.request_id, found.line, found.notes) == ("R-1", 2, ())
    found = case_from({"request_id": "R-1", "line": "2"}, guideline, TEXT_CELLS)
    assert (found.request_id, found.line) == ("R-1", 2)


def test_cells_that_cannot_be_read_are_problems_all_of_them(case: Read) -> None:
    found = case({"request_id": 1, "line": "x", "symptoms": "yes", "bmi": "30", "severity": "mild"})
    assert found.facts == {"severity": "mild"}
    assert found.problems == (
        Wrong("symptoms", "`symptoms`: `yes` is not a yes/no answer: write true or false, without quotes"),
        Wrong("bmi", "`bmi`: `30` is not a number of kg/m2"),
        Wrong("request_id", "`request_id`: `1` is not text"),
        Wrong("line", "`line`: `x` is not a whole number"),
    )
    assert (found.request_id, found.line) == (None, None)


def test_a_column_that_is_no_fact_is_noted_with_the_nearest(case: Read) -> None:
    found = case({"symptom": True, "Severity": "mild", "requestid": "1", "colour": "red", "symptoms": False})
    assert found.facts == {"symptoms": False}
    assert found.notes == (
        "the column `symptom` is no fact of this guideline and was not used; did you mean `symptoms`?",
        "the column `Severity` is no fact of this guideline and was not used; did you mean `severity`?",
        "the column `requestid` is no fact of this guideline and was not used; did you mean `request_id`?",
        "the column `colour` is no fact of this guideline and was not used",
    )


def test_a_derived_fact_is_read_from_no_column(case: Read) -> None:
    assert "age" not in case({"age": 30}).facts


def test_a_word_that_an_open_choice_does_not_know_is_noted_if_it_nearly_is_one(case: Read) -> None:
    assert case({"setting": "Laboratry"}).notes == (
        "`setting` is `laboratry`, which is none of `laboratory`; did you mean `laboratory`?",
    )
    assert case({"setting": "at home"}).notes == ()
    assert case({"setting": "laboratory"}).notes == ()


class TestDerivedFacts:
    def test_age_is_counted_on_the_date_of_service(self, case: Read) -> None:
        assert case({"date_of_service": "2025-11-03", "member_birth_date": "2007-11-04"}).facts["age"] == 17
        assert case({"date_of_service": "2025-11-04", "member_birth_date": "2007-11-04"}).facts["age"] == 18

    @pytest.mark.parametrize("row", [{"date_of_service": "2025-11-03"}, {"member_birth_date": "2007-11-04"}])
    def test_it_is_unknown_if_an_input_is(self, case: Read, row: Row) -> None:
        assert "age" not in case(row).facts

    def test_it_is_absent_if_an_input_is(self, case: Read) -> None:
        found = case({"date_of_service": "2025-11-03", "last_study": "absent"})
        assert found.facts["since_last_study"] is ABSENT
        found = case({"weight": "absent", "height": 2})
        assert found.facts["bulk"] is ABSENT
        assert found.facts["slimness"] is ABSENT

    def test_months_between_two_dates(self, case: Read) -> None:
        assert case({"date_of_service": "2025-11-03", "last_study": "2024-11-04"}).facts["since_last_study"] == 11

    def test_a_ratio_is_exact_and_may_use_another_that_stands_below_it(self, case: Read) -> None:
        found = case({"weight": 100, "height": 3})
        assert found.facts["bulk"] == Fraction(100, 3)
        assert found.facts["slimness"] == Fraction(100, 9)
        assert case({"weight": 0, "height": 3}).facts["bulk"] == 0

    def test_a_ratio_to_nothing_says_nothing(self, case: Read) -> None:
        found = case({"weight": 100, "height": 0})
        assert set(found.facts) == {"weight", "height"}

    def test_each_is_added_to_what_is_known(self, guideline: Guideline) -> None:
        known: dict[str, Value] = {"weight": Fraction(3), "height": Fraction(2)}
        derive(known, guideline)
        assert known == {"weight": 3, "height": 2, "bulk": Fraction(3, 2), "slimness": Fraction(3, 4)}


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        ({"date_of_service": None}, True),
        ({"diagnosis_codes": [], "other": 1}, True),
        ({"request_id": "R-1"}, True),
        ({"diagnosis": "C61"}, False),
        ({"resourceType": "Bundle"}, False),
        ({}, False),
    ],
)
def test_an_object_with_a_column_of_a_flat_case_is_one(guideline: Guideline, row: Row, *, is_one: bool) -> None:
    assert is_case(row, guideline) is is_one


def test_a_span_needs_two_dates_and_a_ratio_two_numbers(guideline: Guideline) -> None:
    day = date(2025, 11, 3)
    for first, second in ((day, Fraction(2)), (Fraction(2), day), ("x", "y")):
        known: dict[str, Value] = {"weight": first, "height": second, "last_study": first, "date_of_service": second}
        derive(known, guideline)
        assert set(known) == {"weight", "height", "last_study", "date_of_service"}


@pytest.mark.parametrize("known", [{"last_study": ABSENT}, {"date_of_service": date(2025, 11, 3)}])
def test_what_is_derived_needs_all_that_it_is_derived_from(guideline: Guideline, known: dict[str, Value]) -> None:
    found = dict(known)
    derive(found, guideline)
    assert found == known
