"""What one leaf found, in the words that the facts declare."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from tests.determination.imrt_cases import imrt
from tests.guideline.samples import FACTS, write

from isodose.determination.case import Case, Judgement
from isodose.determination.finding import Finding
from isodose.determination.leaf_words import leaf_says, number_says, outside_list, value_says
from isodose.determination.program import Determination
from isodose.determination.values import ABSENT, Coding, Value
from isodose.guideline.facts import Answerer
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load_or_raise
from isodose.guideline.outcome import Outcome
from isodose.guideline.phrase import ListedCodes, Vocabulary, leaf_from
from isodose.guideline.tree import Otherwise
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth

MORE = """
tonsils: {type: choice, values: {large: the tonsils are large}, title: Tonsils, question: Q?, absent: there are no tonsils}
cpap: {type: yes/no, says: {yes: CPAP was tried, no: CPAP was not tried}, title: CPAP trial, question: Q?, absent: none}
"""
DIAGNOSES = """\
in,codes,status,title,note
1,G47.3,clear,Sleep apnea,
2,G47.0,ambiguous,Insomnia,May be a consequence.
2,G47.1,ambiguous,Hypersomnia,
2,G47.4,clear,Narcolepsy,
sleep-disorder,G47,clear,Sleep disorders,
sleep-disorder,F51,ambiguous,Psychogenic,not organic
"""


@pytest.fixture(scope="module")
def guideline(tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    folder: Path = tmp_path_factory.mktemp("guideline")
    return load_or_raise(write(folder, facts=FACTS + MORE, diagnoses=DIAGNOSES))


class Says:
    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        lists = {"codes.required": ListedCodes(frozenset({"95810"}))}
        self.known = Vocabulary(guideline.facts, ("1", "2"), lists)

    def __call__(self, phrase: str, truth: Truth, asks: Answerer | None = None, /, **known: Value) -> str:
        leaf = leaf_from(phrase, self.known) if phrase != "otherwise" else Otherwise()
        determination = Determination(self.guideline, None, Case(known), Outcome.APPROVED)
        return leaf_says(determination, Finding(leaf, truth, (), asks))


@pytest.fixture(scope="module")
def says(guideline: Guideline) -> Says:
    return Says(guideline)


@pytest.mark.parametrize(
    ("phrase", "truth", "value", "text"),
    [
        ("symptoms", MET, True, "there are symptoms"),
        ("symptoms", NOT_MET, False, "there are no symptoms"),
        ("symptoms", UNKNOWN, None, "it is not known whether there are symptoms"),
        ("cpap", NOT_MET, ABSENT, "none"),
        ("severity is severe", MET, "severe", "it is severe"),
        ("severity is severe", NOT_MET, "mild", "it is mild"),
        ("severity is severe", UNKNOWN, None, "the severity is not known"),
        ("setting is laboratory", NOT_MET, "home", "the setting is `home`"),
        ("tonsils is large", NOT_MET, ABSENT, "there are no tonsils"),
        ("last_study is absent", MET, ABSENT, "no earlier study was done"),
        ("last_study is absent", NOT_MET, date(2025, 1, 2), "the last study is 2025-01-02"),
        ("last_study is absent", UNKNOWN, None, "the last study is not known"),
        ("since_last_study is absent", MET, ABSENT, "there is no time since the last study"),
        ("since_last_study is absent", NOT_MET, Fraction(7), "the time since the last study is 7 months"),
        ("bmi >= 30 kg/m2", UNKNOWN, None, "the body mass index is not known"),
        ("since_last_study >= 12 months", NOT_MET, ABSENT, "there is no time since the last study"),
        ("last_study < 2025-01-01", NOT_MET, ABSENT, "no earlier study was done"),
        (
            "procedure_code in codes.required",
            MET,
            "95810",
            "the procedure code `95810` is in the list `codes.required`",
        ),
        (
            "procedure_code in codes.required",
            NOT_MET,
            Coding("SNOMED CT", "1"),
            "the procedure code 1 of SNOMED CT is not in the list `codes.required`",
        ),
        ("procedure_code in codes.required", UNKNOWN, None, "the procedure code is not known"),
        ("otherwise", MET, None, "nothing else applies"),
    ],
)
def test_a_leaf_is_said_in_the_fact_s_own_words(
    says: Says, phrase: str, truth: Truth, value: Value | None, text: str
) -> None:
    known = {} if value is None else {phrase.split(maxsplit=1)[0]: value}
    assert says(phrase, truth, **known) == text


@pytest.mark.parametrize(
    ("operator", "met", "not_met"),
    [
        ("<", "under 30 kg/m2", "not under 30 kg/m2"),
        ("<=", "at most 30 kg/m2", "not at most 30 kg/m2"),
        (">", "over 30 kg/m2", "not over 30 kg/m2"),
        (">=", "at least 30 kg/m2", "not at least 30 kg/m2"),
        ("=", "exactly 30 kg/m2", "not exactly 30 kg/m2"),
    ],
)
def test_a_number_against_its_bound(says: Says, operator: str, met: str, not_met: str) -> None:
    phrase = f"bmi {operator} 30 kg/m2"
    value = Fraction("30.5")
    assert says(phrase, MET, bmi=value) == f"the body mass index is 30.5 kg/m2, {met}"
    assert says(phrase, NOT_MET, bmi=value) == f"the body mass index is 30.5 kg/m2, {not_met}"


@pytest.mark.parametrize(
    ("operator", "words"),
    [("<", "before"), ("<=", "on or before"), (">", "after"), (">=", "on or after"), ("=", "on")],
)
def test_a_date_against_its_bound(says: Says, operator: str, words: str) -> None:
    phrase = f"last_study {operator} 2025-01-01"
    value = date(2024, 5, 6)
    assert says(phrase, MET, last_study=value) == f"the last study is 2024-05-06, {words} 2025-01-01"
    assert says(phrase, NOT_MET, last_study=value) == f"the last study is 2024-05-06, not {words} 2025-01-01"


def test_a_bound_is_said_in_the_fact_s_unit(says: Says) -> None:
    assert says("age < 8 months", NOT_MET, age=Fraction(1)) == "the age is 1 years, not under 0.6667 years"
    assert says("studies >= 2", MET, studies=Fraction(3)) == "the studies is 3, at least 2"


def test_an_abbreviation_keeps_its_capitals(says: Says) -> None:
    assert says("cpap", UNKNOWN) == "it is not known whether CPAP was tried"
    assert says("severity is mild", UNKNOWN) == "the severity is not known"


class TestDiagnoses:
    def test_codes_that_are_clear_are_named_with_their_clauses(self, says: Says) -> None:
        assert says("diagnosis in 1", MET, diagnosis=("G4733", "E119", "G4739")) == "G47.33, G47.39 are listed in 1"
        assert says("diagnosis in sleep-disorder", MET, diagnosis=("G4733",)) == "G47.33 is a sleep disorder"

    def test_none_is(self, says: Says) -> None:
        assert says("diagnosis in 1", NOT_MET, diagnosis=("E119",)) == "no diagnosis is listed in 1"
        assert (
            says("diagnosis in airway-tumor", NOT_MET, diagnosis=("E119",)) == "no diagnosis is a tumor of the airway"
        )

    def test_what_is_ambiguous_is_named_with_its_title_and_why(self, says: Says) -> None:
        asks = Answerer.REVIEWER
        assert says("diagnosis in 2", UNKNOWN, asks, diagnosis=("G4700", "G4710", "E119")) == (
            "whether G47.00 (Insomnia, unspecified: May be a consequence), G47.10 (Hypersomnia, unspecified) is listed in 2"
        )
        assert says("diagnosis in sleep-disorder", UNKNOWN, asks, diagnosis=("F518",)) == (
            "whether F51.8 (Other sleep disorders not due to a substance or known physiological condition: not organic) is a sleep disorder"
        )

    def test_a_code_that_the_release_lacks_is_ambiguous_for_that_reason(self, says: Says) -> None:
        assert says("diagnosis in 2", UNKNOWN, Answerer.REVIEWER, diagnosis=("G4799", "G4749")) == (
            "whether G47.49 (Narcolepsy: the ICD-10-CM release does not hold this code as billable) is listed in 2"
        )

    def test_no_code_says_which_illness(self, says: Says) -> None:
        assert says("diagnosis in 2", UNKNOWN, Answerer.REQUESTER) == (
            "no diagnosis code says which illness is treated (diagnosis is not known)"
        )


@pytest.mark.parametrize(
    ("phrase", "codes", "met", "not_met"),
    [
        ("symptoms", (), "there are symptoms", "there are no symptoms"),
        ("severity is severe", (), "it is severe", "the severity is not `severe`"),
        ("last_study is absent", (), "no earlier study was done", "there is a last study"),
        (
            "bmi >= 30 kg/m2",
            (),
            "the body mass index is at least 30 kg/m2",
            "the body mass index is not at least 30 kg/m2",
        ),
        (
            "procedure_code in codes.required",
            (),
            "the procedure code is in the list `codes.required`",
            "the procedure code is not in the list `codes.required`",
        ),
        ("diagnosis in 2", ("G470",), "G47.0 is listed in 2", "G47.0 is not listed in 2"),
        ("diagnosis in 2", ("G470", "G471"), "a diagnosis is listed in 2", "no diagnosis is listed in 2"),
        ("diagnosis in 2", (), "a diagnosis is listed in 2", "no diagnosis is listed in 2"),
        ("diagnosis in sleep-disorder", ("F511",), "F51.1 is a sleep disorder", "F51.1 is not a sleep disorder"),
        (
            "diagnosis in sleep-disorder",
            ("F511", "G473"),
            "a diagnosis is a sleep disorder",
            "no diagnosis is a sleep disorder",
        ),
    ],
)
def test_what_a_reviewer_found_is_said_in_words_and_why(
    guideline: Guideline, phrase: str, codes: tuple[str, ...], met: str, not_met: str
) -> None:
    node = leaf_from(phrase, Says(guideline).known)
    determination = Determination(guideline, None, Case({"diagnosis": codes} if codes else {}), Outcome.APPROVED)
    for truth, text in ((MET, met), (NOT_MET, not_met)):
        judgement = Judgement(phrase, truth, "M. Reyes RN", date(2025, 11, 3), "the note says so.")
        said = leaf_says(determination, Finding(node, truth, (), None, judgement))
        assert said == f"{text} (found by M. Reyes RN on 2025-11-03: the note says so)"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(30), "30"),
        (Fraction(-3), "-3"),
        (Fraction(100), "100"),
        (Fraction("30.5"), "30.5"),
        (Fraction("-0.25"), "-0.25"),
        (Fraction("0.000001"), "0.000001"),
        (Fraction(1, 3), "0.3333"),
        (Fraction(2, 3), "0.6667"),
        (Fraction(1, 30000), "0"),
        (Fraction(1, 10**30), "0." + "0" * 29 + "1"),
        (7, "7"),
    ],
)
def test_a_number_is_said_exactly_where_its_decimals_end(number: Fraction, text: str) -> None:
    assert number_says(number) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (True, "", "yes"),
        (False, "", "no"),
        (None, "", "unknown"),
        (ABSENT, "", "absent"),
        ("curative", "", "curative"),
        (date(2025, 11, 3), "", "2025-11-03"),
        (Fraction("1.5"), "", "1.5"),
        (Fraction("1.5"), "kg", "1.5 kg"),
        (0, "years", "0 years"),
        (("C61", "C50911"), "", "C61, C50.911"),
        (Coding("SNOMED CT", "1"), "", "1 of SNOMED CT"),
    ],
)
def test_a_value_as_people_write_it(value: Value | None, unit: str, text: str) -> None:
    assert value_says(value, unit) == text


class TestMoreThanOneWord:
    def test_several_codes_are_and_clauses_are_named_once_each(self, tmp_path: Path) -> None:
        rows = DIAGNOSES + "1,R06.83,clear,Snoring,\n"
        says = Says(load_or_raise(write(tmp_path, facts=FACTS + MORE, diagnoses=rows)))
        text = says("diagnosis in 1", MET, diagnosis=("G4733", "R0683", "G4739"))
        assert text == "G47.33, R06.83, G47.39 are listed in 1"

    def test_clauses_below_are_named_apart(self) -> None:
        answer = imrt().determine(
            {"date_of_service": "2025-11-03", "procedure_code": "77386", "diagnosis_codes": ["C61", "C00.1", "C64.1"]}
        )
        leaf = leaf_from("diagnosis in 1", Vocabulary(answer.guideline.facts, ("1",)))
        assert leaf_says(answer, Finding(leaf, MET)) == "C61, C00.1, C64.1 are listed in 1.h, 1.a.i"

    def test_a_set_s_codes_that_are_not_clear_are_no_ground(self, says: Says) -> None:
        assert says("diagnosis in sleep-disorder", MET, diagnosis=("G4733", "F518")) == "G47.33 is a sleep disorder"
        assert says("diagnosis in sleep-disorder", MET, diagnosis=("F518",)) == (
            "a reviewer found a diagnosis a sleep disorder"
        )
        assert says("diagnosis in 2", MET, diagnosis=("G4749",)) == "a reviewer found a diagnosis listed in 2"

    def test_the_list_that_a_fact_is_outside_of(self, guideline: Guideline) -> None:
        known = Vocabulary(guideline.facts, (), {"codes.required": ListedCodes(frozenset({"95810"}))})
        leaf = leaf_from("procedure_code in codes.required", known)
        judged = Judgement(leaf.phrase, NOT_MET, "M. Reyes RN", date(2025, 11, 3), "so it is")
        assert outside_list(Finding(leaf, NOT_MET)) == "codes.required"
        assert outside_list(Finding(leaf, MET)) == ""
        assert outside_list(Finding(leaf, UNKNOWN)) == ""
        assert outside_list(Finding(leaf, NOT_MET, (), None, judged)) == ""
        assert outside_list(Finding(leaf_from("symptoms", known), NOT_MET)) == ""

    def test_a_title_keeps_its_capitals_where_it_starts_with_an_abbreviation(self, tmp_path: Path) -> None:
        facts = FACTS.replace("title: Severity", "title: OSA severity").replace("title: Setting", "title: T")
        says = Says(load_or_raise(write(tmp_path, facts=facts)))
        assert says("severity is mild", UNKNOWN) == "the OSA severity is not known"
        assert says("setting is laboratory", UNKNOWN) == "the t is not known"

    @pytest.mark.parametrize(("number", "text"), [(Fraction(1, 10), "0.1"), (Fraction(3, 2), "1.5")])
    def test_one_place_is_enough_for_tenths(self, number: Fraction, text: str) -> None:
        assert number_says(number) == text
